"""The shown state in SQL says what the domain says, for every state, end and limit."""

import datetime

import pytest

from mahis.domain.mandate import State
from mahis.store import loading
from mahis.store.models import Mandate
from mahis.store.shown_state import shown_state, shows
from tests.factories import mandates, register

pytestmark = pytest.mark.django_db

ON = datetime.date(2026, 11, 23)
ENDS = (None, "3/2026", "4/2026", "1/2027")
LIMITS = (ON - datetime.timedelta(days=1), ON, ON + datetime.timedelta(days=1))


@pytest.fixture
def every_mandate():
    """Write a mandate in every state, with every kind of end and of limit."""
    for state in State:
        for end in ENDS:
            for limit in LIMITS:
                mandates.an_authorisation(
                    register.an_enterprise(name=""),
                    register.an_enterprise(name=""),
                    register.a_group(f"{state.value}{end}{limit}"),
                    state=state,
                    start="1/2026",
                    end=end,
                    expires_on=limit,
                    signed=(),
                )
    return Mandate.objects.select_related("authorisation", "group")


def by_the_rules(row):
    return loading.mandate_of(row, signed=frozenset(), first_level=None).state_on(ON)


def test_agrees_with_the_rules_for_every_combination(every_mandate):
    rows = list(every_mandate.annotate(shown=shown_state(ON)))
    assert len(rows) == len(State) * len(ENDS) * len(LIMITS)
    assert {row.pk: row.shown for row in rows} == {row.pk: by_the_rules(row) for row in rows}


@pytest.mark.parametrize("state", State)
def test_is_searched_for_as_it_is_shown(every_mandate, state):
    expected = {row.pk for row in every_mandate if by_the_rules(row) is state}
    assert {row.pk for row in every_mandate.filter(shows([state], on=ON))} == expected


def test_several_states_are_searched_for_at_once(every_mandate):
    wanted = [State.ACTIVE, State.CLOSED, State.EXPIRED]
    expected = {row.pk for row in every_mandate if by_the_rules(row) in wanted}
    assert {row.pk for row in every_mandate.filter(shows(wanted, on=ON))} == expected


def test_no_state_is_searched_for_where_none_is_named(every_mandate):
    assert not every_mandate.filter(shows([], on=ON)).exists()
