"""The report on a file: who signed, when, by which certificate, and what was checked; in JSON.

It is kept with the document and shown to both parties, so it never holds a whole national number.
"""

import datetime
from typing import Any

from mahis.domain.signature_evidence import (
    Certificate,
    FileEvidence,
    FileState,
    Kind,
    Path,
    Qualification,
    Signature,
)
from mahis.domain.signed_forms import Doubt, FormVerdict, Outcome, SignatureVerdict

FORMAT = 1

#: What a check can come to.
PASSED, FAILED, UNKNOWN, NOT_CHECKED = "passed", "failed", "unknown", "notChecked"
#: It does not pass any more: what it came to when the signature was accepted counts.
_BEFORE = {"result": "whenAccepted"}

_OTHER_FORMS = {Doubt.NOT_OUR_FORM, Doubt.OTHER_AUTHORISATION, Doubt.OLDER_VERSION}
_OTHER_PEOPLE = {
    Doubt.SIGNER_NOT_REPRESENTATIVE,
    Doubt.WRONG_PARTYS_FIELD,
    Doubt.SAME_SIGNATORY,
    Doubt.SIGNATORIES_DO_NOT_FIT,
}

#: By what came of a path: what is said of issuer, period, rules and revocation of a certificate.
_OF_PATHS = {
    Path.TRUSTED: (PASSED, PASSED, PASSED, PASSED),
    Path.REVOKED: (PASSED, PASSED, PASSED, FAILED),
    Path.REVOCATION_UNKNOWN: (PASSED, PASSED, PASSED, UNKNOWN),
    Path.EXPIRED: (PASSED, FAILED, NOT_CHECKED, NOT_CHECKED),
    Path.NOT_YET_VALID: (PASSED, FAILED, NOT_CHECKED, NOT_CHECKED),
    Path.UNACCEPTABLE: (PASSED, NOT_CHECKED, FAILED, NOT_CHECKED),
    Path.UNKNOWN_ISSUER: (FAILED, NOT_CHECKED, NOT_CHECKED, NOT_CHECKED),
}
_OF_QUALIFICATIONS = {
    Qualification.QUALIFIED: PASSED,
    Qualification.NOT_QUALIFIED: FAILED,
    Qualification.UNKNOWN: UNKNOWN,
}


def as_json(verdict: FormVerdict, evidence: FileEvidence) -> dict[str, Any]:
    """Write verdict and evidence of a file as values that JSON knows."""
    sealed = evidence.sealed_length
    return {
        "format": FORMAT,
        "outcome": verdict.outcome.value,
        "reason": _name(verdict.reason),
        "side": _name(verdict.side),
        "file": {
            "sha256": evidence.sha256,
            "size": evidence.size,
            "form": None if sealed is None else {"size": sealed, "sha256": evidence.sealed_sha256},
            "changes": sorted(each.value for each in evidence.changes),
        },
        "checks": _checks_of_file(verdict, evidence),
        "signatures": [_signature(each, verdict) for each in verdict.signatures],
    }


def _checks_of_file(verdict: FormVerdict, evidence: FileEvidence) -> list[dict[str, str]]:
    if evidence.state is not FileState.READABLE:
        return [_check("readable", FAILED, evidence.state.value)]
    is_sealed = evidence.sealed_length is not None and verdict.reason not in _OTHER_FORMS
    return [
        _check("readable", PASSED),
        _check("form", _passed(is_sealed), _name(verdict.reason) if not is_sealed else None),
        _check("unchanged", _passed(not evidence.changes)),
        _check("signed", _passed(bool(evidence.of_kind(Kind.PERSON)))),
    ]


def _signature(judged: SignatureVerdict, verdict: FormVerdict) -> dict[str, Any]:
    signature = judged.signature
    certificate = signature.certificate
    return {
        "kind": signature.kind.value,
        "field": signature.field,
        "side": _name(judged.side),
        "outcome": judged.outcome.value,
        "reason": _name(judged.reason),
        "who": None if certificate is None else _who(certificate),
        "when": _when(judged),
        "certificate": None if certificate is None else _certificate(certificate, signature.root),
        "digest": signature.digest,
        "checks": _checks_that_count(judged, verdict),
        "detail": signature.detail,
    }


def _who(certificate: Certificate) -> dict[str, Any]:
    number = certificate.person_number
    return {
        "name": certificate.person_name,
        "number": None if number is None else number.masked,
        "country": certificate.country,
    }


def _when(judged: SignatureVerdict) -> dict[str, Any]:
    """Say when it was made: as proven by a timestamp, else when it was there at the latest."""
    signature = judged.signature
    return {
        "at": _moment(signature.proven_at or judged.accepted_at or signature.judged_at),
        "proven": signature.proven_at is not None,
        "claimed": _moment(signature.claimed_at),
        "accepted": _moment(judged.accepted_at),
    }


def _certificate(certificate: Certificate, root: str) -> dict[str, Any]:
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "root": root,
        "serial": certificate.serial,
        "sha256": certificate.sha256,
        "begins": _moment(certificate.begins),
        "ends": _moment(certificate.ends),
        "keyUsage": sorted(certificate.key_usage),
        "policies": sorted(certificate.policies),
        "qualification": certificate.qualification.value,
    }


def _checks_that_count(judged: SignatureVerdict, verdict: FormVerdict) -> list[dict[str, str]]:
    """List the checks; of what does not pass any more, what it came to before counts."""
    checks = _checks_of_signature(judged, verdict)
    if judged.accepted_at is None:
        return checks
    return [
        *(each | ({} if each["result"] == PASSED else _BEFORE) for each in checks),
        _check("accepted", PASSED, _moment(judged.accepted_at)),
    ]


def _checks_of_signature(judged: SignatureVerdict, verdict: FormVerdict) -> list[dict[str, str]]:
    signature = judged.signature
    is_safe = judged.reason is not Doubt.WEAK_ALGORITHM
    if judged.accepted_at is not None:
        is_safe = not signature.weak
    checks = [
        _check("intact", _passed(signature.intact)),
        _check("covers", _passed(signature.covers_its_revision)),
        _check("algorithm", _passed(is_safe), _weak(signature)),
    ]
    if signature.certificate is None:
        return [*checks, _check("issuer", UNKNOWN)]
    issuer, period, rules, revocation = _OF_PATHS[signature.path]
    if revocation == PASSED and not signature.revocation:
        # The issuer says nowhere how to ask.
        revocation = NOT_CHECKED
    checks += [
        _check("issuer", issuer, signature.root or None),
        _check("period", period),
        _check("rules", rules),
        _check("revocation", revocation, signature.revocation or None),
    ]
    if signature.kind is Kind.PERSON:
        checks += _checks_of_person(judged, signature.certificate, verdict)
    return checks


def _checks_of_person(
    judged: SignatureVerdict, certificate: Certificate, verdict: FormVerdict
) -> list[dict[str, str]]:
    is_known = certificate.person_number is not None
    checks = [
        _check("forSigning", _passed("nonRepudiation" in certificate.key_usage)),
        _check("qualified", _OF_QUALIFICATIONS[certificate.qualification]),
        _check("field", _passed(judged.side is not None)),
        _check("number", _passed(is_known)),
    ]
    for name, doubts in (("representative", _OTHER_PEOPLE), ("level", {Doubt.LEVEL_TOO_LOW})):
        result = FAILED if judged.reason in doubts else NOT_CHECKED
        is_last = judged.reason is Doubt.LEVEL_TOO_LOW and name == "representative"
        if verdict.asked_who_may and (judged.outcome is Outcome.VALID or is_last):
            result = PASSED
        checks.append(_check(name, result))
    return checks


def _weak(signature: Signature) -> str | None:
    return ", ".join(sorted(signature.weak)) or None


def _check(check: str, result: str, detail: str | None = None) -> dict[str, str]:
    found = {"check": check, "result": result}
    return found if detail is None else {**found, "detail": detail}


def _passed(holds: bool) -> str:  # noqa: FBT001 - one truth, one word
    return PASSED if holds else FAILED


def _name(value: Any) -> str | None:
    return None if value is None else str(value.value)


def _moment(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
