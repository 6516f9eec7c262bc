"""How the conditions of delegating are checked: each by its rule in `mahis.domain.delegation`."""

from collections.abc import Callable

from mahis.domain import delegation
from mahis.domain.conditions import Case, Condition
from mahis.domain.delegation import Delegating


def _wanted(case: Case) -> Delegating:
    if case.delegating is None:
        message = "delegating is judged by what is to be delegated"
        raise ValueError(message)
    return case.delegating


def _begun(case: Case) -> None:
    delegation.require_begun(case.mandate, case.on)


def _delegate_is_no_party(case: Case) -> None:
    delegation.require_third_party(_wanted(case), case.mandate)


def _delegate_is_provider(case: Case) -> None:
    delegation.require_able(_wanted(case), case.on)


def _quarters_past(case: Case) -> None:
    delegation.require_past(_wanted(case), case.on)


def _delegate_was_mandatary(case: Case) -> None:
    delegation.require_former(_wanted(case))


def _quarters_held(case: Case) -> None:
    delegation.require_held(_wanted(case))


def _application_in_group(case: Case) -> None:
    delegation.require_in_group(_wanted(case))


def _not_delegated_yet(case: Case) -> None:
    delegation.require_new(_wanted(case))


def _delegation_runs(case: Case) -> None:
    if case.delegation is None:
        message = "ending is judged by the delegation that is to end"
        raise ValueError(message)
    delegation.require_running(case.delegation)


CHECKS: dict[Condition, Callable[[Case], None]] = {
    Condition.BEGUN: _begun,
    Condition.DELEGATE_IS_NO_PARTY: _delegate_is_no_party,
    Condition.DELEGATE_IS_PROVIDER: _delegate_is_provider,
    Condition.QUARTERS_PAST: _quarters_past,
    Condition.DELEGATE_WAS_MANDATARY: _delegate_was_mandatary,
    Condition.QUARTERS_HELD: _quarters_held,
    Condition.APPLICATION_IN_GROUP: _application_in_group,
    Condition.NOT_DELEGATED_YET: _not_delegated_yet,
    Condition.DELEGATION_RUNS: _delegation_runs,
}
