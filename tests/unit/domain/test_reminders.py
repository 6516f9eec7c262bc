"""Reminders: each once, the latest of several, none after the fact, none that says nothing new."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain import reminders
from mahis.domain.mandate import State
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from tests.unit.domain import situations

DAY = datetime.timedelta(days=1)
LAST = datetime.date(2026, 11, 30)
LONG_AGO = datetime.date(2000, 1, 1)

DAYS = st.lists(st.integers(0, 365), min_size=1, max_size=5)
DATES = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))
#: Days between two runs of the clock, which stands still at times.
STEPS = st.lists(st.sampled_from([1, 1, 1, 2, 5, 20, 60]), min_size=1, max_size=120)


def day(text):
    return datetime.date.fromisoformat(text)


def before(due):
    """Give how many days before its day a warning was due; None for none."""
    return None if due is None else due.days_before


def due(on, *, days=(30, 7), told_on=LONG_AGO, warns_of=LAST):
    found = reminders.due(warns_of=warns_of, days=days, told_on=told_on, on=on)
    assert found is None or found.warns_of == warns_of
    return before(found)


class TestAWarning:
    @pytest.mark.parametrize(
        ("on", "found"),
        [
            ("2026-10-30", None),
            ("2026-10-31", 30),
            ("2026-11-22", 30),
            ("2026-11-23", 7),
            ("2026-11-30", 7),
            ("2026-12-01", None),
        ],
    )
    def test_is_due_from_its_day_until_the_next_or_the_last(self, on, found):
        assert due(day(on)) == found

    @given(DATES, DAYS, DATES)
    def test_is_the_only_one_due_and_never_comes_after_the_fact(self, warns_of, days, on):
        found = due(on, days=days, warns_of=warns_of)
        reached = [each for each in days if warns_of - each * DAY <= on <= warns_of]
        assert found == min(reached, default=None)

    @given(DATES, DAYS, DATES)
    def test_is_found_by_the_window_that_holds_its_day(self, warns_of, days, on):
        found = [
            window.days_before
            for window in reminders.windows(days=days, on=on)
            if warns_of in window
        ]
        expected = due(on, days=days, warns_of=warns_of)
        assert found == ([] if expected is None else [expected])

    @given(DATES, DAYS, DATES, DATES)
    def test_is_not_due_where_people_were_told_later(self, warns_of, days, told_on, on):
        found = due(on, days=days, warns_of=warns_of, told_on=told_on)
        if found is None:
            untold = due(on, days=days, warns_of=warns_of)
            assert untold is None or warns_of - untold * DAY <= told_on
        else:
            assert told_on < warns_of - found * DAY <= on

    @given(DATES, DAYS, DATES, STEPS)
    def test_comes_once_for_each_time_at_which_the_clock_looked(self, warns_of, days, on, steps):
        """However unevenly the clock looks: what was not overtaken comes, and in order."""
        looked, sent = [], []
        for step in steps:
            on += step * DAY
            looked.append(on)
            found = due(on, days=days, warns_of=warns_of)
            if found is not None and found not in sent:
                sent.append(found)
        assert sent == sorted(sent, reverse=True)
        wanted = sorted(set(days))
        for days_before, next_before in zip(wanted, [-1, *wanted], strict=False):
            since, until = warns_of - days_before * DAY, warns_of - (next_before + 1) * DAY
            assert (days_before in sent) == any(since <= each <= until for each in looked)

    @given(DATES, DAYS)
    def test_of_an_end_is_found_by_the_quarters_of_its_window(self, on, days):
        for window in reminders.windows(days=days, on=on):
            expected = [
                Quarter(index)
                for index in range(Quarter.containing(on).index, Quarter.containing(on).index + 8)
                if Quarter(index).last_day in window
            ]
            assert list(window.ending) == expected


class TestAReminderToSign:
    @pytest.mark.parametrize("state", State)
    def test_is_for_what_waits_for_a_signature(self, state):
        mandate = situations.mandate(state=state, expires_on=LAST)
        found = reminders.to_sign(mandate, days=(7,), told_on=LONG_AGO, on=LAST)
        assert before(found) == (7 if state in {State.TO_BE_FINALISED, State.PENDING} else None)

    def test_comes_no_more_once_the_limit_has_passed(self):
        mandate = situations.mandate(
            state=State.PENDING, expires_on=LAST, signed=frozenset({Side.MANDATOR})
        )
        assert reminders.to_sign(mandate, days=(7,), told_on=LONG_AGO, on=LAST + DAY) is None

    def test_comes_no_more_where_signing_would_help_no_more(self):
        over = QuarterPeriod(Quarter.of(2026, 1), Quarter.of(2026, 3))
        mandate = situations.mandate(state=State.PENDING, expires_on=LAST, period=over)
        assert reminders.to_sign(mandate, days=(7,), told_on=LONG_AGO, on=LAST) is None

    def test_needs_a_limit(self):
        mandate = situations.mandate(state=State.PENDING, expires_on=None)
        assert reminders.to_sign(mandate, days=(7,), told_on=LONG_AGO, on=LAST) is None


class TestAWarningOfTheEnd:
    ENDING = QuarterPeriod(Quarter.of(2026, 1), Quarter.of(2026, 4))

    def due(self, on, *, state=State.ACTIVE, period=ENDING):
        mandate = situations.mandate(state=state, period=period)
        return before(reminders.of_the_end(mandate, days=(30,), told_on=LONG_AGO, on=day(on)))

    @pytest.mark.parametrize("state", State)
    def test_is_for_mandates_in_force_and_those_that_wait_for_an_employer(self, state):
        runs = state in {State.ACTIVE, State.IDENTIFICATION}
        assert self.due("2026-12-24", state=state) == (30 if runs else None)

    @pytest.mark.parametrize(
        ("on", "found"),
        [("2026-11-30", None), ("2026-12-01", 30), ("2026-12-31", 30), ("2027-01-01", None)],
    )
    def test_counts_from_the_last_day_of_the_end_quarter(self, on, found):
        assert self.due(on) == found

    def test_is_never_due_without_an_end(self):
        assert self.due("2026-12-24", period=QuarterPeriod(Quarter.of(2026, 1))) is None


class TestAProvidersTime:
    @pytest.mark.parametrize(
        ("accepted_on", "last_day"),
        [
            ("2026-01-15", "2026-07-15"),
            ("2026-08-31", "2027-02-28"),
            ("2027-08-30", "2028-02-29"),
            ("2026-12-01", "2027-06-01"),
            ("2026-06-30", "2026-12-30"),
        ],
    )
    def test_ends_on_the_same_day_six_months_later(self, accepted_on, last_day):
        found = reminders.last_day_for_first_mandate(day(accepted_on), months=6)
        assert found == day(last_day)

    @given(DATES, st.integers(1, 60))
    def test_grows_with_the_day_of_acceptance(self, accepted_on, months):
        found = reminders.last_day_for_first_mandate(accepted_on, months=months)
        later = reminders.last_day_for_first_mandate(accepted_on + DAY, months=months)
        assert accepted_on < found <= later <= found + 4 * DAY
        assert (found.year - accepted_on.year) * 12 + found.month - accepted_on.month == months

    @pytest.mark.parametrize(
        ("on", "found"),
        [("2026-06-14", None), ("2026-06-15", 30), ("2026-07-15", 30), ("2026-07-16", None)],
    )
    def test_is_warned_of_before_it_ends(self, on, found):
        told = reminders.of_the_lapse(
            accepted_on=day("2026-01-15"), months=6, days=(30,), on=day(on)
        )
        assert before(told) == found
