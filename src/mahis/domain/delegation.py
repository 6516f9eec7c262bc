"""Delegations: the present mandatary lets a former one act for quarters that this one had (L8)."""

import dataclasses
import datetime
import enum
from collections.abc import Iterable

from mahis.domain import quarters
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import HOLDING_STATES, Mandate, State
from mahis.domain.parties import NotAProvider, Party, PartyNotActive, ProviderStatus, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Conflict, NotFound, Refused


class EndedBecause(enum.Enum):
    """Why a delegation has ended."""

    DELEGATOR = "delegator"
    DELEGATE = "delegate"
    OFFICER = "officer"
    #: The mandate of which it was a part has ended.
    SOURCE_ENDED = "sourceEnded"


class Standing(enum.Enum):
    """How a delegation stands on a day."""

    RUNNING = "running"
    ENDED = "ended"


class Part(enum.Enum):
    """As which party an enterprise is concerned by a delegation."""

    DELEGATOR = "delegator"
    DELEGATE = "delegate"
    #: Whose mandate it is; sees it, and is told.
    MANDATOR = "mandator"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Delegation:
    """Access for past quarters that one mandate gives to a former mandatary."""

    #: The mandate that it is a part of.
    source: Mandate
    delegate: EnterpriseNumber
    #: Code of the one application that it is for; None: all of the group.
    application: str | None
    #: First to last of the past quarters.
    quarters: QuarterPeriod
    #: Why it has ended; None while nothing has ended it that is recorded.
    ended_because: EndedBecause | None = None

    def because(self, on: datetime.date) -> EndedBecause | None:
        """Say why it has ended by a day, whether or not the clock has recorded it; None: it runs.

        It holds only while the mandate does that it is a part of: no right survives its source.
        """
        if self.ended_because is not None:
            return self.ended_because
        return None if runs_on(self.source, on) else EndedBecause.SOURCE_ENDED

    def standing(self, on: datetime.date) -> Standing:
        """Say how it stands on a day."""
        return Standing.RUNNING if self.because(on) is None else Standing.ENDED


@dataclasses.dataclass(frozen=True, kw_only=True)
class Given:
    """What runs already of the same mandate, for the same delegate."""

    number: int
    application: str | None
    quarters: QuarterPeriod

    def shares(self, *, application: str | None, quarters: QuarterPeriod) -> bool:
        """Say whether some of the same would be given twice; all of a group holds each part."""
        same = self.application is None or application is None or self.application == application
        return same and self.quarters.overlaps(quarters)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Had:
    """A mandate that an enterprise has, or had, of one mandator for one group."""

    quarters: QuarterPeriod
    state: State
    #: Whether it ever was active, so that somebody could act by it.
    was_active: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Held:
    """What one enterprise had of one mandator for one group."""

    #: Quarters of mandates that are over, one for each.
    over: tuple[QuarterPeriod, ...] = ()
    #: Whether a mandate runs that is not over.
    still: bool = False


NOTHING = Held()
#: States of mandates by which an enterprise has, or had, their quarters: who waits only holds them.
_HAD_IN = HOLDING_STATES - {State.IDENTIFICATION}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Delegating:
    """What is to be delegated, and what the rules have to know of it."""

    delegate: Party
    #: Code of the one application; None: all of the group.
    application: str | None
    #: Has an end.
    quarters: QuarterPeriod
    #: For which quarters the delegate had mandates of this mandator and group that are over.
    held: tuple[QuarterPeriod, ...]
    #: Whether the delegate has a mandate of this mandator and group that is not over.
    still_holds: bool = False
    #: In which quarters the application was in the group; of no account for all of the group.
    in_group: tuple[QuarterPeriod, ...] = ()
    given: tuple[Given, ...] = ()


class MandateNotBegun(Conflict):
    """The mandate has not begun, so that nothing of it can be delegated yet (`start`)."""

    code = "mandateNotBegun"


class DelegateIsAParty(Refused):
    """The delegate is a party of the mandate, which needs no delegation."""

    code = "delegateIsAParty"


class NotAFormerMandatary(Refused):
    """The delegate (`name`) never had a mandate of this principal for this group."""

    code = "notAFormerMandatary"


class StillAMandatary(Refused):
    """The delegate (`name`) has a mandate for this group itself, which needs no delegation."""

    code = "stillAMandatary"


class QuartersNotPast(Refused):
    """Only quarters that are over can be delegated (`latest`)."""

    code = "quartersNotPast"


class QuartersNotHeld(Refused):
    """The delegate (`name`) was no mandatary in some of the quarters (`quarters`)."""

    code = "quartersNotHeld"


class ApplicationNotInGroup(Refused):
    """The application was not in the group in some of the quarters (`quarters`)."""

    code = "applicationNotInGroup"


class DelegatedAlready(Conflict):
    """Some of it is delegated to the same delegate already (`number`, `quarters`)."""

    code = "delegatedAlready"


class DelegationUnknown(NotFound):
    """There is no such delegation, or not for this enterprise; both are told alike."""

    code = "delegationUnknown"


class DelegationEnded(Conflict):
    """The delegation has ended already."""

    code = "delegationEnded"


def held_by(mandates: Iterable[Had], on: datetime.date) -> Held:
    """Give what an enterprise had by a day, by its mandates of one mandator for one group.

    A mandate that ended while it still waited for its mandator to become an employer held its
    quarters, but nobody ever had them by it.
    """
    current = Quarter.containing(on)
    had = [each for each in mandates if each.was_active and each.state in _HAD_IN]
    return Held(
        over=tuple(
            each.quarters
            for each in had
            if each.quarters.end is not None and each.quarters.end < current
        ),
        still=any(each.state is State.ACTIVE and current in each.quarters for each in had),
    )


def runs_on(mandate: Mandate, on: datetime.date) -> bool:
    """Say whether a mandate is active on a day and has begun."""
    has_begun = mandate.period.start <= Quarter.containing(on)
    return has_begun and mandate.state_on(on) is State.ACTIVE


def require_begun(mandate: Mandate, on: datetime.date) -> None:
    """Require a mandate that has begun; raises MandateNotBegun."""
    if mandate.period.start > Quarter.containing(on):
        raise MandateNotBegun(start=mandate.period.start)


def require_third_party(wanted: Delegating, mandate: Mandate) -> None:
    """Require somebody who is neither party; raises DelegateIsAParty."""
    if wanted.delegate.number in (mandate.mandator, mandate.mandatary):
        raise DelegateIsAParty(field="delegate")


def require_able(wanted: Delegating, on: datetime.date) -> None:
    """Require a delegate that could be a mandatary today; raises PartyNotActive, NotAProvider."""
    delegate = wanted.delegate
    if on not in delegate.activity:
        raise PartyNotActive(
            field="delegate",
            side=Side.MANDATARY,
            name=delegate.name,
            activity=delegate.activity,
        )
    if delegate.provider is not ProviderStatus.ACTIVE:
        raise NotAProvider(field="delegate", name=delegate.name, status=delegate.provider)


def require_former(wanted: Delegating) -> None:
    """Require a mandatary that is so no more; raises StillAMandatary, NotAFormerMandatary."""
    if wanted.still_holds:
        raise StillAMandatary(field="delegate", name=wanted.delegate.name)
    if not wanted.held:
        raise NotAFormerMandatary(field="delegate", name=wanted.delegate.name)


def require_past(wanted: Delegating, on: datetime.date) -> None:
    """Require quarters that are over; raises QuartersNotPast."""
    current = Quarter.containing(on)
    if wanted.quarters.end is None or wanted.quarters.end >= current:
        raise QuartersNotPast(field="until", latest=current - 1)


def require_held(wanted: Delegating) -> None:
    """Require that the delegate had each of the quarters; raises QuartersNotHeld."""
    lacking = quarters.gaps(wanted.quarters, wanted.held)
    if lacking:
        raise QuartersNotHeld(
            field=_field_of(lacking[0], wanted), name=wanted.delegate.name, quarters=lacking[0]
        )


def require_in_group(wanted: Delegating) -> None:
    """Require an application that was in the group all the time; raises ApplicationNotInGroup."""
    if wanted.application is None:
        return
    lacking = quarters.gaps(wanted.quarters, wanted.in_group)
    if lacking:
        raise ApplicationNotInGroup(field="application", quarters=lacking[0])


def require_new(wanted: Delegating) -> None:
    """Require that nothing of it is given already; raises DelegatedAlready."""
    for each in wanted.given:
        if each.shares(application=wanted.application, quarters=wanted.quarters):
            raise DelegatedAlready(field="delegate", number=each.number, quarters=each.quarters)


def require_running(delegation: Delegation) -> None:
    """Require a delegation that nobody has ended; raises DelegationEnded."""
    if delegation.ended_because is not None:
        raise DelegationEnded(because=delegation.ended_because)


def _field_of(lacking: QuarterPeriod, wanted: Delegating) -> str:
    """Give the field that mends a gap: it begins where the quarters do, or somewhere after it."""
    return "start" if lacking.start == wanted.quarters.start else "until"
