"""What a notice is made from: plain values, so that it can be written again at any time."""

import dataclasses
import datetime
from collections.abc import Mapping

from mahis.domain.documents import RejectionReason
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.notices import ABOUT_DELEGATIONS, ABOUT_PROVIDERS, Telling
from mahis.domain.parties import Side
from mahis.domain.quarters import QuarterPeriod

#: Tellings that name a day by which something had, or has, to be done.
WITH_A_LAST_DAY = frozenset(
    {
        Telling.DRAWN_UP,
        Telling.SIGNED_BY_ONE,
        Telling.AWAITS_COSIGNATORY,
        Telling.EXPIRED,
        Telling.SIGN_REMINDER,
        Telling.PROVIDER_LAPSES_SOON,
        Telling.PROVIDER_ACCEPTED,
        Telling.PROVIDER_LAPSED,
        Telling.PARTY_CEASED,
        Telling.EMPLOYER_CEASED,
    }
)
#: Tellings about mandates that all have an end quarter.
WITH_AN_END = frozenset({Telling.END_SET, Telling.CLOSED, Telling.REPLACED, Telling.ENDS_SOON})

#: Tellings about mandates whose place another mandatary takes, or was to take.
WITH_A_SUCCESSOR = frozenset({Telling.REPLACED, Telling.REOPENED})


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldParty:
    """A party as a notice names it."""

    number: EnterpriseNumber
    name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldMandate:
    """A mandate that a notice is about."""

    #: Its place in the authorisation.
    place: int
    #: Name of the group in the language of the notice.
    group: str
    #: As it is after the step.
    period: QuarterPeriod


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldDelegation:
    """A delegation that a notice is about."""

    delegate: ToldParty
    quarters: QuarterPeriod
    #: Name of the one application in the language of the notice; empty: all of the group.
    application: str
    #: Whether the recipient is the delegate, who is no party.
    to_delegate: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """Everything that a notice says; it names enterprises, never persons."""

    telling: Telling
    #: The side of the recipient.
    side: Side
    #: Whether the mandate waits for the recipient.
    must_act: bool
    #: None for what is about a provider only.
    reference: AuthorisationReference | None
    mandates: tuple[ToldMandate, ...]
    #: Both parties; the mandatary alone for what is about a provider.
    parties: Mapping[Side, ToldParty]
    #: Who stands behind the step; the clock for reminders and warnings.
    kind: Kind
    #: The side that acted, where a party did.
    acted: Side | None = None
    #: The sides for which one person has signed by the step, and another has to sign too.
    half_signed: frozenset[Side] = frozenset()
    #: The act of the step; None for reminders and warnings, which are no step.
    act: Act | None = None
    #: Whether both parties had signed before the step.
    was_signed: bool = False
    #: Whether all the mandates wait until the mandator is an employer, after the step if it is one.
    waiting: bool = False
    #: The mandatary of the newer mandate that takes, or was to take, the place of this one.
    successor: ToldParty | None = None
    #: Why the office rejected a scan.
    rejection: RejectionReason | None = None
    #: The reason given in free text.
    reason: str = ""
    #: The last day on which something can, or could, be done, or on which something was so.
    last_day: datetime.date | None = None
    #: The party that has ceased, where one has.
    ceased: Side | None = None
    #: The state after the step; None for reminders and warnings, which are no step.
    after: State | None = None
    #: For what is about a delegation.
    delegation: ToldDelegation | None = None
    #: Full address of the page where the recipient goes on.
    link: str
    #: The day on which the notice was written, in the time of Belgium.
    on: datetime.date

    def __post_init__(self) -> None:
        about_provider = self.telling in ABOUT_PROVIDERS
        expected = {
            "a reference": about_provider is (self.reference is None),
            "mandates": about_provider is not bool(self.mandates),
            "the parties": set(self.parties) == ({Side.MANDATARY} if about_provider else set(Side)),
            "a last day": self.last_day is not None or self.telling not in WITH_A_LAST_DAY,
            "an end of each mandate": self.telling not in WITH_AN_END
            or all(each.period.end for each in self.mandates),
            "the successor": (self.successor is not None) is (self.telling in WITH_A_SUCCESSOR),
            "who ceased": (self.telling is Telling.PARTY_CEASED) is (self.ceased is not None),
            "the side that is half signed": bool(self.half_signed)
            or self.telling is not Telling.AWAITS_COSIGNATORY,
            "a delegation": (self.telling in ABOUT_DELEGATIONS) is (self.delegation is not None),
            "the side that acted": (self.kind is Kind.PARTY) is (self.acted is not None),
        }
        wrong = [name for name, holds in expected.items() if not holds]
        if wrong:
            message = f"{self.telling.value}: needs, or must not have, {', '.join(wrong)}"
            raise ValueError(message)

    @property
    def recipient(self) -> ToldParty:
        """Who is told: a party, or the delegate."""
        if self.delegation is not None and self.delegation.to_delegate:
            return self.delegation.delegate
        return self.parties[self.side]

    @property
    def to_delegate(self) -> bool:
        """Say whether the recipient is a delegate, who is no party."""
        return self.delegation is not None and self.delegation.to_delegate

    @property
    def other(self) -> ToldParty | None:
        """The party across; None for what is about a provider only."""
        return self.parties.get(self.side.other)
