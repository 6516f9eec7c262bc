"""The report on a signed file in words: what it comes to, who signed, and what was checked."""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import Kind
from mahis.domain.signed_forms import Doubt, Outcome
from mahis.web import report_texts, showing, words

#: How the results of checks look: end of a class in the style sheet, and icon.
_PASSED = "passed"
_LOOKS = {
    _PASSED: ("good", "check"),
    "failed": ("bad", "cross"),
    "unknown": ("waiting", "warning"),
    "notChecked": ("over", "info"),
    "whenAccepted": ("over", "info"),
}
#: What nobody asks where a file is judged by itself; the page says so once.
_NEVER_ASKED = {("representative", "notChecked"), ("level", "notChecked")}
#: The banner for what a file comes to.
_PANELS = {Outcome.VALID: "done", Outcome.INVALID: "wrong", Outcome.INDETERMINATE: "warning"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldCheck:
    """One thing that was checked, and what it came to."""

    what: Promise
    result: Promise
    tone: str
    icon: str
    #: How it was found out, where that helps.
    more: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldChecks:
    """What was checked, what needs a look apart from what is in order."""

    in_order: tuple[ToldCheck, ...]
    others: tuple[ToldCheck, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldSignature:
    """One signature."""

    #: Who signed; what kind of signature it is where no person did.
    name: str
    #: The party in whose field it stands; empty elsewhere.
    party: str
    #: What is wrong with it; None where nothing is.
    wrong: Promise | None
    #: When it was made, as far as that is known; sentences.
    when: tuple[str, ...]
    issuer: str
    #: The days on which the certificate is valid; empty where there is none.
    validity: str
    checks: "ToldChecks"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """A whole report."""

    #: The kind of banner that it gets.
    kind: str
    title: Promise
    sentence: Promise
    #: What the sender calls the file; empty where that does not matter.
    name: str
    checks: ToldChecks
    by_people: tuple[ToldSignature, ...]
    by_machines: tuple[ToldSignature, ...]


def of(report: dict[str, Any], *, name: str = "") -> Told:
    """Tell a report, as `mahis.gateways.pdf_signatures.report` writes it."""
    outcome = Outcome(report["outcome"])
    reason = None if report["reason"] is None else Doubt(report["reason"])
    is_unsigned = reason is Doubt.NO_SIGNATURE
    signatures = report["signatures"]
    return Told(
        kind="note" if is_unsigned else _PANELS[outcome],
        title=report_texts.UNSIGNED if is_unsigned else report_texts.OUTCOMES[outcome],
        sentence=report_texts.ALL_WELL if reason is None else report_texts.REASONS[reason],
        name=name,
        checks=_checks(report["checks"]),
        by_people=tuple(_signature(each) for each in signatures if _is_persons(each)),
        by_machines=tuple(_signature(each) for each in signatures if not _is_persons(each)),
    )


def _is_persons(signature: dict[str, Any]) -> bool:
    return Kind(signature["kind"]) is Kind.PERSON


def _signature(signature: dict[str, Any]) -> ToldSignature:
    certificate = signature["certificate"] or {}
    reason, side = signature["reason"], signature["side"]
    return ToldSignature(
        name=_name(signature),
        party="" if side is None else str(words.of(Side(side))),
        wrong=None if reason is None else report_texts.REASONS[Doubt(reason)],
        when=tuple(_when(signature["when"])),
        issuer=showing.common_name(certificate.get("issuer") or ""),
        validity=_validity(certificate) if certificate else "",
        checks=_checks(signature["checks"]),
    )


def _name(signature: dict[str, Any]) -> str:
    kind = Kind(signature["kind"])
    if kind is not Kind.PERSON:
        return str(report_texts.KINDS[kind])
    return (signature["who"] or {}).get("name") or str(report_texts.NOBODY_KNOWN)


def _when(when: dict[str, Any]) -> Iterable[str]:
    at = showing.moment(_moment(when["at"]))
    if when["proven"]:
        yield _("Made before %(at)s: a timestamp proves it.") % {"at": at}
        return
    if when.get("accepted") is None:
        yield _("It was there when it was checked, %(at)s.") % {"at": at}
    else:
        yield _("It was there when it was accepted here, %(at)s.") % {"at": at}
    if when["claimed"] is not None:
        claimed = showing.moment(_moment(when["claimed"]))
        yield _("The computer of the signer says %(claimed)s; nothing proves that.") % {
            "claimed": claimed
        }


def _validity(certificate: dict[str, Any]) -> str:
    return _("%(first)s to %(last)s") % {
        "first": showing.day(_moment(certificate["begins"]).date()),
        "last": showing.day(_moment(certificate["ends"]).date()),
    }


def _checks(checks: Iterable[dict[str, str]]) -> ToldChecks:
    """Tell the checks that have words; a report of later days may hold others."""
    told = [
        (each["result"], _check(each))
        for each in checks
        if each["check"] in report_texts.CHECKS and each["result"] in _LOOKS
        if (each["check"], each["result"]) not in _NEVER_ASKED
    ]
    return ToldChecks(
        in_order=tuple(check for result, check in told if result == _PASSED),
        others=tuple(check for result, check in told if result != _PASSED),
    )


def _check(check: dict[str, str]) -> ToldCheck:
    tone, icon = _LOOKS[check["result"]]
    return ToldCheck(
        what=report_texts.CHECKS[check["check"]],
        result=report_texts.RESULTS[check["result"]],
        tone=tone,
        icon=icon,
        more=_more(check),
    )


def _more(check: dict[str, str]) -> str:
    detail = check.get("detail", "")
    if check["check"] == "issuer":
        return detail
    if check["check"] == "revocation":
        return str(report_texts.REVOCATIONS.get(detail, ""))
    if check["check"] == "accepted":
        return showing.moment(_moment(detail))
    return ""


def _moment(written: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(written)
