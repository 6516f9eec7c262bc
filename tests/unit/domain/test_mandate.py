"""Mandates: their references, and the state that holds on a day."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.mandate import (
    EXPIRING_STATES,
    HOLDING_STATES,
    AuthorisationReference,
    MandateReference,
    ReferenceUnreadable,
    State,
)
from mahis.domain.parties import Side
from mahis.domain.quarters import QuarterPeriod
from tests.unit.domain import situations
from tests.unit.domain.situations import NOW, ON

DAY = datetime.timedelta(days=1)

AUTHORISATIONS = st.builds(
    AuthorisationReference, st.integers(0, 9999), st.integers(0, 999_999_999_999)
)
MANDATES = st.builds(MandateReference, AUTHORISATIONS, st.integers(0, 999))


class TestAReference:
    @given(AUTHORISATIONS)
    def test_of_an_authorisation_reads_back_as_written(self, reference):
        assert AuthorisationReference.parse(str(reference)) == reference

    @given(MANDATES)
    def test_of_a_mandate_reads_back_as_written(self, reference):
        assert MandateReference.parse(str(reference)) == reference

    def test_shows_the_series_and_the_place_in_it(self):
        series = AuthorisationReference(2026, 1234)
        assert str(series) == "2026-0001234"
        assert str(MandateReference(series, 2)) == "2026-0001234/2"

    @pytest.mark.parametrize("text", ["2026-1234/2", " 2026-0001234/2 ", "2026-0001234/02"])
    def test_is_read_with_or_without_its_noughts(self, text):
        assert MandateReference.parse(text) == MandateReference(
            AuthorisationReference(2026, 1234), 2
        )

    @given(MANDATES, MANDATES)
    def test_sorts_by_numbers_and_not_by_text(self, one, other):
        def numbers(reference):
            return (reference.authorisation.year, reference.authorisation.number, reference.place)

        assert (one < other) is (numbers(one) < numbers(other))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2026",
            "2026-",
            "-1234",
            "26-1234",
            "2026-1234567890123",
            "2026-12a4",
            "2026-\u0661",
            "2026 1234",
        ],
    )
    def test_of_another_form_is_unreadable(self, text):
        with pytest.raises(ReferenceUnreadable):
            AuthorisationReference.parse(text)
        with pytest.raises(ReferenceUnreadable):
            MandateReference.parse(f"{text}/1")

    @pytest.mark.parametrize("place", ["", "/", "/x", "/1/2", "/1000", "/\u0661", "/-1"])
    def test_without_a_readable_place_names_no_mandate(self, place):
        with pytest.raises(ReferenceUnreadable):
            MandateReference.parse(f"2026-0001234{place}")


class TestTheStateOnADay:
    @pytest.mark.parametrize("state", [None, *State])
    def test_is_the_recorded_one_while_no_time_has_run_out(self, state):
        mandate = situations.mandate(state=state, period=QuarterPeriod(NOW - 1, NOW), expires_on=ON)
        assert mandate.state_on(ON) is state

    @pytest.mark.parametrize("state", [None, *State])
    def test_is_closed_for_a_running_mandate_from_the_day_after_its_end_quarter(self, state):
        mandate = situations.mandate(
            state=state, period=QuarterPeriod(NOW - 1, NOW), expires_on=None
        )
        after = NOW.last_day + DAY
        assert mandate.state_on(NOW.last_day) is state
        runs = state in (State.ACTIVE, State.IDENTIFICATION)
        assert mandate.state_on(after) is (State.CLOSED if runs else state)
        assert mandate.is_over(after)
        assert not mandate.is_over(NOW.last_day)

    @pytest.mark.parametrize("state", [None, *State])
    def test_is_expired_for_an_unfinished_mandate_from_the_day_after_its_limit(self, state):
        mandate = situations.mandate(state=state, expires_on=ON)
        is_unfinished = state in (State.TO_BE_FINALISED, State.PENDING)
        assert mandate.state_on(ON) is state
        assert mandate.state_on(ON + DAY) is (State.EXPIRED if is_unfinished else state)

    def test_stays_as_recorded_where_there_is_no_end_and_no_limit(self):
        far = datetime.date(2199, 12, 31)
        for state in State:
            mandate = situations.mandate(state=state, expires_on=None)
            assert mandate.state_on(far) is state
            assert not mandate.is_over(far)


class TestAMandate:
    @pytest.mark.parametrize(
        "signed",
        [set(sides) for count in range(3) for sides in itertools.combinations(Side, count)],
    )
    def test_awaits_the_sides_that_have_not_signed(self, signed):
        mandate = situations.mandate(signed=frozenset(signed))
        assert {side for side in Side if side in mandate.awaited} == set(Side) - signed

    def test_holds_its_quarters_while_active_or_in_identification_and_once_closed(self):
        assert {State.ACTIVE, State.IDENTIFICATION, State.CLOSED} == HOLDING_STATES

    def test_can_expire_only_while_a_party_must_still_act(self):
        assert {State.TO_BE_FINALISED, State.PENDING} == EXPIRING_STATES
