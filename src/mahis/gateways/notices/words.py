"""The words of a notice that its template leaves out: names, details, what stands around it."""

import dataclasses
import datetime
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from mahis.domain.documents import RejectionReason
from mahis.domain.identifiers import Insz
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import State
from mahis.domain.notice_facts import NoticeFacts, ToldDelegation, ToldMandate, ToldParty
from mahis.domain.notices import ABOUT_PROVIDERS, ASKS_FOR_A_MANDATE, Channel, Telling
from mahis.domain.parties import Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.gateways import written
from mahis.gateways.notices.text import Detail

_SIDES: dict[Side, Promise] = {
    Side.MANDATOR: gettext_lazy("Principal"),
    Side.MANDATARY: gettext_lazy("Mandatary"),
}
_REJECTIONS: dict[RejectionReason, Promise] = {
    RejectionReason.SIGNATURE_MISSING: gettext_lazy("A signature is missing."),
    RejectionReason.SIGNATURE_ILLEGIBLE: gettext_lazy("A signature cannot be read."),
    RejectionReason.SIGNATORY_MAY_NOT_SIGN: gettext_lazy(
        "Somebody signed who may not sign for that party."
    ),
    RejectionReason.CONTENT_DIFFERS: gettext_lazy(
        "The scan says something else than what was drawn up."
    ),
    RejectionReason.SCAN_UNREADABLE: gettext_lazy("The scan cannot be read."),
}
_BY_PARTY = {True: "you", False: "other"}
_BY_OTHERS = {
    Kind.OFFICER: "office",
    Kind.CLOCK: "clock",
    Kind.REGISTER: "register",
    Kind.SUCCESSOR: "successor",
}
#: Stands for the reference of a mandate; `plain` lets it through in no name.
_REFERENCE = "\ue000"
_NEVER_BEGINS = frozenset({State.EXPIRED, State.WITHDRAWN})
#: Eleven digits, with what people put between them.
_NATIONAL_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ .\-/]{0,2}[0-9]){10}(?![0-9])")
#: Marks that are not seen but turn the direction of text or hide in it, and what is no character.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def context(facts: NoticeFacts) -> dict[str, object]:
    """Give what templates may ask for, in the language in force."""
    ends = sorted({each.period.last_day for each in facts.mandates if each.period.last_day})
    return {
        #: Whether the recipient is the one who gives the mandates.
        "gives": facts.side is Side.MANDATOR,
        #: Whether the recipient is the delegate of a delegation, and who else is concerned by it.
        "receives": facts.to_delegate,
        "delegate": plain(facts.delegation.delegate.name) if facts.delegation else "",
        "delegator": plain(facts.parties[Side.MANDATARY].name) if facts.delegation else "",
        "other": plain(facts.other.name) if facts.other else "",
        #: you, other, delegate, office, clock, register or successor.
        "by": _doer(facts),
        #: Whether it is for the recipient, or for the other, that a second person has to sign.
        "we_are_half": facts.side in facts.half_signed,
        "they_are_half": facts.side.other in facts.half_signed,
        "uploaded": facts.act is Act.UPLOAD_SIGNED,
        #: Whether both parties had signed before.
        "was_signed": facts.was_signed,
        #: Whether nobody can act by the mandates before the mandator is an employer.
        "waiting": facts.waiting,
        #: The mandatary whose newer mandate takes, or was to take, the place of this one.
        "successor": plain(facts.successor.name) if facts.successor else "",
        "must_act": facts.must_act,
        #: Whether it is the recipient that has ceased.
        "yours": facts.ceased is facts.side,
        #: Whether the mandates were in force, or signed, and end; else they never begin.
        "ending": facts.after not in _NEVER_BEGINS,
        "expired": facts.after is State.EXPIRED,
        "number": len(facts.mandates),
        "reference": str(facts.reference or ""),
        "last_day": written.day(facts.last_day) if facts.last_day else "",
        #: The days on which the mandates end, as they stand after "on".
        "ends": _days(ends),
        "over": bool(ends) and ends[-1] < facts.on,
    }


def _doer(facts: NoticeFacts) -> str:
    """Say who acted, as the recipient sees it."""
    if facts.kind is Kind.DELEGATE:
        return _BY_PARTY[True] if facts.to_delegate else "delegate"
    acted_itself = facts.acted is facts.side and not facts.to_delegate
    return _BY_OTHERS.get(facts.kind) or _BY_PARTY[acted_itself]


def details(facts: NoticeFacts) -> Iterator[Detail]:
    """Give what the notice is about, as lines with labels, in the language in force."""
    language = get_language() or ""
    labels = _labels(language)
    if facts.reference is not None:
        yield Detail(label=labels.reference, values=(str(facts.reference),))
    for side in Side:
        if side in facts.parties:
            label = labels.of(side, facts)
            yield Detail(label=label, values=(_party(facts.parties[side]),))
    if facts.mandates:
        mandates = tuple(_mandate(each, facts, language) for each in facts.mandates)
        yield Detail(label=labels.mandates, values=mandates)
    if facts.delegation is not None:
        yield from _delegation(facts.delegation)
    reasons = tuple(_reasons(facts))
    if reasons:
        yield Detail(label=_("Reason"), values=reasons)


# What is the same in most notices of a language is looked up once: looking up takes longer than
# all the rest of writing one.
@dataclasses.dataclass(frozen=True, kw_only=True)
class _Labels:
    reference: str
    enterprise: str
    sides: Mapping[Side, str]
    #: The side of the recipient.
    yours: Mapping[Side, str]
    mandates: str

    def of(self, side: Side, facts: NoticeFacts) -> str:
        """Name a party as its recipient sees it."""
        if facts.telling in ABOUT_PROVIDERS:
            return self.enterprise
        is_recipient = side is facts.side and not facts.to_delegate
        return self.yours[side] if is_recipient else self.sides[side]


@functools.cache
def _labels(language: str) -> _Labels:  # noqa: ARG001 - for each its own
    return _Labels(
        reference=_("Reference"),
        enterprise=_("Enterprise"),
        sides={side: str(name) for side, name in _SIDES.items()},
        yours={side: _("%(side)s (you)") % {"side": name} for side, name in _SIDES.items()},
        mandates=_("Mandates"),
    )


def _delegation(delegation: ToldDelegation) -> Iterator[Detail]:
    label = pgettext("enterprise", "Delegate")
    if delegation.to_delegate:
        label = _("%(side)s (you)") % {"side": label}
    yield Detail(label=label, values=(_party(delegation.delegate),))
    if delegation.application:
        yield Detail(label=_("Only the application"), values=(plain(delegation.application),))
    quarters = delegation.quarters
    yield Detail(
        label=_("Delegated quarters"),
        values=(
            _("%(quarters)s (%(days)s)")
            % {"quarters": written.period(quarters), "days": written.period_words(quarters)},
        ),
    )


def deadline(facts: NoticeFacts) -> str | None:
    """Say until when the recipient can act; None where nothing waits for it."""
    waits = facts.must_act or facts.telling in ASKS_FOR_A_MANDATE
    if facts.last_day is None or not waits:
        return None
    return _by(facts.last_day, get_language() or "")


@functools.lru_cache(maxsize=4096)
def _by(last_day: datetime.date, language: str) -> str:  # noqa: ARG001 - for each its own
    return _("By %(day)s at the latest.") % {"day": written.day(last_day)}


def notes(facts: NoticeFacts, channel: Channel) -> Iterator[str]:
    """Give what stands below, in the language in force: how to get in, and why one is told."""
    said = _said(get_language() or "")
    if facts.must_act and channel is Channel.POST:
        yield said.how_to_get_in
        if facts.telling is Telling.DRAWN_UP and facts.acted is facts.side.other:
            yield said.by_hand % {"other": plain(facts.other.name) if facts.other else ""}
    if facts.to_delegate:
        yield said.why_delegate
    elif facts.reference is not None:
        yield said.why_party
    if channel is Channel.EBOX:
        yield said.no_replies


def link_words(facts: NoticeFacts) -> str:
    """Name the page that the link leads to, in the language in force."""
    said = _said(get_language() or "")
    if facts.telling in ASKS_FOR_A_MANDATE:
        return said.draw_up
    if facts.telling in ABOUT_PROVIDERS:
        return said.register
    if facts.to_delegate:
        return said.see_delegation
    return said.look_and_sign if facts.must_act else said.see_authorisation


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Said:
    how_to_get_in: str
    by_hand: str
    why_delegate: str
    why_party: str
    no_replies: str
    draw_up: str
    register: str
    see_delegation: str
    look_and_sign: str
    see_authorisation: str


@functools.cache
def _said(language: str) -> _Said:  # noqa: ARG001 - for each its own
    return _Said(
        how_to_get_in=_(
            "To sign, somebody has to log in for your enterprise. Its access manager gives people"
            " access. If your enterprise has no access manager yet, its legal representative can"
            " appoint one in the access management of social security."
        ),
        by_hand=_(
            "You can also sign by hand: ask %(other)s for the form on paper. Once both parties"
            " have signed it, %(other)s uploads a scan of it."
        ),
        why_delegate=_(
            "You are told this because past quarters were delegated to your enterprise."
        ),
        why_party=_("You are told this because your enterprise is a party to this authorisation."),
        no_replies=_("This message was sent automatically. Nobody reads replies to it."),
        draw_up=_("Draw up an authorisation"),
        register=_("Go to the register of mandates"),
        see_delegation=_("See the delegation"),
        look_and_sign=_("Look and sign"),
        see_authorisation=_("See the authorisation"),
    )


def around() -> Mapping[str, str]:
    """Give what stands around every notice: how it greets, and who it is from."""
    return _around(get_language() or "")


@functools.cache
def _around(language: str) -> Mapping[str, str]:  # noqa: ARG001 - for each its own
    return {
        "greeting": _("Dear Sir or Madam,"),
        "action_title": _("What you have to do"),
        "sender": _("The register of mandates"),
        "disclaimer": _(
            "This is not the official service. It is an independent project, and what is done"
            " here has no legal effect."
        ),
    }


@functools.lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Write what people typed on one line, with nothing in it that is not seen."""
    composed = unicodedata.normalize("NFC", text)
    seen = (
        " " if character.isspace() else character
        for character in composed
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    return " ".join("".join(seen).split())


def _days(days: list[datetime.date]) -> str:
    text = written.day(days[0]) if days else ""
    for each in days[1:]:
        # Translators: stands after "on": on 31 December 2026 and on 31 March 2027
        text = pgettext("days on which something ends", "%(days)s and on %(day)s") % {
            "days": text,
            "day": written.day(each),
        }
    return text


def _party(party: ToldParty) -> str:
    return f"{plain(party.name)} ({party.number.screen})"


def _mandate(mandate: ToldMandate, facts: NoticeFacts, language: str) -> str:
    text = _group_and_period(mandate.group, mandate.period, language)
    return text.replace(_REFERENCE, f"{facts.reference}/{mandate.place}")


@functools.lru_cache(maxsize=4096)
def _group_and_period(
    group: str,
    period: QuarterPeriod,
    language: str,  # noqa: ARG001 - for each its own
) -> str:
    text = (
        _("%(group)s: %(days)s (quarter %(quarters)s, reference %(reference)s)")
        if period.start == period.end
        else _("%(group)s: %(days)s (quarters %(quarters)s, reference %(reference)s)")
    )
    return text % {
        "group": plain(group),
        "days": written.period_words(period),
        "quarters": written.period(period),
        "reference": _REFERENCE,
    }


def _reasons(facts: NoticeFacts) -> Iterator[str]:
    if facts.rejection in _REJECTIONS:
        yield str(_REJECTIONS[facts.rejection])
    if facts.reason.strip():
        yield _NATIONAL_NUMBER.sub(_masked, plain(facts.reason))


def _masked(found: re.Match[str]) -> str:
    """Mask a national number that somebody typed; other numbers stay as they are."""
    try:
        return Insz.parse(found[0]).masked
    except Refused:
        return found[0]
