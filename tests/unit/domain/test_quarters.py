"""Quarters: their order, their days, their three notations, and periods of them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.quarters import (
    FIRST_YEAR,
    LAST_YEAR,
    PeriodEndsBeforeItStarts,
    Quarter,
    QuarterDoesNotExist,
    QuarterPeriod,
    QuarterUnreadable,
)
from mahis.domain.refusals import Refused

FIRST = Quarter.of(FIRST_YEAR, 1)
LAST = Quarter.of(LAST_YEAR, 4)

QUARTERS = st.builds(Quarter.of, st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 4))
DAYS = st.dates(FIRST.first_day, LAST.last_day)

# A short line of quarters, so that periods drawn from it often touch.
LINE = [Quarter.of(2026, 1) + steps for steps in range(10)]
PERIODS_ON_LINE = [
    QuarterPeriod(start, end)
    for start in LINE
    for end in [*LINE, None]
    if end is None or start <= end
]


class TestAQuarter:
    @given(QUARTERS)
    def test_is_the_same_by_year_and_number_as_by_index(self, quarter):
        assert Quarter.of(quarter.year, quarter.number) == quarter
        assert Quarter(quarter.year * 4 + quarter.number - 1) == quarter

    @given(QUARTERS, QUARTERS)
    def test_is_ordered_by_year_and_then_by_number(self, one, other):
        assert (one < other) is ((one.year, one.number) < (other.year, other.number))
        assert (one == other) is ((one.year, one.number) == (other.year, other.number))

    @given(QUARTERS, st.integers(-40, 40))
    def test_moves_forward_and_back_by_the_same_number(self, quarter, steps):
        if FIRST.index <= quarter.index + steps <= LAST.index:
            moved = quarter + steps
            assert moved - steps == quarter
            assert moved.index - quarter.index == steps
        else:
            with pytest.raises(QuarterDoesNotExist):
                quarter + steps

    @given(QUARTERS.filter(lambda quarter: quarter < LAST))
    def test_ends_on_the_day_before_the_next_one_begins(self, quarter):
        following = quarter + 1
        assert quarter.last_day + datetime.timedelta(days=1) == following.first_day

    @given(DAYS)
    def test_containing_a_day_has_that_day_between_its_first_and_its_last(self, day):
        quarter = Quarter.containing(day)
        assert quarter.first_day <= day <= quarter.last_day
        assert quarter.year == day.year

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("1/2024", datetime.date(2024, 1, 1), datetime.date(2024, 3, 31)),
            ("2/2024", datetime.date(2024, 4, 1), datetime.date(2024, 6, 30)),
            ("3/2024", datetime.date(2024, 7, 1), datetime.date(2024, 9, 30)),
            ("4/2024", datetime.date(2024, 10, 1), datetime.date(2024, 12, 31)),
        ],
    )
    def test_of_the_calendar_has_these_days(self, text, first, last):
        quarter = Quarter.parse(text)
        assert (quarter.first_day, quarter.last_day) == (first, last)

    def test_at_either_bound_still_has_its_days(self):
        assert Quarter.parse("1/1945").first_day == datetime.date(1945, 1, 1)
        assert Quarter.parse("4/2199").last_day == datetime.date(2199, 12, 31)

    @pytest.mark.parametrize("step_past", [lambda: FIRST - 1, lambda: LAST + 1])
    def test_past_either_bound_does_not_exist(self, step_past):
        with pytest.raises(QuarterDoesNotExist):
            step_past()

    @pytest.mark.parametrize("day", [datetime.date(1944, 12, 31), datetime.date(2200, 1, 1)])
    def test_of_a_day_out_of_bounds_does_not_exist(self, day):
        with pytest.raises(QuarterDoesNotExist):
            Quarter.containing(day)


class TestANotation:
    @given(QUARTERS)
    def test_of_each_kind_reads_back_as_the_quarter_that_wrote_it(self, quarter):
        for text in (quarter.screen, quarter.code, quarter.dmfa, str(quarter)):
            assert Quarter.parse(text) == quarter

    def test_of_each_kind_is_written_like_this(self):
        quarter = Quarter.of(2026, 4)
        assert (quarter.screen, quarter.code, quarter.dmfa) == ("4/2026", "2026Q4", "20264")

    @pytest.mark.parametrize(
        "text", ["1/2027", " 1/2027 ", "1 / 2027", "1-2027", "1.2027", "1 2027", "2027Q1", "2027q1"]
    )
    def test_typed_with_small_liberties_is_understood(self, text):
        assert Quarter.parse(text) == Quarter.of(2027, 1)

    @pytest.mark.parametrize("text", ["0/2027", "5/2027", "9/2027", "2027Q0", "2027Q5", "20275"])
    def test_of_a_fifth_quarter_names_one_that_does_not_exist(self, text):
        with pytest.raises(QuarterDoesNotExist):
            Quarter.parse(text)

    @pytest.mark.parametrize("text", ["1/1944", "1/2200", "0000Q1", "99991"])
    def test_of_a_year_out_of_bounds_names_one_that_does_not_exist(self, text):
        with pytest.raises(QuarterDoesNotExist):
            Quarter.parse(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "2027",
            "1/27",
            "01/2027",
            "2027/1",
            "1//2027",
            "Q1",
            "1/2027 2/2027",
            "2027Q1Q",
            "-1/2027",
            "first of 2027",
            "1/٢٠٢٧",
            "\uff11/2027",
            "1/2027\x00",
            "1\u20442027",
            "1\u2003/2027",
            "1" * 5000,
        ],
    )
    def test_that_is_none_of_the_three_is_unreadable(self, text):
        with pytest.raises(QuarterUnreadable):
            Quarter.parse(text)

    @given(st.text())
    def test_of_any_text_gives_a_quarter_or_a_refusal(self, text):
        try:
            quarter = Quarter.parse(text)
        except Refused:
            return
        assert FIRST <= quarter <= LAST

    @given(st.from_regex(r"[\d/Q.\- ]{1,12}"))
    def test_of_any_digits_of_any_script_gives_a_quarter_or_a_refusal(self, text):
        try:
            quarter = Quarter.parse(text)
        except Refused:
            return
        assert text.isascii()
        assert str(quarter.year) in text


class TestAPeriod:
    @pytest.mark.parametrize("one", PERIODS_ON_LINE, ids=repr)
    def test_overlaps_another_where_they_share_a_quarter(self, one):
        for other in PERIODS_ON_LINE:
            shared = _quarters_on_line(one) & _quarters_on_line(other)
            assert one.overlaps(other) is bool(shared), (one, other)

    @given(QUARTERS, QUARTERS, QUARTERS)
    def test_contains_its_start_its_end_and_what_lies_between(self, start, end, quarter):
        if end < start:
            with pytest.raises(PeriodEndsBeforeItStarts):
                QuarterPeriod(start, end)
        else:
            assert (quarter in QuarterPeriod(start, end)) is (start <= quarter <= end)

    @given(QUARTERS, QUARTERS)
    def test_without_an_end_contains_every_quarter_from_its_start(self, start, quarter):
        assert (quarter in QuarterPeriod(start)) is (start <= quarter)

    @given(QUARTERS)
    def test_of_one_quarter_has_the_days_of_that_quarter(self, quarter):
        period = QuarterPeriod(quarter, quarter)
        assert (period.first_day, period.last_day) == (quarter.first_day, quarter.last_day)

    @given(QUARTERS)
    def test_without_an_end_has_no_last_day(self, start):
        assert QuarterPeriod(start).last_day is None
        assert QuarterPeriod(start).first_day == start.first_day

    def test_given_an_end_keeps_its_start(self):
        start, end = Quarter.of(2026, 1), Quarter.of(2026, 4)
        assert QuarterPeriod(start).ending(end) == QuarterPeriod(start, end)

    def test_cannot_be_given_an_end_before_its_start(self):
        start = Quarter.of(2026, 2)
        with pytest.raises(PeriodEndsBeforeItStarts) as refusal:
            QuarterPeriod(start).ending(start - 1)
        assert refusal.value.found == {"start": start, "end": start - 1}


def _quarters_on_line(period):
    return {quarter for quarter in LINE if quarter in period}
