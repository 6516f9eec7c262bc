"""What a party that has ceased makes of a mandate, and who is to be told of an employer's end."""

import dataclasses
import datetime

import pytest

from mahis.domain import ceasing
from mahis.domain.lifecycle import Act, Doer, Kind, take, would_take
from mahis.domain.mandate import State
from mahis.domain.parties import ActivityPeriod, Side
from mahis.domain.quarters import QuarterPeriod
from tests.unit.domain import situations
from tests.unit.domain.situations import NOW, ON

REGISTER = Doer(kind=Kind.REGISTER)
BEGINS = datetime.date(2001, 1, 1)


def case(period, *, last_day, state=State.ACTIVE, **more):
    activity = ActivityPeriod(BEGINS, last_day)
    mandate = situations.mandate(state=state, period=period, signed=frozenset(Side))
    return situations.case(
        mandate=mandate, mandatary=situations.accountant(activity=activity), **more
    )


def settled(period, **how):
    step = take(act=Act.CEASE, doer=REGISTER, case=case(period, **how))
    return step.after, step.period


@pytest.mark.parametrize("state", [State.ACTIVE, State.IDENTIFICATION])
class TestAMandateInForce:
    def test_keeps_its_state_until_the_last_quarter_is_over(self, state):
        last_day = ON - datetime.timedelta(days=1)
        expected = (state, QuarterPeriod(NOW - 1, NOW))
        assert settled(QuarterPeriod(NOW - 1), last_day=last_day, state=state) == expected

    def test_is_closed_at_once_where_it_is_over_already(self, state):
        last_day = (NOW - 1).last_day
        expected = (State.CLOSED, QuarterPeriod(NOW - 3, NOW - 1))
        assert settled(QuarterPeriod(NOW - 3), last_day=last_day, state=state) == expected

    def test_is_withdrawn_where_it_never_begins(self, state):
        period = QuarterPeriod(NOW + 1, NOW + 4)
        last_day = ON - datetime.timedelta(days=1)
        assert settled(period, last_day=last_day, state=state) == (State.WITHDRAWN, period)

    def test_loses_what_lies_behind_the_last_quarter_alone(self, state):
        last_day = ON - datetime.timedelta(days=1)
        for ahead in range(1, 5):
            _, period = settled(QuarterPeriod(NOW - 2, NOW + ahead), last_day=last_day, state=state)
            assert period == QuarterPeriod(NOW - 2, NOW)

    def test_that_ends_in_time_is_left(self, state):
        known = case(
            QuarterPeriod(NOW - 2, NOW), last_day=ON - datetime.timedelta(days=1), state=state
        )
        assert not would_take(act=Act.CEASE, doer=REGISTER, case=known)

    def test_is_left_on_the_last_day_itself(self, state):
        known = case(QuarterPeriod(NOW - 2), last_day=ON, state=state)
        assert not would_take(act=Act.CEASE, doer=REGISTER, case=known)


def test_the_first_that_ceased_counts():
    both = {
        Side.MANDATOR: situations.bakery(activity=ActivityPeriod(BEGINS, ON)),
        Side.MANDATARY: situations.accountant(
            activity=ActivityPeriod(BEGINS, ON - datetime.timedelta(days=3))
        ),
    }
    found = ceasing.ceased(both, on=ON + datetime.timedelta(days=1))
    assert found is not None
    assert (found.side, found.last_quarter) == (Side.MANDATARY, NOW)
    assert ceasing.ceased(both, on=ON - datetime.timedelta(days=3)) is None


def test_an_employer_that_is_one_again_is_not_told_of():
    group = situations.group(employers_only=True)
    known = situations.case(
        mandate=situations.mandate(state=State.ACTIVE, group=group),
        mandator=situations.bakery(is_employer=False, employer_until=ON),
    )
    assert would_take(act=Act.END_EMPLOYER, doer=REGISTER, case=known)
    again = dataclasses.replace(known, mandator=situations.bakery())
    assert not would_take(act=Act.END_EMPLOYER, doer=REGISTER, case=again)
