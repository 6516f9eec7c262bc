"""What must hold for a step in the life of a mandate: each condition a sentence and a check."""

import dataclasses
import datetime
import enum
from collections.abc import Callable

from mahis.domain import parties, signing
from mahis.domain.mandate import Mandate, MandateReference, State
from mahis.domain.parties import Party, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Conflict, Refused
from mahis.domain.representation import NoPower, SigningPower
from mahis.domain.signing import Level

#: Stands where nobody asked for the power to sign.
NO_POWER_KNOWN = SigningPower(why_not=NoPower.NO_FUNCTION)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits that an operator can set; the defaults are those of the manual or our own."""

    #: How many quarters after the current one a mandate may begin: one year (C4).
    start_ahead: int = 4
    #: How many quarters before the current one a mandate may begin (C4, our own: none).
    start_back: int = 0
    #: Days until an unfinished authorisation expires (L6, our own).
    days_to_finish: int = 90
    #: Longest reason that somebody can write, in characters.
    longest_reason: int = 1000
    #: Minutes for which an officer's claim on a scan keeps others from deciding it (N1, our own).
    minutes_to_decide: int = 15


@dataclasses.dataclass(frozen=True, kw_only=True)
class Holder:
    """The mandate that stands in the way: it holds the same group in some of the same quarters."""

    reference: MandateReference
    mandatary_name: str
    period: QuarterPeriod
    #: Whether it is held by the very mandatary that is to receive the new mandate.
    same_mandatary: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    """A mandate and everything that the conditions of a step look at."""

    mandate: Mandate
    #: The day of the act.
    on: datetime.date
    mandator: Party
    mandatary: Party
    limits: Limits = Limits()
    #: The mandate that stands in the way, if any.
    holder: Holder | None = None
    #: Level of the validation being given.
    level: Level | None = None
    #: Sides that have validly signed once this step is done.
    signing: frozenset[Side] = frozenset()
    #: Whether the doer may sign, and why or why not.
    power: SigningPower = NO_POWER_KNOWN
    #: End quarter being set.
    end: Quarter | None = None
    #: Reason given, stripped.
    reason: str = ""

    @property
    def current(self) -> Quarter:
        """The quarter of the day of the act."""
        return Quarter.containing(self.on)

    @property
    def period_after(self) -> QuarterPeriod:
        """The period after the step; raises PeriodEndsBeforeItStarts."""
        return self.mandate.period if self.end is None else self.mandate.period.ending(self.end)

    @property
    def signed_after(self) -> frozenset[Side]:
        """The sides that have signed after the step."""
        return self.mandate.signed | self.signing


class StartTooLate(Refused):
    """The start quarter is further ahead than the limit (`latest`)."""

    code = "startTooLate"


class StartTooEarly(Refused):
    """The start quarter is further back than the limit (`earliest`)."""

    code = "startTooEarly"


class GroupNotOpen(Refused):
    """No new mandates can be given for this group (any more, or yet)."""

    code = "groupNotOpen"


class HeldByAnother(Conflict):
    """Another mandatary holds this single-mandatary group in these quarters (`holder`, `group`)."""

    code = "heldByAnother"


class AlreadyGiven(Conflict):
    """This mandatary already holds this group in some of these quarters (`holder`, `group`)."""

    code = "alreadyGiven"


class PeriodOver(Conflict):
    """The end quarter of the mandate has already passed."""

    code = "periodOver"


class EndAlreadySet(Conflict):
    """The mandate has an end quarter already; only mandates without one can be closed."""

    code = "endAlreadySet"


class EndMissing(Refused):
    """A closing needs an end quarter."""

    code = "endMissing"


class EndBeforeStart(Refused):
    """The end quarter lies before the start quarter (`start`)."""

    code = "endBeforeStart"


class EndInThePast(Refused):
    """The end quarter lies before the current one (`current`); only the office may do that."""

    code = "endInThePast"


class ReasonMissing(Refused):
    """A reason is required."""

    code = "reasonMissing"


class ReasonTooLong(Refused):
    """The reason is longer than allowed (`longest`)."""

    code = "reasonTooLong"


class NoNewSignature(Refused):
    """No party that had not signed yet signs by this act."""

    code = "noNewSignature"


class OthersHaveSigned(Conflict):
    """The other party has signed, so the authorisation can no longer be withdrawn."""

    code = "othersHaveSigned"


class NotAnEmployerYet(Conflict):
    """The mandator is not an NSSO employer yet."""

    code = "notAnEmployerYet"


class NotYet(Conflict):
    """It is too early for what the clock wanted to record (`until`: last day to wait for)."""

    code = "notYet"


class Condition(enum.Enum):
    """What must hold for a step, as a sentence that a lawyer can check."""

    PARTIES_DIFFER = "mandator and mandatary are two different enterprises"
    PARTIES_ACTIVE = "both enterprises are active on the day"
    MANDATARY_IS_PROVIDER = "the mandatary is an active provider or recognised secretariat"
    PERIOD_INSIDE_ACTIVITY = "the period lies inside the activity of both enterprises"
    GROUP_OPEN = "new mandates can be given for the group"
    START_WITHIN_LIMITS = "the start quarter is neither too far ahead nor too far back"
    NO_OTHER_MANDATARY = (
        "nobody else holds a single-mandatary group, nor the same mandatary any group, in these"
        " quarters"
    )
    PERIOD_NOT_OVER = "the end quarter, if any, has not passed"
    SIGNS_ANEW = "a party that has not signed yet signs"
    LEVEL_NOT_BELOW_FIRST = "the level is not below that of the first validation"
    NOBODY_ELSE_SIGNED = "nobody but the party that drew up has signed"
    REASON_GIVEN = "a reason is given"
    MANDATOR_IS_EMPLOYER = "the mandator is an NSSO employer"
    LIMIT_PASSED = "the limit for finishing has passed"
    END_PASSED = "the end quarter has passed"
    NO_END_YET = "the mandate has no end quarter yet"
    END_NOT_BEFORE_START = "the end quarter is not before the start quarter"
    END_NOT_PAST = "the end quarter is not before the current quarter"


def require(condition: Condition, case: Case) -> None:
    """Require that a condition holds; raises its refusal."""
    _CHECKS[condition](case)


def enters(state: State, case: Case) -> bool:
    """Say whether a case may arrive in a state, where a step can lead to several."""
    both = case.signed_after == frozenset(Side) or case.mandate.state is State.TO_BE_VALIDATED
    if state is State.PENDING:
        return not both
    waits = case.mandate.group.employers_only and not case.mandator.is_employer
    return both and (waits if state is State.IDENTIFICATION else not waits)


def _sides(case: Case) -> tuple[tuple[Side, Party], ...]:
    return ((Side.MANDATOR, case.mandator), (Side.MANDATARY, case.mandatary))


def _field_of(side: Side, case: Case) -> str | None:
    """Give the field where a party was typed; whoever draws up has not typed their own."""
    return None if side is case.mandate.drawn_up_by else "other_party"


def _parties_differ(case: Case) -> None:
    if case.mandate.mandator == case.mandate.mandatary:
        raise parties.PartiesAreTheSame(field="other_party")


def _parties_active(case: Case) -> None:
    for side, party in _sides(case):
        if case.on not in party.activity:
            raise parties.PartyNotActive(
                field=_field_of(side, case), side=side, name=party.name, activity=party.activity
            )


def _mandatary_is_provider(case: Case) -> None:
    if case.mandatary.provider is not parties.ProviderStatus.ACTIVE:
        raise parties.NotAProvider(
            field=_field_of(Side.MANDATARY, case),
            name=case.mandatary.name,
            status=case.mandatary.provider,
        )


def _period_inside_activity(case: Case) -> None:
    period = case.period_after
    for side, party in _sides(case):
        if not party.activity.holds(period):
            raise parties.PeriodOutsideActivity(
                field="end" if case.end else "start",
                side=side,
                name=party.name,
                activity=party.activity,
                period=period,
            )


def _group_open(case: Case) -> None:
    if case.on not in case.mandate.group.validity:
        raise GroupNotOpen(field="groups", group=case.mandate.group.code)


def _start_within_limits(case: Case) -> None:
    start = case.mandate.period.start
    latest = case.current + case.limits.start_ahead
    earliest = case.current - case.limits.start_back
    if start > latest:
        raise StartTooLate(field="start", latest=latest)
    if start < earliest:
        raise StartTooEarly(field="start", earliest=earliest)


def _no_other_mandatary(case: Case) -> None:
    if case.holder is None:
        return
    if case.holder.same_mandatary:
        raise AlreadyGiven(field="groups", group=case.mandate.group.code, holder=case.holder)
    if case.mandate.group.single_mandatary:
        raise HeldByAnother(field="groups", group=case.mandate.group.code, holder=case.holder)


def _period_not_over(case: Case) -> None:
    if case.mandate.is_over(case.on):
        raise PeriodOver(end=case.mandate.period.end)


def _signs_anew(case: Case) -> None:
    if not case.signing - case.mandate.signed:
        raise NoNewSignature(field="document")


def _level_not_below_first(case: Case) -> None:
    if case.mandate.first_level is None:
        return
    if case.level is None:
        message = "a second validation is weighed by its level"
        raise ValueError(message)
    signing.require_mixable(first=case.mandate.first_level, second=case.level)


def _nobody_else_signed(case: Case) -> None:
    if case.mandate.signed - {case.mandate.drawn_up_by}:
        raise OthersHaveSigned


def _reason_given(case: Case) -> None:
    if not case.reason.strip():
        raise ReasonMissing(field="reason")
    if len(case.reason) > case.limits.longest_reason:
        raise ReasonTooLong(field="reason", longest=case.limits.longest_reason)


def _mandator_is_employer(case: Case) -> None:
    if not case.mandator.is_employer:
        raise NotAnEmployerYet


def _limit_passed(case: Case) -> None:
    if case.mandate.state_on(case.on) is not State.EXPIRED:
        raise NotYet(until=case.mandate.expires_on)


def _end_passed(case: Case) -> None:
    if not case.mandate.is_over(case.on):
        raise NotYet(until=case.mandate.period.last_day)


def _no_end_yet(case: Case) -> None:
    if case.mandate.period.end is not None:
        raise EndAlreadySet(end=case.mandate.period.end)


def _end_not_before_start(case: Case) -> None:
    if case.end is None:
        raise EndMissing(field="end")
    if case.end < case.mandate.period.start:
        raise EndBeforeStart(field="end", start=case.mandate.period.start)


def _end_not_past(case: Case) -> None:
    end = case.end or case.mandate.period.end
    if end is not None and end < case.current:
        raise EndInThePast(field="end", current=case.current)


_CHECKS: dict[Condition, Callable[[Case], None]] = {
    Condition.PARTIES_DIFFER: _parties_differ,
    Condition.PARTIES_ACTIVE: _parties_active,
    Condition.MANDATARY_IS_PROVIDER: _mandatary_is_provider,
    Condition.PERIOD_INSIDE_ACTIVITY: _period_inside_activity,
    Condition.GROUP_OPEN: _group_open,
    Condition.START_WITHIN_LIMITS: _start_within_limits,
    Condition.NO_OTHER_MANDATARY: _no_other_mandatary,
    Condition.PERIOD_NOT_OVER: _period_not_over,
    Condition.SIGNS_ANEW: _signs_anew,
    Condition.LEVEL_NOT_BELOW_FIRST: _level_not_below_first,
    Condition.NOBODY_ELSE_SIGNED: _nobody_else_signed,
    Condition.REASON_GIVEN: _reason_given,
    Condition.MANDATOR_IS_EMPLOYER: _mandator_is_employer,
    Condition.LIMIT_PASSED: _limit_passed,
    Condition.END_PASSED: _end_passed,
    Condition.NO_END_YET: _no_end_yet,
    Condition.END_NOT_BEFORE_START: _end_not_before_start,
    Condition.END_NOT_PAST: _end_not_past,
}
