"""Gaps in what was held, and runs of what follows each other."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.quarters import Quarter, QuarterPeriod, gaps, runs

FIRST = Quarter.of(2020, 1)
#: A line of quarters short enough that periods often touch.
PLACES = st.integers(min_value=0, max_value=14)


@st.composite
def periods(draw, *, ended=False):
    """Give a period on the line; without an end now and then."""
    start = draw(PLACES)
    last = draw(st.integers(min_value=start, max_value=14))
    open_ended = not ended and draw(st.integers(0, 6)) == 0
    return QuarterPeriod(FIRST + start, None if open_ended else FIRST + last)


HELD = st.lists(periods(), max_size=6)


def _on_line(found):
    """Give the places of the line that some periods hold."""
    return {place for place in range(20) for each in found if FIRST + place in each}


class TestGaps:
    @given(periods(ended=True), HELD)
    def test_are_exactly_the_quarters_that_nothing_holds(self, wanted, held):
        assert _on_line(gaps(wanted, held)) == _on_line([wanted]) - _on_line(held)

    @given(periods(ended=True), HELD)
    def test_are_as_long_as_can_be_and_in_order(self, wanted, held):
        found = gaps(wanted, held)
        assert list(found) == list(runs(found))

    @given(periods(ended=True), HELD)
    def test_do_not_depend_on_the_order_of_what_is_held(self, wanted, held):
        assert gaps(wanted, held) == gaps(wanted, list(reversed(held)))

    def test_are_the_whole_where_nothing_is_held(self):
        wanted = QuarterPeriod(FIRST, FIRST + 3)
        assert gaps(wanted, []) == (wanted,)

    def test_are_not_asked_of_a_period_without_end(self):
        with pytest.raises(ValueError, match="with an end"):
            gaps(QuarterPeriod(FIRST), [])

    def test_reach_to_the_last_quarter_there_is(self):
        last = Quarter.of(2199, 4)
        wanted = QuarterPeriod(last - 1, last)
        assert gaps(wanted, [wanted]) == ()
        assert gaps(wanted, [QuarterPeriod(last - 1, last - 1)]) == (QuarterPeriod(last, last),)


class TestRuns:
    @given(HELD)
    def test_hold_the_same_quarters(self, held):
        assert _on_line(runs(held)) == _on_line(held)

    @given(HELD)
    def test_neither_overlap_nor_follow_each_other(self, held):
        found = runs(held)
        for one, other in itertools.pairwise(found):
            assert one.end is not None
            assert one.end + 1 < other.start

    @given(HELD)
    def test_are_joined_once_and_for_all(self, held):
        assert runs(runs(held)) == runs(held)

    def test_join_what_follows_without_a_gap(self):
        one, other = QuarterPeriod(FIRST, FIRST + 1), QuarterPeriod(FIRST + 2, FIRST + 5)
        assert runs([other, one]) == (QuarterPeriod(FIRST, FIRST + 5),)

    def test_end_nowhere_after_one_without_end(self):
        assert runs([QuarterPeriod(FIRST), QuarterPeriod(FIRST + 5, FIRST + 6)]) == (
            QuarterPeriod(FIRST),
        )
