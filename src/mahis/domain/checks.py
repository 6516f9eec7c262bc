"""How each condition of a step is checked: a check for each sentence, and its refusal."""

from collections.abc import Callable

from mahis.domain import ceasing, conditions, cosigning, delegation_checks, parties, signing
from mahis.domain.conditions import Case, Condition, Holder
from mahis.domain.mandate import RUNNING_STATES, State
from mahis.domain.parties import Party, Side
from mahis.domain.quarters import QuarterPeriod


def require(condition: Condition, case: Case) -> None:
    """Require that a condition holds; raises its refusal."""
    _CHECKS[condition](case)


def enters(state: State, case: Case) -> bool:
    """Say whether a case may arrive in a state, where a step can lead to several."""
    if case.mandate.state in RUNNING_STATES:
        return _ends_in(state, case)
    both = case.signed_after == frozenset(Side) or case.mandate.state is State.TO_BE_VALIDATED
    if state in (State.TO_BE_FINALISED, State.PENDING):
        one = bool(case.signed_after) and not both
        stays = state is case.mandate.state
        # It stays where it is only for the first of two signatures.
        return (one if state is State.PENDING else not case.signed_after) and (
            not stays or bool(case.half_signing)
        )
    waits = case.mandate.group.employers_only and not case.mandator.is_employer
    return both and (waits if state is State.IDENTIFICATION else not waits)


def _ends_in(state: State, case: Case) -> bool:
    """Say whether a signed mandate arrives in a state because a party has ceased."""
    gone, period = case.ceased, case.mandate.period
    if gone is None:
        return False
    if state is State.WITHDRAWN:
        return ceasing.never_begins(period, gone)
    if state is State.CLOSED:
        return gone.last_quarter < case.current
    return True


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
        raise conditions.GroupNotOpen(field="groups", group=case.mandate.group.code)


def _start_within_limits(case: Case) -> None:
    start = case.mandate.period.start
    latest = case.current + case.limits.start_ahead
    earliest = case.current - case.limits.start_back
    if start > latest:
        raise conditions.StartTooLate(field="start", latest=latest)
    if start < earliest:
        raise conditions.StartTooEarly(field="start", earliest=earliest)


def _no_other_mandatary(case: Case) -> None:
    if case.holder is None:
        return
    group = case.mandate.group
    if case.holder.same_mandatary:
        raise conditions.AlreadyGiven(field="groups", group=group.code, holder=case.holder)
    if not group.single_mandatary:
        return
    if case.holder.reference != case.mandate.replaces:
        raise conditions.HeldByAnother(field="groups", group=group.code, holder=case.holder)
    require_replaceable(holder=case.holder, period=case.mandate.period, group=group.code)


def require_replaceable(*, holder: Holder, period: QuarterPeriod, group: str) -> None:
    """Require that the mandate in the way can give its place to one for another period.

    Raises ReplacedHasEnd or ReplacedNotBefore.
    """
    if holder.period.end is not None:
        raise conditions.ReplacedHasEnd(field="groups", group=group, holder=holder)
    if holder.period.start >= period.start:
        raise conditions.ReplacedNotBefore(field="groups", group=group, holder=holder)


def _replaced_is_in_the_way(case: Case) -> None:
    named = case.mandate.replaces
    if named is None:
        return
    if case.holder is None or not case.mandate.group.single_mandatary:
        raise conditions.NothingToReplace(field="groups", group=case.mandate.group.code)


def _replaces_another(case: Case) -> None:
    if case.mandate.replaces is None:
        raise conditions.ReplacesNothing


def _not_begun(case: Case) -> None:
    if case.mandate.period.start <= case.current:
        raise conditions.AlreadyBegun(start=case.mandate.period.start)


def _end_by_successor(case: Case) -> None:
    end = case.mandate.period.end
    if end is None or end != case.undone_end:
        raise conditions.EndOfItsOwn(end=end)


def _period_not_over(case: Case) -> None:
    if case.mandate.is_over(case.on):
        raise conditions.PeriodOver(end=case.mandate.period.end)


def _signs_anew(case: Case) -> None:
    if not (case.signing | case.half_signing) - case.mandate.signed:
        raise conditions.NoNewSignature(field="document")


def _fits_first_signatory(case: Case) -> None:
    if case.first_of_two is None:
        return
    if case.signatory is None:
        message = "a second signature is weighed by who gives it"
        raise ValueError(message)
    cosigning.require_fits(person=case.signatory, power=case.power, first=case.first_of_two)


def _nobody_signed(case: Case) -> None:
    if case.mandate.signed | case.mandate.half_signed:
        raise conditions.SignedElectronically


def _level_not_below_first(case: Case) -> None:
    acting = case.signing | case.half_signing
    if case.mandate.first_level is None or (acting and acting <= {case.mandate.first_side}):
        return
    if case.level is None:
        message = "a second validation is weighed by its level"
        raise ValueError(message)
    signing.require_mixable(first=case.mandate.first_level, second=case.level)


def _nobody_else_signed(case: Case) -> None:
    if (case.mandate.signed | case.mandate.half_signed) - {case.mandate.drawn_up_by}:
        raise conditions.OthersHaveSigned


def _reason_given(case: Case) -> None:
    if not case.reason.strip():
        raise conditions.ReasonMissing(field="reason")
    if len(case.reason) > case.limits.longest_reason:
        raise conditions.ReasonTooLong(field="reason", longest=case.limits.longest_reason)


def _mandator_is_employer(case: Case) -> None:
    if not case.mandator.is_employer:
        raise conditions.NotAnEmployerYet


def _limit_passed(case: Case) -> None:
    if case.mandate.state_on(case.on) is not State.EXPIRED:
        raise conditions.NotYet(until=case.mandate.expires_on)


def _end_passed(case: Case) -> None:
    if not case.mandate.is_over(case.on):
        raise conditions.NotYet(until=case.mandate.period.last_day)


def _no_end_yet(case: Case) -> None:
    if case.mandate.period.end is not None:
        raise conditions.EndAlreadySet(end=case.mandate.period.end)


def _end_not_before_start(case: Case) -> None:
    if case.end is None:
        raise conditions.EndMissing(field="end")
    if case.end < case.mandate.period.start:
        raise conditions.EndBeforeStart(field="end", start=case.mandate.period.start)


def _end_not_past(case: Case) -> None:
    end = case.end or case.mandate.period.end
    if end is not None and end < case.current:
        raise conditions.EndInThePast(field="end", current=case.current)


def _a_party_ceased(case: Case) -> None:
    if case.ceased is None:
        raise ceasing.NothingToSettle


def _outlasts_activity(case: Case) -> None:
    gone = case.ceased
    if gone is None or not ceasing.outlasts(case.mandate.period, gone):
        raise ceasing.NothingToSettle


def _group_for_employers(case: Case) -> None:
    if not case.mandate.group.employers_only:
        raise ceasing.NothingToTell


def _employer_no_more(case: Case) -> None:
    if case.mandator.is_employer or case.mandator.employer_until is None:
        raise ceasing.NothingToTell


def _not_told_yet(case: Case) -> None:
    if case.told_of_end is not None and case.told_of_end == case.mandator.employer_until:
        raise ceasing.NothingToTell


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
    Condition.FITS_FIRST_SIGNATORY: _fits_first_signatory,
    Condition.NOBODY_SIGNED: _nobody_signed,
    Condition.LEVEL_NOT_BELOW_FIRST: _level_not_below_first,
    Condition.NOBODY_ELSE_SIGNED: _nobody_else_signed,
    Condition.REASON_GIVEN: _reason_given,
    Condition.MANDATOR_IS_EMPLOYER: _mandator_is_employer,
    Condition.LIMIT_PASSED: _limit_passed,
    Condition.END_PASSED: _end_passed,
    Condition.NO_END_YET: _no_end_yet,
    Condition.END_NOT_BEFORE_START: _end_not_before_start,
    Condition.END_NOT_PAST: _end_not_past,
    Condition.REPLACED_IS_IN_THE_WAY: _replaced_is_in_the_way,
    Condition.REPLACES_ANOTHER: _replaces_another,
    Condition.NOT_BEGUN: _not_begun,
    Condition.END_BY_SUCCESSOR: _end_by_successor,
    Condition.A_PARTY_CEASED: _a_party_ceased,
    Condition.OUTLASTS_ACTIVITY: _outlasts_activity,
    Condition.GROUP_FOR_EMPLOYERS: _group_for_employers,
    Condition.EMPLOYER_NO_MORE: _employer_no_more,
    Condition.NOT_TOLD_YET: _not_told_yet,
    **delegation_checks.CHECKS,
}
