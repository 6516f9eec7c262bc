"""Jobs of the clock: due when their schedule says, in summer and winter, and sooner after a no."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.jobs import Daily, Every, JobOutcome, JobStanding, Run, due_after_failure

BRUSSELS = ZoneInfo("Europe/Brussels")
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)

MOMENTS = st.datetimes(
    datetime.datetime(2020, 1, 1),  # noqa: DTZ001 - its zone comes beside it
    datetime.datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(datetime.UTC),
)
DAILY = st.builds(Daily, at=st.times(), zone=st.just(BRUSSELS))
SCHEDULES = st.one_of(
    DAILY, st.builds(Every, pause=st.timedeltas(MINUTE, 7 * DAY).filter(lambda each: each > MINUTE))
)


def utc(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


class TestADailyJob:
    @given(DAILY, MOMENTS)
    def test_is_due_later_and_within_a_day_and_an_hour(self, schedule, moment):
        due = schedule.after(moment).timestamp() - moment.timestamp()
        assert 0 < due <= 25 * 3600

    @given(DAILY, MOMENTS)
    def test_is_due_once_on_each_day_in_a_row(self, schedule, moment):
        days = []
        for _ in range(5):
            # As long after as the clocks may leave out: the time that was meant is the day's.
            moment = schedule.after(moment)
            days.append(moment.date())
        assert days == [days[0] + DAY * place for place in range(5)]

    @pytest.mark.parametrize(
        ("at", "after", "due"),
        [
            ("03:00", "2026-11-26T01:59:59", "2026-11-26T02:00:00"),
            ("03:00", "2026-11-26T02:00:00", "2026-11-27T02:00:00"),
            ("03:00", "2026-07-01T02:00:00", "2026-07-02T01:00:00"),
            # The clocks go from two to three: what strikes between is an hour late.
            ("02:30", "2026-03-28T12:00:00", "2026-03-29T01:30:00"),
            # They go back from three to two: it strikes at the first.
            ("02:30", "2026-10-24T12:00:00", "2026-10-25T00:30:00"),
            ("02:30", "2026-10-25T00:30:00", "2026-10-26T01:30:00"),
        ],
    )
    def test_strikes_by_the_clocks_of_brussels(self, at, after, due):
        schedule = Daily(at=datetime.time.fromisoformat(at), zone=BRUSSELS)
        assert schedule.after(utc(after)).astimezone(datetime.UTC) == utc(due)


class TestAJobThatIsRepeated:
    @given(MOMENTS, st.timedeltas(MINUTE, DAY))
    def test_is_due_its_pause_after_each_run(self, moment, pause):
        assert Every(pause=pause).after(moment) == moment + pause


class TestAJobThatFailed:
    @given(SCHEDULES, st.integers(1, 100_000), MOMENTS)
    def test_is_due_later_but_never_later_than_by_its_schedule(self, schedule, failures, moment):
        due = due_after_failure(schedule, failures=failures, at=moment)
        assert moment < due <= schedule.after(moment)

    @pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 2), (5, 16), (9, 60), (500, 60)])
    def test_is_tried_soon_and_then_less_and_less_soon(self, failures, minutes):
        moment = utc("2026-11-26T03:00:00")
        due = due_after_failure(Every(pause=DAY), failures=failures, at=moment)
        assert due == moment + minutes * MINUTE


class TestHowAJobIs:
    NOW = utc("2026-11-26T03:00:00")

    def standing(self, *, started=None, finished=None, outcome=None, due):
        """Say how a job is that started, finished and is due so many minutes ago."""

        def moment(minutes):
            return None if minutes is None else self.NOW - minutes * MINUTE

        found = Run(
            started_at=moment(started),
            finished_at=moment(finished),
            outcome=outcome,
            next_at=moment(due),
        )
        return found.standing(self.NOW)

    @pytest.mark.parametrize("outcome", [None, *JobOutcome])
    def test_is_late_where_it_has_been_due_for_long(self, outcome):
        finished = None if outcome is None else 90
        ran = {"started": finished, "finished": finished, "outcome": outcome}
        assert self.standing(**ran, due=31) is JobStanding.LATE
        assert self.standing(**ran, due=30) is not JobStanding.LATE

    def test_is_running_between_its_beginning_and_its_end(self):
        before = {"outcome": JobOutcome.SUCCEEDED, "due": 400}
        assert self.standing(started=359, finished=1500, **before) is JobStanding.RUNNING
        assert self.standing(started=359, **before | {"outcome": None}) is JobStanding.RUNNING
        assert self.standing(started=359, finished=358, **before) is JobStanding.LATE

    def test_runs_no_more_where_its_worker_must_have_died(self):
        assert self.standing(started=361, finished=1500, due=365) is JobStanding.LATE

    @pytest.mark.parametrize(
        ("outcome", "standing"),
        [
            (None, JobStanding.NEVER_RAN),
            (JobOutcome.SUCCEEDED, JobStanding.DONE),
            (JobOutcome.FAILED, JobStanding.FAILED),
        ],
    )
    def test_is_what_came_of_it_last_while_it_is_not_due(self, outcome, standing):
        assert self.standing(started=60, finished=60, outcome=outcome, due=-60) is standing
