"""Examples of every notice, with invented parties: for previews and for snapshots."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from mahis.domain.documents import RejectionReason
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.notice_facts import NoticeFacts, ToldDelegation, ToldMandate, ToldParty
from mahis.domain.notices import ABOUT_PROVIDERS, Telling
from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod

_DAY = datetime.date(2026, 11, 23)
_REFERENCE = AuthorisationReference(2026, 1234)
_LINK = "https://mahis.example/mandates/2026-0001234/"
_PARTIES = {
    Side.MANDATOR: ToldParty(number=EnterpriseNumber("0123456749"), name="Bakkerij De Korenbloem"),
    Side.MANDATARY: ToldParty(number=EnterpriseNumber("0400000086"), name="Fiduciaire du Brabant"),
}
_SUCCESSOR = ToldParty(number=EnterpriseNumber("0473077710"), name="Cabinet Dumont")
#: Names of two groups in the languages of notices.
_GROUPS: Mapping[Language, tuple[str, str]] = {
    Language.FRENCH: ("Dimona", "Chômage temporaire"),
    Language.DUTCH: ("Dimona", "Tijdelijke werkloosheid"),
    Language.GERMAN: ("Dimona", "Vorübergehende Arbeitslosigkeit"),
    Language.ENGLISH: ("Dimona", "Temporary unemployment"),
}
#: A reason as somebody might give one.
_REASONS: Mapping[Language, str] = {
    Language.FRENCH: "La collaboration a pris fin.",
    Language.DUTCH: "De samenwerking is beëindigd.",
    Language.GERMAN: "Die Zusammenarbeit ist beendet.",
    Language.ENGLISH: "The collaboration has ended.",
}
_OPEN = QuarterPeriod(Quarter.of(2027, 1))
_BEGUN = QuarterPeriod(Quarter.of(2026, 1))
_ENDING = QuarterPeriod(Quarter.of(2026, 1), Quarter.of(2026, 4))
_OVER = QuarterPeriod(Quarter.of(2026, 1), Quarter.of(2026, 3))
_LONG_OVER = QuarterPeriod(Quarter.of(2026, 1), Quarter.of(2026, 2))
_EXPIRES = datetime.date(2027, 2, 21)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Example:
    """One way in which a telling can come about, seen by one party."""

    telling: Telling
    side: Side
    #: Who acted, and what else sets it apart from the other examples of the same telling.
    name: str
    #: What the facts hold beside parties, reference and link.
    known: Mapping[str, Any]
    periods: tuple[QuarterPeriod, ...] = (_OPEN, _OPEN)
    gives_reason: bool = False

    @property
    def code(self) -> str:
        """Name the example among all: `drawnUp-mandator-byYou`."""
        return f"{self.telling.value}-{self.side.value}-{self.name}"

    def facts(self, language: Language) -> NoticeFacts:
        """Give the facts, with the names of groups in a language."""
        is_about_provider = self.telling in ABOUT_PROVIDERS
        mandates = tuple(
            ToldMandate(place=place, group=group, period=period)
            for place, (group, period) in enumerate(
                zip(_GROUPS[language], self.periods, strict=False), start=1
            )
        )
        return NoticeFacts(
            telling=self.telling,
            side=self.side,
            reference=None if is_about_provider else _REFERENCE,
            mandates=() if is_about_provider else mandates,
            parties={self.side: _PARTIES[self.side]} if is_about_provider else _PARTIES,
            reason=_REASONS[language] if self.gives_reason else "",
            link=_LINK,
            on=_DAY,
            **{"must_act": False, **self.known},
        )


def every() -> Iterator[Example]:
    """Give examples of each telling, for each party, for each way in which it comes about."""
    for side in Side:
        yield from _unfinished(side)
        yield from _both_signed(side)
        yield from _given_up(side)
        yield from _ending(side)
        yield from _ceasing(side)
        yield from _warnings(side)
    yield from _delegated()
    yield from _providers()


def _by(side: Side) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the two parties that can act, as the one told sees them."""
    yield "byYou", {"kind": Kind.PARTY, "acted": side}
    yield "byOther", {"kind": Kind.PARTY, "acted": side.other}


def _unfinished(side: Side) -> Iterator[Example]:
    for name, by in _by(side):
        yield Example(
            telling=Telling.DRAWN_UP,
            side=side,
            name=name,
            known={**by, "act": Act.DRAW_UP, "must_act": True, "last_day": _EXPIRES},
        )
    for name, by in _by(side):
        signed = {**by, "must_act": by["acted"] is not side, "last_day": _EXPIRES}
        yield Example(
            telling=Telling.SIGNED_BY_ONE,
            side=side,
            name=name,
            known={**signed, "act": Act.VALIDATE},
        )
        for whose, must_act in (("Yours", False), ("Theirs", True)):
            yield Example(
                telling=Telling.SIGNED_BY_ONE,
                side=side,
                name=f"{name}File{whose}",
                known={**signed, "act": Act.UPLOAD_SIGNED, "must_act": must_act},
            )
    yield from _half_signed(side)
    for name, by in _by(side):
        yield Example(
            telling=Telling.SUBMITTED_TO_OFFICE,
            side=side,
            name=name,
            known={**by, "act": Act.UPLOAD_SCAN},
        )


def _half_signed(side: Side) -> Iterator[Example]:
    (you, by_you), (other, by_other) = _by(side)
    theirs = {**by_other, "act": Act.VALIDATE, "half_signed": frozenset({side.other})}
    known = {
        you: {**by_you, "act": Act.VALIDATE, "half_signed": frozenset({side}), "must_act": True},
        other: {**theirs, "must_act": True},
        f"{you}FileYours": {
            **by_you,
            "act": Act.UPLOAD_SIGNED,
            "half_signed": frozenset({side}),
            "must_act": True,
        },
        # We have signed already.
        f"{other}Second": {**theirs, "must_act": False},
        f"{other}FileYours": {
            **by_other,
            "act": Act.UPLOAD_SIGNED,
            "half_signed": frozenset({side}),
            "must_act": True,
        },
    }
    for name, each in known.items():
        yield Example(
            telling=Telling.AWAITS_COSIGNATORY,
            side=side,
            name=name,
            known={**each, "last_day": _EXPIRES},
        )


def _both_signed(side: Side) -> Iterator[Example]:
    office = {"kind": Kind.OFFICER, "act": Act.APPROVE}
    for telling in (Telling.ACTIVE, Telling.AWAITS_IDENTIFICATION):
        for name, by in _by(side):
            yield Example(telling=telling, side=side, name=name, known={**by, "act": Act.VALIDATE})
            yield Example(
                telling=telling,
                side=side,
                name=f"{name}File",
                known={**by, "act": Act.UPLOAD_SIGNED},
                periods=(_OPEN,),
            )
        yield Example(telling=telling, side=side, name="byOffice", known=office)
    yield Example(
        telling=Telling.ACTIVE,
        side=side,
        name="byRegister",
        known={"kind": Kind.REGISTER, "act": Act.IDENTIFY_EMPLOYER},
        periods=(_OPEN,),
    )


def _given_up(side: Side) -> Iterator[Example]:
    clock = {"kind": Kind.CLOCK, "act": Act.EXPIRE, "last_day": _DAY - datetime.timedelta(days=1)}
    for name, by in _by(side):
        yield Example(
            telling=Telling.REFUSED_BY_PARTY,
            side=side,
            name=name,
            known={**by, "act": Act.REFUSE},
            gives_reason=True,
        )
        yield Example(
            telling=Telling.WITHDRAWN, side=side, name=name, known={**by, "act": Act.WITHDRAW}
        )
        yield Example(
            telling=Telling.WITHDRAWN,
            side=side,
            name=f"{name}Replacement",
            known={**by, "act": Act.WITHDRAW, "was_signed": True},
            periods=(_OPEN,),
        )
    for reason in RejectionReason:
        yield Example(
            telling=Telling.REJECTED_BY_OFFICE,
            side=side,
            name=reason.value,
            known={"kind": Kind.OFFICER, "act": Act.REJECT, "rejection": reason},
            gives_reason=reason is RejectionReason.OTHER,
        )
    yield Example(telling=Telling.EXPIRED, side=side, name="byClock", known=clock)


def _ending(side: Side) -> Iterator[Example]:
    office = {"kind": Kind.OFFICER, "act": Act.CLOSE}
    for name, by in _by(side):
        yield Example(
            telling=Telling.END_SET,
            side=side,
            name=name,
            known={**by, "act": Act.CLOSE},
            periods=(_ENDING, _ENDING),
        )
        yield Example(
            telling=Telling.END_SET,
            side=side,
            name=f"{name}Waiting",
            known={**by, "act": Act.CLOSE, "was_signed": True, "waiting": True},
            periods=(_ENDING,),
        )
    for name, period in (("byOffice", _ENDING), ("byOfficeInThePast", _OVER)):
        yield Example(
            telling=Telling.END_SET,
            side=side,
            name=name,
            known=office,
            periods=(period,),
            gives_reason=True,
        )
    for name, periods in (("one", (_OVER,)), ("atOnce", (_LONG_OVER, _OVER))):
        yield Example(
            telling=Telling.CLOSED,
            side=side,
            name=name,
            known={"kind": Kind.CLOCK, "act": Act.REACH_END},
            periods=periods,
        )
    yield from _replacing(side)


def _replacing(side: Side) -> Iterator[Example]:
    replaced = {"kind": Kind.SUCCESSOR, "was_signed": True, "successor": _SUCCESSOR}
    for name, period in (("soon", _ENDING), ("inThePast", _OVER), ("waiting", _ENDING)):
        yield Example(
            telling=Telling.REPLACED,
            side=side,
            name=name,
            known={**replaced, "act": Act.REPLACE, "waiting": name == "waiting"},
            periods=(period,),
        )
    for name, periods in (("one", (_OPEN,)), ("several", (_OPEN, _OPEN)), ("waiting", (_OPEN,))):
        yield Example(
            telling=Telling.REOPENED,
            side=side,
            name=name,
            known={**replaced, "act": Act.REOPEN, "waiting": name == "waiting"},
            periods=periods,
        )


def _ceasing(side: Side) -> Iterator[Example]:
    ceased = {
        "kind": Kind.REGISTER,
        "act": Act.CEASE,
        "last_day": _DAY - datetime.timedelta(days=9),
    }
    for name, who in (("you", side), ("other", side.other)):
        for how, after, periods in (
            ("ends", State.ACTIVE, (_ENDING, _ENDING)),
            ("ended", State.CLOSED, (_OVER,)),
            ("neverBegins", State.WITHDRAWN, (_OPEN,)),
            ("expires", State.EXPIRED, (_OPEN, _OPEN)),
        ):
            yield Example(
                telling=Telling.PARTY_CEASED,
                side=side,
                name=f"{name}-{how}",
                known={**ceased, "ceased": who, "after": after},
                periods=periods,
            )
    yield Example(
        telling=Telling.EMPLOYER_CEASED,
        side=side,
        name="byRegister",
        known={
            "kind": Kind.REGISTER,
            "act": Act.END_EMPLOYER,
            "after": State.ACTIVE,
            "last_day": _DAY - datetime.timedelta(days=9),
        },
    )


def _warnings(side: Side) -> Iterator[Example]:
    clock = {"kind": Kind.CLOCK}
    yield Example(
        telling=Telling.SIGN_REMINDER,
        side=side,
        name="byClock",
        known={**clock, "must_act": True, "last_day": _EXPIRES},
    )
    endings = (_ENDING,)
    for name, periods in (("one", endings), ("several", endings * 2), ("waiting", endings)):
        known = {**clock, "waiting": name == "waiting"}
        yield Example(telling=Telling.ENDS_SOON, side=side, name=name, known=known, periods=periods)
    if side is Side.MANDATARY:
        yield Example(
            telling=Telling.PROVIDER_LAPSES_SOON,
            side=side,
            name="byClock",
            known={**clock, "last_day": _EXPIRES},
        )


def _providers() -> Iterator[Example]:
    """Give what a provider alone is told, of its own quality."""
    office: Mapping[str, Any] = {"kind": Kind.OFFICER}
    yield _about_provider(Telling.PROVIDER_ACCEPTED, {**office, "last_day": _EXPIRES})
    for telling in (Telling.PROVIDER_REFUSED, Telling.PROVIDER_BLOCKED, Telling.PROVIDER_UNBLOCKED):
        yield _about_provider(telling, office, gives_reason=True)
    over = {"kind": Kind.CLOCK, "last_day": _DAY - datetime.timedelta(days=1)}
    yield _about_provider(Telling.PROVIDER_LAPSED, over)


def _about_provider(
    telling: Telling, known: Mapping[str, Any], *, gives_reason: bool = False
) -> Example:
    name = "byOffice" if known["kind"] is Kind.OFFICER else "byClock"
    return Example(
        telling=telling,
        side=Side.MANDATARY,
        name=name,
        known=known,
        gives_reason=gives_reason,
    )


def _delegated() -> Iterator[Example]:
    """Give the delegation of two quarters, as the two parties and the delegate are told of it."""
    by_mandatary = {"kind": Kind.PARTY, "acted": Side.MANDATARY}
    enders: Mapping[str, Mapping[str, Any]] = {
        "byDelegator": by_mandatary,
        "byDelegate": {"kind": Kind.DELEGATE},
        "byOffice": {"kind": Kind.OFFICER},
        "byClock": {"kind": Kind.CLOCK},
    }
    for side, to_delegate in (*((each, False) for each in Side), (Side.MANDATARY, True)):
        told = _told_delegation(to_delegate=to_delegate)
        to = "ToDelegate" if to_delegate else ""
        yield Example(
            telling=Telling.DELEGATED,
            side=side,
            name=f"byDelegator{to}",
            known={**by_mandatary, **told, "act": Act.DELEGATE},
            periods=(_BEGUN,),
        )
        for name, by in enders.items():
            yield Example(
                telling=Telling.DELEGATION_ENDED,
                side=side,
                name=f"{name}{to}",
                known={**by, **told, "act": Act.END_DELEGATION},
                periods=(_OVER if name == "byClock" else _BEGUN,),
                gives_reason=name == "byOffice",
            )


def _told_delegation(*, to_delegate: bool) -> Mapping[str, Any]:
    return {
        "delegation": ToldDelegation(
            delegate=ToldParty(
                number=EnterpriseNumber("0206731645"), name="Sociaal Bureau De Linde"
            ),
            quarters=QuarterPeriod(Quarter.of(2025, 3), Quarter.of(2025, 4)),
            application="Dimona" if to_delegate else "",
            to_delegate=to_delegate,
        )
    }
