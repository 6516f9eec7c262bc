"""A worker's answer is believed only where every value in it can be a fact."""

import copy
from typing import Any

import pytest

from mahis.domain.signature_evidence import Change, FileState, Path
from mahis.gateways.pdf_signatures import reading

DATA = b"%PDF-1.7 something"
CERTIFICATE = {
    "subject": "C=BE, CN=Lieve Wouters (Signature)",
    "personName": "Lieve Wouters",
    "personNumber": "85073003328",
    "country": "BE",
    "issuer": "C=BE, CN=Citizen CA",
    "serial": "10af",
    "sha256": "ab" * 32,
    "keyUsage": ["nonRepudiation"],
    "policies": ["2.16.56.12.1.1.2.1"],
    "qualification": "qualified",
    "begins": "2020-01-01T00:00:00+00:00",
    "ends": "2035-01-01T01:00:00+01:00",
}
SIGNATURE = {
    "field": "mandator",
    "kind": "person",
    "intact": True,
    "covers": True,
    "end": 12,
    "digest": "sha256",
    "weak": [],
    "path": "trusted",
    "root": "Root CA",
    "revocation": "ocsp",
    "judgedAt": "2026-11-23T09:00:00+00:00",
    "claimedAt": None,
    "detail": "",
    "permits": None,
    "certificate": CERTIFICATE,
}
ANSWER = {
    "state": "readable",
    "sealedLength": 8,
    "changes": ["content"],
    "signatures": [SIGNATURE],
}

#: Where a value stands, and what can be no fact there.
NONSENSE = [
    (("state",), "fine"),
    (("state",), None),
    (("sealedLength",), len(DATA) + 1),
    (("sealedLength",), 0),
    (("sealedLength",), True),
    (("sealedLength",), "8"),
    (("changes",), ["everything"]),
    (("changes",), "content"),
    (("signatures",), None),
    (("signatures",), [None]),
    (("signatures",), [SIGNATURE] * 201),
    (("signatures", 0, "field"), "field\n"),
    (("signatures", 0, "field"), "\u202emandator"),
    (("signatures", 0, "field"), "x" * 501),
    (("signatures", 0, "kind"), "king"),
    (("signatures", 0, "end"), 0),
    (("signatures", 0, "end"), True),
    (("signatures", 0, "end"), "12"),
    (("signatures", 0, "path"), "believed"),
    (("signatures", 0, "digest"), "<b>"),
    (("signatures", 0, "weak"), ["<b>"]),
    (("signatures", 0, "permits"), 4),
    (("signatures", 0, "permits"), True),
    (("signatures", 0, "judgedAt"), "yesterday"),
    (("signatures", 0, "judgedAt"), "2026-11-23T09:00:00"),
    (("signatures", 0, "judgedAt"), None),
    (("signatures", 0, "claimedAt"), 5),
    (("signatures", 0, "detail"), "a\x00b"),
    (("signatures", 0, "certificate", "subject"), "\x07"),
    (("signatures", 0, "certificate", "serial"), "xyz"),
    (("signatures", 0, "certificate", "personNumber"), 85073003328),
    (("signatures", 0, "certificate", "qualification"), "very"),
    (("signatures", 0, "certificate", "keyUsage"), [1]),
    (("signatures", 0, "certificate", "begins"), None),
]


def changed(where: tuple[str | int, ...], value: object) -> dict[str, Any]:
    answer: Any = copy.deepcopy(ANSWER)
    place: Any = answer
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    assert isinstance(answer, dict)
    return answer


def test_an_answer_of_facts_is_believed():
    evidence = reading.evidence(ANSWER, DATA)
    (signature,) = evidence.signatures
    assert evidence.state is FileState.READABLE
    assert evidence.size == len(DATA)
    assert evidence.changes == {Change.CONTENT}
    assert (signature.path, signature.end) == (Path.TRUSTED, 12)
    certificate = signature.certificate
    assert certificate is not None
    assert certificate.person_number is not None
    assert certificate.begins.utcoffset() == certificate.ends.utcoffset()


@pytest.mark.parametrize(("where", "value"), NONSENSE, ids=str)
def test_an_answer_with_nonsense_is_not_believed(where, value):
    with pytest.raises(reading.Unbelievable):
        reading.evidence(changed(where, value), DATA)


@pytest.mark.parametrize("where", [("signatures",), ("changes",), ("state",)])
def test_an_answer_that_leaves_something_out_is_not_believed(where):
    answer = copy.deepcopy(ANSWER)
    del answer[where[0]]
    with pytest.raises(reading.Unbelievable):
        reading.evidence(answer, DATA)


@pytest.mark.parametrize("truth", ["true", 1, None, [True]])
def test_only_true_is_taken_for_true(truth):
    evidence = reading.evidence(changed(("signatures", 0, "intact"), truth), DATA)
    assert evidence.signatures[0].intact is False


@pytest.mark.parametrize("digits", ["85073003399", "00000000000", "8507300332", "8507300332a"])
def test_digits_that_are_no_national_number_are_nobodys(digits):
    answer = changed(("signatures", 0, "certificate", "personNumber"), digits)
    certificate = reading.evidence(answer, DATA).signatures[0].certificate
    assert certificate is not None
    assert certificate.person_number is None


def test_a_state_without_signatures_is_all_that_is_said_of_such_a_file():
    evidence = reading.evidence({"state": "encrypted", "signatures": [SIGNATURE]}, DATA)
    assert evidence.state is FileState.ENCRYPTED
    assert evidence.signatures == ()
