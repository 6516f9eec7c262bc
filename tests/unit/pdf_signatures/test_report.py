"""The report: complete, in plain values, and without a whole national number."""

import dataclasses
import datetime
import json

import pytest

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Side
from mahis.domain.signature_evidence import Change, FileState, Path, Qualification
from mahis.domain.signed_forms import Accepted, Rules, judge_alone, judge_form
from mahis.gateways.pdf_signatures import report
from tests.unit.domain import test_signed_forms as made

ALL_CHECKS = [
    "intact", "covers", "algorithm", "issuer", "period", "rules", "revocation", "forSigning",
    "qualified", "field", "number", "representative", "level",
]  # fmt: skip


def told(*signatures, **changed):
    evidence = made.file(*signatures, **changed)
    return report.as_json(judge_form(evidence, made.requirement()), evidence)


def result_of(signature, check):
    return next(each["result"] for each in signature["checks"] if each["check"] == check)


def test_says_who_signed_for_whom_when_and_by_which_certificate():
    *_, signature = told(made.signature(revocation="ocsp"))["signatures"]
    assert signature["who"] == {
        "name": "Lieve Maria Wouters",
        "number": "85.••.••-•••.••",
        "country": "BE",
    }
    assert (signature["side"], signature["outcome"], signature["reason"]) == (
        "mandator",
        "valid",
        None,
    )
    assert signature["when"] == {
        "at": made.AT.isoformat(timespec="seconds"),
        "proven": False,
        "claimed": None,
        "accepted": None,
    }
    assert signature["certificate"]["sha256"] == "c" * 64
    assert [each["check"] for each in signature["checks"]] == ALL_CHECKS
    assert {each["result"] for each in signature["checks"]} == {"passed"}


def test_is_json_and_holds_no_national_number():
    written = json.dumps(told(made.signature(), made.BY_BERNARD))
    for number in (made.LIEVE, made.BERNARD):
        assert number.digits not in written
        assert number.digits[2:] not in written


@pytest.mark.parametrize(
    ("changed", "check", "result"),
    [
        ({"intact": False}, "intact", "failed"),
        ({"covers_its_revision": False}, "covers", "failed"),
        ({"weak": frozenset({"sha1"})}, "algorithm", "failed"),
        ({"path": Path.UNKNOWN_ISSUER}, "issuer", "failed"),
        ({"path": Path.UNKNOWN_ISSUER}, "revocation", "notChecked"),
        ({"path": Path.REVOKED}, "revocation", "failed"),
        ({"path": Path.REVOCATION_UNKNOWN}, "revocation", "unknown"),
        ({"path": Path.EXPIRED}, "period", "failed"),
        ({"path": Path.NOT_YET_VALID}, "period", "failed"),
        ({"path": Path.UNACCEPTABLE}, "rules", "failed"),
        ({"revocation": ""}, "revocation", "notChecked"),
        ({"certificate": made.certificate(key_usage=frozenset())}, "forSigning", "failed"),
        (
            {"certificate": made.certificate(qualification=Qualification.UNKNOWN)},
            "qualified",
            "unknown",
        ),
        (
            {"certificate": made.certificate(qualification=Qualification.NOT_QUALIFIED)},
            "qualified",
            "failed",
        ),
        ({"certificate": made.certificate(None)}, "number", "failed"),
        ({"certificate": made.certificate(made.BERNARD)}, "representative", "failed"),
        ({"certificate": made.certificate(Insz("90051112218"))}, "representative", "failed"),
        ({"field": "Signature3"}, "field", "failed"),
    ],
    ids=str,
)
def test_names_the_check_that_did_not_pass(changed, check, result):
    signature = made.signature(**{"revocation": "ocsp", **changed})
    *_, found = told(signature)["signatures"]
    assert result_of(found, check) == result


def test_says_that_nobody_asked_who_may_sign_where_nobody_did():
    evidence = made.file(made.signature())
    *_, found = report.as_json(judge_alone(evidence, rules=Rules()), evidence)["signatures"]
    assert result_of(found, "representative") == "notChecked"
    assert result_of(found, "level") == "notChecked"


@pytest.mark.parametrize(
    ("changed", "no_longer"),
    [
        ({"path": Path.REVOKED}, {"revocation"}),
        ({"path": Path.EXPIRED}, {"period", "rules", "revocation"}),
        ({"path": Path.UNKNOWN_ISSUER}, {"issuer", "period", "rules", "revocation"}),
        ({"weak": frozenset({"sha1"})}, {"algorithm"}),
        ({"certificate": made.certificate(None)}, {"number"}),
    ],
    ids=["revoked", "expired", "unknown issuer", "weak", "no number"],
)
def test_says_that_what_was_accepted_before_was_judged_then(changed, no_longer):
    evidence = made.file(made.signature(**{"revocation": "ocsp", **changed}), made.BY_BERNARD)
    before = made.AT - datetime.timedelta(days=30)
    accepted = {Side.MANDATOR: Accepted(size=700, at=before)}
    verdict = judge_form(evidence, made.requirement(accepted=accepted))
    *_, first, second = report.as_json(verdict, evidence)["signatures"]
    moment = before.isoformat(timespec="seconds")
    assert (first["outcome"], first["reason"]) == ("valid", None)
    assert (first["when"]["at"], first["when"]["accepted"]) == (moment, moment)
    assert first["checks"][-1] == {"check": "accepted", "result": "passed", "detail": moment}
    results = {each["check"]: each["result"] for each in first["checks"]}
    assert {check for check in results if results[check] == "whenAccepted"} == no_longer
    assert set(results.values()) == {"passed", "whenAccepted"}
    assert second["when"]["accepted"] is None
    assert "accepted" not in {each["check"] for each in second["checks"]}


def test_tells_what_was_checked_of_the_file():
    assert {each["result"] for each in told(made.signature())["checks"]} == {"passed"}
    older = told(made.signature(), sealed_sha256=made.OLDER)
    assert {"check": "form", "result": "failed", "detail": "olderVersion"} in older["checks"]
    changed = told(made.signature(), changes=frozenset({Change.CONTENT, Change.FIELD}))
    assert changed["file"]["changes"] == ["content", "field"]
    assert {"check": "unchanged", "result": "failed"} in changed["checks"]
    assert {"check": "signed", "result": "failed"} in told()["checks"]


@pytest.mark.parametrize("state", [each for each in FileState if each is not FileState.READABLE])
def test_says_why_a_file_could_not_be_read(state):
    found = told(state=state, signatures=(), sealed_length=None)
    assert found["checks"] == [{"check": "readable", "result": "failed", "detail": state.value}]
    assert found["signatures"] == []
    assert found["file"]["form"] is None


def test_says_of_a_signature_without_certificate_only_what_is_known():
    broken = dataclasses.replace(made.SIGNATURE, certificate=None, intact=False)
    *_, found = told(broken)["signatures"]
    assert (found["who"], found["certificate"]) == (None, None)
    assert result_of(found, "issuer") == "unknown"
