"""A report tells everything that was checked, and folds away what is in order."""

import dataclasses
import datetime

import pytest
from django.utils import translation

from mahis.domain.identifiers import Insz
from mahis.domain.signature_evidence import (
    Certificate,
    FileEvidence,
    FileState,
    Kind,
    Path,
    Qualification,
    Signature,
)
from mahis.domain.signed_forms import Doubt, FormVerdict, Outcome, Rules, judge_alone
from mahis.gateways.pdf_signatures import report
from mahis.web import report_texts, report_words, showing

NOW = datetime.datetime(2026, 11, 23, 10, 0, tzinfo=datetime.UTC)
CERTIFICATE = Certificate(
    subject="C=BE, CN=Anna Peeters (Signature)",
    person_name="Anna Peeters",
    person_number=Insz("85073003328"),
    country="BE",
    issuer="C=BE, CN=Citizen CA, SN=201904",
    serial="01",
    sha256="0" * 64,
    key_usage=frozenset({"nonRepudiation"}),
    policies=frozenset(),
    qualification=Qualification.QUALIFIED,
    begins=NOW - datetime.timedelta(days=400),
    ends=NOW + datetime.timedelta(days=400),
)
PERSON = Signature(
    field="mandator",
    kind=Kind.PERSON,
    intact=True,
    covers_its_revision=True,
    digest="sha256",
    certificate=CERTIFICATE,
    path=Path.TRUSTED,
    root="Belgium Root CA4",
    claimed_at=NOW,
    judged_at=NOW,
    revocation="ocsp",
)
SEAL = dataclasses.replace(PERSON, field="mahis-seal", kind=Kind.SEAL)
TIMESTAMP = dataclasses.replace(PERSON, field="mahis-timestamp", kind=Kind.TIMESTAMP, proven_at=NOW)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def told(*people, state=FileState.READABLE, accepted=None):
    """Judge a file with these signatures of people, and tell the report."""
    evidence = FileEvidence(
        sha256="0" * 64,
        size=5,
        state=state,
        sealed_length=4,
        sealed_sha256="1" * 64,
        signatures=(SEAL, TIMESTAMP, *people),
    )
    verdict = judge_alone(evidence, rules=Rules())
    if accepted is not None:
        *others, last = verdict.signatures
        last = dataclasses.replace(last, outcome=Outcome.VALID, reason=None, accepted_at=accepted)
        verdict = FormVerdict(outcome=Outcome.VALID, signatures=(*others, last))
    written = report.as_json(verdict, evidence)
    return report_words.of(written), written


def test_every_outcome_and_every_doubt_has_words():
    assert set(report_texts.OUTCOMES) == set(Outcome)
    assert set(report_texts.REASONS) == set(Doubt)


def test_every_check_that_is_made_has_words():
    _told, written = told(PERSON)
    _told, later = told(PERSON, accepted=NOW)
    made = {each["check"] for each in written["checks"]}
    made |= {
        each["check"]
        for one in written["signatures"] + later["signatures"]
        for each in one["checks"]
    }
    assert made == set(report_texts.CHECKS)


def test_what_is_in_order_is_folded_away():
    found, _written = told(PERSON)
    (person,) = found.by_people
    assert found.kind == "done"
    assert not person.checks.others
    assert len(person.checks.in_order) == 11
    assert (person.name, person.party, person.issuer) == (
        "Anna Peeters",
        "Principal",
        "Citizen CA",
    )


def test_what_is_not_in_order_stands_first():
    found, _written = told(dataclasses.replace(PERSON, path=Path.REVOKED))
    (person,) = found.by_people
    assert found.kind == "wrong"
    assert [str(each.what) for each in person.checks.others] == ["The certificate was not revoked"]
    assert str(person.wrong) == "A certificate was revoked."


def test_an_unanswered_question_is_a_warning_and_no_accusation():
    found, _written = told(dataclasses.replace(PERSON, path=Path.REVOCATION_UNKNOWN))
    assert found.kind == "warning"


def test_a_file_without_signatures_is_genuine_all_the_same():
    found, _written = told()
    assert (found.kind, str(found.title)) == ("note", "Genuine, but not signed with an eID")


@pytest.mark.parametrize("state", [state for state in FileState if state is not FileState.READABLE])
def test_a_file_that_cannot_be_read_has_a_report_too(state):
    found, _written = told(state=state)
    assert found.checks.others


def test_a_proven_moment_is_told_from_a_claimed_one():
    found, _written = told(dataclasses.replace(PERSON, proven_at=NOW))
    assert found.by_people[0].when == (
        "Made before 23 November 2026 at 11:00: a timestamp proves it.",
    )
    found, _written = told(PERSON)
    assert "nothing proves that" in found.by_people[0].when[1]


def test_a_signature_that_was_accepted_before_was_judged_then():
    revoked = dataclasses.replace(PERSON, path=Path.REVOKED, claimed_at=None)
    found, _written = told(revoked, accepted=NOW)
    (person,) = found.by_people
    assert (found.kind, person.wrong) == ("done", None)
    assert person.when == ("It was there when it was accepted here, 23 November 2026 at 11:00.",)
    assert [(str(each.what), str(each.result)) for each in person.checks.others] == [
        ("The certificate was not revoked", "Judged when it was accepted")
    ]
    last = person.checks.in_order[-1]
    assert str(last.what) == "This very signature was accepted here before, and judged then"
    assert last.more == "23 November 2026 at 11:00"


def test_a_report_of_earlier_days_is_told_too():
    _found, written = told(PERSON)
    del written["signatures"][-1]["when"]["accepted"]
    (person,) = report_words.of(written).by_people
    assert person.when[0] == "It was there when it was checked, 23 November 2026 at 11:00."


def test_a_signature_whose_certificate_cannot_be_read_is_told():
    found, _written = told(dataclasses.replace(PERSON, certificate=None, path=Path.UNKNOWN_ISSUER))
    assert found.by_people[0].name == "Somebody whose certificate cannot be read"
    assert found.by_people[0].validity == ""


def test_checks_of_later_days_are_left_out():
    written = report.as_json(
        FormVerdict(outcome=Outcome.VALID),
        FileEvidence(sha256="0" * 64, size=5, state=FileState.READABLE),
    )
    written["checks"] = [{"check": "moonPhase", "result": "passed"}]
    assert report_words.of(written).checks.in_order == ()


@pytest.mark.parametrize(
    ("distinguished", "short"),
    [
        ("C=BE, CN=Citizen CA, SN=201904", "Citizen CA"),
        ("CN=Citizen CA", "Citizen CA"),
        ("C=BE, CN=Acme, Inc., O=Acme", "Acme, Inc."),
        ("C=BE, O=Nobody", "C=BE, O=Nobody"),
        ("", ""),
    ],
)
def test_an_issuer_is_named_shortly(distinguished, short):
    assert showing.common_name(distinguished) == short


@pytest.mark.parametrize(
    ("octets", "written"),
    [(0, "1 kB"), (38_700, "38 kB"), (300_000, "0.3 MB"), (10 * 2**20, "10 MB")],
)
def test_a_size_is_written_for_people(octets, written):
    assert showing.size(octets) == written
