"""Counts over the whole register."""

import datetime

import pytest

from mahis.domain.mandate import State
from mahis.domain.parties import Role
from mahis.queries import states_of_all
from tests.factories import mandates, register
from tests.factories.mandates import TODAY


def test_every_state_is_counted_as_it_is_shown_today(house):
    other = register.an_enterprise("Garage")
    mandates.an_authorisation(house.bakery, house.practice, house.dmfa, house.risks)
    mandates.an_authorisation(other, house.practice, house.dmfa, end="3/2026")
    mandates.an_authorisation(
        other,
        house.practice,
        house.risks,
        state=State.PENDING,
        expires_on=TODAY - datetime.timedelta(days=1),
    )
    counted = states_of_all.counts(actor=house.officer, on=TODAY)
    assert list(counted) == list(State)
    assert {state: count for state, count in counted.items() if count} == {
        State.ACTIVE: 2,
        State.CLOSED: 1,
        State.EXPIRED: 1,
    }


def test_auditors_count_too_and_companies_do_not(house):
    assert set(
        states_of_all.counts(actor=register.an_officer(Role.CONSULT), on=TODAY).values()
    ) == {0}
    with pytest.raises(states_of_all.OfficersOnly):
        states_of_all.counts(actor=house.baker, on=TODAY)
