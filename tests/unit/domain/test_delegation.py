"""Delegations: past quarters, a former mandatary, and no right that survives its source."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain import delegation
from mahis.domain.delegation import (
    Delegating,
    Delegation,
    EndedBecause,
    Given,
    Had,
    Held,
    Standing,
)
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.parties import ActivityPeriod, NotAProvider, PartyNotActive, ProviderStatus
from mahis.domain.quarters import Quarter, QuarterPeriod
from tests.unit.domain import situations
from tests.unit.domain.situations import ACCOUNTANT, BAKERY, NOW, ON

FORMER = EnterpriseNumber("0400000086")
YEAR = QuarterPeriod(NOW - 7, NOW - 4)
SOURCE = situations.mandate(state=State.ACTIVE, period=QuarterPeriod(NOW - 3))


def former(**different):
    """Give the former mandatary: an active provider."""
    return situations.accountant(**{"number": FORMER, "name": "Fiduciaire", **different})


def delegating(**different):
    """Give a delegation in whose way nothing stands: a year that the former mandatary had."""
    return Delegating(
        **{
            "delegate": former(),
            "application": None,
            "quarters": YEAR,
            "held": (QuarterPeriod(NOW - 12, NOW - 4),),
            **different,
        }
    )


def running(**different):
    """Give a delegation that runs."""
    return Delegation(
        **{
            "source": SOURCE,
            "delegate": FORMER,
            "application": None,
            "quarters": YEAR,
            **different,
        }
    )


OVER, CURRENT, OPEN, TO_COME = (
    QuarterPeriod(NOW - 4, NOW - 1),
    QuarterPeriod(NOW - 4, NOW),
    QuarterPeriod(NOW - 4),
    QuarterPeriod(NOW + 1),
)


class TestWhatAnEnterpriseHad:
    @pytest.mark.parametrize("period", [OVER, CURRENT, OPEN, TO_COME])
    @pytest.mark.parametrize("was_active", [True, False])
    @pytest.mark.parametrize("state", State)
    def test_is_what_was_active(self, state, was_active, period):
        found = delegation.held_by([Had(quarters=period, state=state, was_active=was_active)], ON)
        counts = was_active and state in {State.ACTIVE, State.CLOSED}
        assert found == Held(
            over=(OVER,) if counts and period is OVER else (),
            still=counts and state is State.ACTIVE and period in (CURRENT, OPEN),
        )

    def test_is_gathered_from_all_its_mandates(self):
        earlier = QuarterPeriod(NOW - 12, NOW - 9)
        had = [
            Had(quarters=period, state=state, was_active=True)
            for period, state in (
                (earlier, State.CLOSED),
                (OVER, State.CLOSED),
                (OPEN, State.ACTIVE),
            )
        ]
        assert delegation.held_by(had, ON) == Held(over=(earlier, OVER), still=True)
        assert delegation.held_by([], ON) == delegation.NOTHING


class TestADelegation:
    def test_runs_while_its_mandate_does(self):
        assert running().because(ON) is None
        assert running().standing(ON) is Standing.RUNNING

    def test_does_not_run_before_its_mandate_begins(self):
        early = running(
            source=situations.mandate(state=State.ACTIVE, period=QuarterPeriod(NOW + 1))
        )
        assert early.standing(ON) is Standing.ENDED

    def test_ends_with_the_last_day_of_its_mandate_before_any_clock_says_so(self):
        ending = situations.mandate(state=State.ACTIVE, period=QuarterPeriod(NOW - 3, NOW))
        given_ = running(source=ending)
        assert given_.standing(NOW.last_day) is Standing.RUNNING
        day_after = NOW.last_day + datetime.timedelta(days=1)
        assert given_.because(day_after) is EndedBecause.SOURCE_ENDED

    @pytest.mark.parametrize("state", [state for state in State if state is not State.ACTIVE])
    def test_runs_in_no_other_state_of_its_mandate(self, state):
        source = situations.mandate(state=state, period=QuarterPeriod(NOW - 3))
        assert running(source=source).standing(ON) is Standing.ENDED

    @pytest.mark.parametrize("because", EndedBecause)
    def test_that_was_ended_stays_so_for_the_reason_recorded(self, because):
        assert running(ended_because=because).because(ON) is because

    @given(st.integers(-8, 8), st.none() | st.integers(-8, 8), st.integers(0, 800))
    def test_never_outlives_its_mandate(self, start, end, days):
        if end is not None and end < start:
            return
        period = QuarterPeriod(NOW + start, None if end is None else NOW + end)
        source = situations.mandate(state=State.ACTIVE, period=period)
        day = ON + datetime.timedelta(days=days)
        runs = running(source=source).standing(day) is Standing.RUNNING
        assert runs is (Quarter.containing(day) in period)

    def test_can_be_ended_once_only(self):
        delegation.require_running(running())
        with pytest.raises(delegation.DelegationEnded):
            delegation.require_running(running(ended_because=EndedBecause.DELEGATE))


class TestDelegating:
    def test_is_for_a_mandate_that_has_begun(self):
        delegation.require_begun(SOURCE, ON)
        begins = situations.mandate(state=State.ACTIVE, period=QuarterPeriod(NOW + 1))
        with pytest.raises(delegation.MandateNotBegun) as refusal:
            delegation.require_begun(begins, ON)
        assert refusal.value.found == {"start": NOW + 1}

    @pytest.mark.parametrize("party", [BAKERY, ACCOUNTANT])
    def test_is_not_to_a_party(self, party):
        delegation.require_third_party(delegating(), SOURCE)
        with pytest.raises(delegation.DelegateIsAParty):
            delegation.require_third_party(delegating(delegate=former(number=party)), SOURCE)

    def test_is_to_an_enterprise_that_is_active_today(self):
        delegation.require_able(delegating(), ON)
        ceased = former(activity=ActivityPeriod(datetime.date(2001, 1, 1), ON.replace(day=1)))
        with pytest.raises(PartyNotActive):
            delegation.require_able(delegating(delegate=ceased), ON)

    @pytest.mark.parametrize(
        "status", [each for each in ProviderStatus if each is not ProviderStatus.ACTIVE]
    )
    def test_is_to_an_active_provider(self, status):
        with pytest.raises(NotAProvider):
            delegation.require_able(delegating(delegate=former(provider=status)), ON)

    def test_is_to_a_former_mandatary(self):
        delegation.require_former(delegating())
        with pytest.raises(delegation.NotAFormerMandatary):
            delegation.require_former(delegating(held=()))

    def test_is_not_to_somebody_who_still_has_a_mandate(self):
        with pytest.raises(delegation.StillAMandatary):
            delegation.require_former(delegating(still_holds=True))

    def test_is_for_quarters_that_are_over(self):
        delegation.require_past(delegating(quarters=QuarterPeriod(NOW - 1, NOW - 1)), ON)
        for last in (NOW, NOW + 1, None):
            with pytest.raises(delegation.QuartersNotPast) as refusal:
                delegation.require_past(delegating(quarters=QuarterPeriod(NOW - 1, last)), ON)
            assert refusal.value.found == {"latest": NOW - 1}

    @pytest.mark.parametrize(
        ("held", "lacking", "field"),
        [
            ([QuarterPeriod(NOW - 6, NOW - 4)], QuarterPeriod(NOW - 7, NOW - 7), "start"),
            ([QuarterPeriod(NOW - 9, NOW - 5)], QuarterPeriod(NOW - 4, NOW - 4), "until"),
            (
                [QuarterPeriod(NOW - 9, NOW - 7), QuarterPeriod(NOW - 5, NOW - 4)],
                QuarterPeriod(NOW - 6, NOW - 6),
                "until",
            ),
        ],
    )
    def test_is_for_quarters_that_the_delegate_had_all_of_them(self, held, lacking, field):
        delegation.require_held(delegating())
        with pytest.raises(delegation.QuartersNotHeld) as refusal:
            delegation.require_held(delegating(held=tuple(held)))
        assert refusal.value.found["quarters"] == lacking
        assert refusal.value.field == field

    def test_may_rest_on_several_earlier_mandates(self):
        split = (QuarterPeriod(NOW - 7, NOW - 6), QuarterPeriod(NOW - 5, NOW - 4))
        delegation.require_held(delegating(held=split))

    def test_is_for_an_application_that_was_in_the_group_all_the_time(self):
        delegation.require_in_group(delegating())
        delegation.require_in_group(delegating(application="dimona", in_group=(YEAR,)))
        for in_group in ((), (QuarterPeriod(NOW - 6),)):
            with pytest.raises(delegation.ApplicationNotInGroup):
                delegation.require_in_group(delegating(application="dimona", in_group=in_group))

    @pytest.mark.parametrize(
        ("before", "now", "shares"),
        [
            (None, None, True),
            (None, "dimona", True),
            ("dimona", None, True),
            ("dimona", "dimona", True),
            ("dimona", "dmfa", False),
        ],
    )
    def test_gives_nothing_twice(self, before, now, shares):
        given_before = Given(number=7, application=before, quarters=QuarterPeriod(NOW - 4, NOW - 4))
        wanted = delegating(application=now, given=(given_before,))
        if shares:
            with pytest.raises(delegation.DelegatedAlready) as refusal:
                delegation.require_new(wanted)
            assert refusal.value.found["number"] == 7
        else:
            delegation.require_new(wanted)

    def test_of_other_quarters_is_no_second_time(self):
        before = Given(number=7, application=None, quarters=QuarterPeriod(NOW - 9, NOW - 8))
        delegation.require_new(delegating(given=(before,)))
