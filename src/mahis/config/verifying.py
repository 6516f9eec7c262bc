"""What `mahis verify` does: examine one file by itself, and tell what was found."""

import dataclasses
import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils import translation

import mahis
from mahis.config import service
from mahis.domain.signature_evidence import (
    FileEvidence,
    FileState,
    Kind,
    Qualification,
    Signature,
)
from mahis.domain.signed_forms import Outcome, Rules, SignatureVerdict, judge_signature
from mahis.gateways import trust
from mahis.gateways.pdf_signatures import Examiner, FetchSettings
from mahis.gateways.trust import TrustMaterial, TrustSettings
from mahis.web import clock, report_words
from mahis.web.report_words import ToldChecks, ToldSignature

LANGUAGES = ("fr", "nl", "de", "en")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reading:
    """How one file is read."""

    at: datetime.datetime
    fetch: bool
    is_form: bool

    def examine(self, data: bytes, material: TrustMaterial, rules: Rules) -> FileEvidence:
        """Examine a file in a worker of its own.

        Whoever runs a command may ask their own network: addresses of it are not shut.
        """
        with Examiner(workers=1, fetching=FetchSettings(private_addresses=True)) as examiner:
            return examiner.examine(
                data,
                trust=material,
                at=self.at,
                rules=rules,
                fetch=self.fetch,
                is_form=self.is_form,
            )


def prepare(*, is_installation: bool) -> None:
    """Load the settings of this installation, or as much as times and languages need."""
    if is_installation:
        service.load_settings()
    elif not settings.configured:
        settings.configure(
            USE_TZ=True,
            TIME_ZONE=os.environ.get("MAHIS_TIME_ZONE", "Europe/Brussels"),
            LANGUAGE_CODE="en",
            LOCALE_PATHS=[Path(mahis.__file__).parent / "locale"],
        )
        django.setup()


def unreadable() -> FileEvidence:
    """Give what is known of a file that could not even be opened."""
    return FileEvidence(sha256="", size=0, state=FileState.BROKEN, detail="unreadable")


def configured_trust() -> TrustMaterial:
    """Give whom this installation trusts; raises TrustUnavailable."""
    found = settings.TRUST
    assert isinstance(found, TrustSettings)
    return trust.current(found, at=clock.now())


def any_pdf(evidence: FileEvidence, *, rules: Rules) -> tuple[dict[str, Any], bool]:
    """Judge the signatures of any PDF; gives what to tell, and whether all is in order."""
    judged = [judge_signature(each, rules=rules) for each in evidence.signatures]
    signatures = [each for each in judged if each.signature.kind is not Kind.TIMESTAMP]
    stamps = [each for each in judged if each.signature.kind is Kind.TIMESTAMP]
    is_read = evidence.state is FileState.READABLE
    changed = not is_read or bool(evidence.changes) or not all(map(_is_whole, stamps))
    is_valid = not changed and bool(signatures)
    is_valid = is_valid and all(each.outcome is Outcome.VALID for each in signatures)
    told = {
        "state": evidence.state.value,
        "changed": changed,
        "changes": sorted(each.value for each in evidence.changes),
        "signatures": [_signature(each) for each in signatures],
        "timestamps": [_timestamp(each.signature) for each in stamps],
    }
    return told, is_valid


def _signature(judged: SignatureVerdict) -> dict[str, Any]:
    signature, certificate = judged.signature, judged.signature.certificate
    number = None if certificate is None else certificate.person_number
    return {
        "field": signature.field,
        "verdict": judged.outcome.value,
        "reason": None if judged.reason is None else judged.reason.value,
        "signerName": None if certificate is None else certificate.person_name,
        "signerNumberMasked": None if number is None else number.masked,
        "chainRoot": signature.root or None,
        "keyUsage": [] if certificate is None else sorted(certificate.key_usage),
        "qualified": certificate is not None
        and certificate.qualification is Qualification.QUALIFIED,
        "signedAt": (signature.proven_at or signature.judged_at).isoformat(),
        "isTimeProven": signature.proven_at is not None,
    }


def _timestamp(signature: Signature) -> dict[str, Any]:
    time = signature.proven_at or signature.claimed_at
    return {
        "field": signature.field,
        "intact": _is_whole_signature(signature),
        "trusted": signature.proven_at is not None,
        "time": None if time is None else time.isoformat(),
    }


def _is_whole(judged: SignatureVerdict) -> bool:
    return _is_whole_signature(judged.signature)


def _is_whole_signature(signature: Signature) -> bool:
    return signature.intact and signature.covers_its_revision


def in_words(told: dict[str, Any], *, language: str | None, name: str) -> str:
    """Write a report in words, in a language or that of the environment."""
    name = os.fsencode(name).decode(errors="replace")
    with translation.override(language or _language_of_the_environment()):
        report = report_words.of(told, name=name)
        people = [line for each in report.by_people for line in _lines_of_signature(each)]
        machines = [line for each in report.by_machines for line in _lines_of_signature(each)]
        checks = _lines_of_checks(report.checks)
        return "\n".join(
            [f"{name}: {report.title}", str(report.sentence), *checks, *people, *machines]
        )


def _lines_of_signature(signature: ToldSignature) -> Iterator[str]:
    yield ""
    yield f"{signature.name} ({signature.party})" if signature.party else signature.name
    if signature.wrong is not None:
        yield f"  {signature.wrong}"
    yield from (
        f"  {each}" for each in (*signature.when, signature.issuer, signature.validity) if each
    )
    yield from (f"  {each}" for each in _lines_of_checks(signature.checks))


def _lines_of_checks(checks: ToldChecks) -> Iterator[str]:
    for each in (*checks.others, *checks.in_order):
        line = f"- {each.what}: {each.result}"
        yield f"{line} ({each.more})" if each.more else line


def _language_of_the_environment() -> str:
    """Give the language that POSIX says messages are to be written in, where it is one of ours."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return chosen[:2] if chosen[:2] in LANGUAGES else "en"
