"""The state that holds on a day, as SQL: what `domain.mandate.Mandate.state_on` says of a row.

The clock job may be late; what is shown, counted and searched for may not. This is the only
place that says in SQL which recorded state is shown as which; a test holds it to the domain.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Case, F, Q, Value, When

from mahis.domain.mandate import EXPIRING_STATES, RUNNING_STATES, State
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.store.fields import EnumField


def shown_state(on: datetime.date) -> Case:
    """Give the expression of a mandate's shown state, for rows of the model Mandate."""
    return Case(
        *(
            When(Q(state__in=recorded) & has_come, then=Value(shown.value))
            for shown, recorded, has_come in _derived(on)
        ),
        default=F("state"),
        output_field=EnumField(State),
    )


def shows(states: Iterable[State], *, on: datetime.date) -> Q:
    """Give the condition that a mandate's shown state is one of `states`.

    Unlike a comparison with `shown_state`, it names recorded states, so that indexes help.
    """
    wanted = frozenset(states)
    as_recorded = wanted.copy()
    condition = Q(pk__in=[])
    for shown, recorded, has_come in _derived(on):
        if shown in wanted:
            condition |= Q(state__in=recorded) & has_come
        condition |= Q(state__in=wanted & recorded) & ~has_come
        as_recorded -= recorded
    return condition | Q(state__in=as_recorded)


def _derived(on: datetime.date) -> tuple[tuple[State, frozenset[State], Q], ...]:
    """List the states that come by themselves: state shown, states recorded, what has come."""
    current = QuarterPeriod(Quarter.containing(on))
    return (
        (State.CLOSED, RUNNING_STATES, Q(quarters__fully_lt=current)),
        (State.EXPIRED, EXPIRING_STATES, Q(authorisation__expires_on__lt=on)),
    )
