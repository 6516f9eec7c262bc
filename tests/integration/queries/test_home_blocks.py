"""The blocks of an enterprise's home page."""

import datetime

import pytest

from mahis.domain.mandate import State
from mahis.domain.parties import Quality, Side
from mahis.queries import home_blocks
from tests.factories import register
from tests.factories.mandates import TODAY, an_authorisation

YESTERDAY = TODAY - datetime.timedelta(days=1)


def blocks(actor):
    return {each.side: each for each in home_blocks.blocks(actor=actor, on=TODAY)}


def counts(side):
    return {block.state: block.count for block in side.blocks if block.count}


class TestTheSides:
    def test_that_one_acts_on_is_there_even_when_empty(self, house):
        assert list(blocks(house.baker)) == [Side.MANDATOR]
        assert list(blocks(house.accountant)) == [Side.MANDATARY]
        assert [block.state for block in blocks(house.baker)[Side.MANDATOR].blocks] == list(State)

    def test_are_counted_separately_where_the_enterprise_stands_on_both(self, house):
        an_authorisation(house.bakery, house.practice, house.dmfa)
        an_authorisation(
            house.practice, house.stranger.enterprise, house.risks, state=State.PENDING
        )
        sides = blocks(house.accountant)
        assert {side: counts(found) for side, found in sides.items()} == {
            Side.MANDATOR: {State.PENDING: 1},
            Side.MANDATARY: {State.ACTIVE: 1},
        }
        assert {side: found.acts_here for side, found in sides.items()} == {
            Side.MANDATOR: False,
            Side.MANDATARY: True,
        }

    def test_are_none_for_officers(self, house):
        an_authorisation(house.bakery, house.practice, house.dmfa)
        assert blocks(house.officer) == {}

    def test_hold_nothing_of_others(self, house):
        an_authorisation(house.bakery, house.practice, house.dmfa)
        assert counts(blocks(house.stranger)[Side.MANDATARY]) == {}


class TestCounting:
    def test_counts_mandates_not_authorisations(self, house):
        an_authorisation(house.bakery, house.practice, house.dmfa, house.risks, state=State.PENDING)
        assert counts(blocks(house.baker)[Side.MANDATOR]) == {State.PENDING: 2}

    @pytest.mark.parametrize("state", State)
    def test_counts_every_state(self, house, state):
        an_authorisation(house.bakery, house.practice, house.dmfa, state=state)
        assert counts(blocks(house.baker)[Side.MANDATOR]) == {state: 1}

    def test_follows_the_day_not_the_clock(self, house):
        an_authorisation(house.bakery, house.practice, house.dmfa, end="3/2026")
        for state in (State.PENDING, State.TO_BE_FINALISED):
            an_authorisation(
                house.bakery, house.practice, house.risks, state=state, expires_on=YESTERDAY
            )
        found = blocks(house.baker)[Side.MANDATOR]
        assert counts(found) == {State.CLOSED: 1, State.EXPIRED: 2}
        assert found.block(State.EXPIRED).awaiting_me == 0

    def test_stops_counting_what_gathers_over_the_years(self, house, monkeypatch):
        monkeypatch.setattr(home_blocks, "COUNTED_AT_MOST", 2)
        for end in ("1/2026", "2/2026", None):
            client = register.an_enterprise()
            an_authorisation(client, house.practice, house.dmfa, end=end)
        found = blocks(house.accountant)[Side.MANDATARY]
        assert found.block(State.ACTIVE).more or found.block(State.CLOSED).more
        assert not found.block(State.PENDING).more


class TestABlock:
    def test_says_who_is_to_sign(self, house):
        for drawn_up_by in Side:
            an_authorisation(
                house.bakery,
                house.practice,
                house.risks,
                state=State.PENDING,
                drawn_up_by=drawn_up_by,
                signed=(drawn_up_by,),
            )
        an_authorisation(house.bakery, house.practice, house.dmfa, state=State.TO_BE_FINALISED)
        found = blocks(house.baker)[Side.MANDATOR]
        waiting = {
            state: (found.block(state).awaiting_me, found.block(state).awaiting_other)
            for state in (State.PENDING, State.TO_BE_FINALISED, State.ACTIVE)
        }
        assert waiting == {
            State.PENDING: (1, 1),
            State.TO_BE_FINALISED: (1, 0),
            State.ACTIVE: (0, 0),
        }

    def test_names_the_mandate_where_there_is_one_only(self, house):
        one = an_authorisation(
            house.bakery, house.practice, house.dmfa, house.risks, state=State.REJECTED
        )
        one.mandates.filter(place=1).update(state=State.ACTIVE)
        found = blocks(house.baker)[Side.MANDATOR]
        assert str(found.block(State.REJECTED).only) == f"{one.reference}/2"
        assert str(found.block(State.ACTIVE).only) == f"{one.reference}/1"
        an_authorisation(house.bakery, house.practice, house.risks, state=State.REJECTED)
        assert blocks(house.baker)[Side.MANDATOR].block(State.REJECTED).only is None


def test_takes_three_queries(house, django_assert_num_queries):
    for state in State:
        an_authorisation(register.an_enterprise(), house.practice, house.risks, state=state)
    practice = register.acting(house.practice, Quality.COMPANY_WITHOUT_STAFF)
    with django_assert_num_queries(3):
        found = home_blocks.blocks(actor=practice, on=TODAY)
    assert practice.person.insz.digits not in repr(found)
