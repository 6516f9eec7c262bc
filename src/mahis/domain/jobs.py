"""What the clock does by itself: outcomes of a job, and when it is due again."""

import dataclasses
import datetime
import enum

#: A worker looks every few seconds, but the jobs that are due together run one after the other.
_LATE = datetime.timedelta(minutes=30)
#: What has run longer than this has most likely ended with its process.
_LONGEST_RUN = datetime.timedelta(hours=6)
#: How soon a job that failed is tried again, and how late at most.
_FIRST_RETRY = datetime.timedelta(minutes=1)
_LAST_RETRY = datetime.timedelta(hours=1)


class JobOutcome(enum.Enum):
    """What came of a run."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"


class JobStanding(enum.Enum):
    """How a job is, for those who watch the clock."""

    #: No worker has begun it yet.
    NEVER_RAN = "neverRan"
    RUNNING = "running"
    DONE = "done"
    #: It failed, and will be tried again.
    FAILED = "failed"
    #: It has been due for so long that no worker can be at work.
    LATE = "late"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Run:
    """The last run of a job, as it is recorded."""

    started_at: datetime.datetime | None
    finished_at: datetime.datetime | None
    #: None before the first run has ended.
    outcome: JobOutcome | None
    #: When it is due.
    next_at: datetime.datetime

    def standing(self, at: datetime.datetime) -> JobStanding:
        """Say how the job is at a moment."""
        if self.started_at is not None and self._is_under_way(self.started_at, at):
            return JobStanding.RUNNING
        if at > self.next_at + _LATE:
            return JobStanding.LATE
        if self.outcome is None:
            return JobStanding.NEVER_RAN
        failed = self.outcome is JobOutcome.FAILED
        return JobStanding.FAILED if failed else JobStanding.DONE

    def _is_under_way(self, started_at: datetime.datetime, at: datetime.datetime) -> bool:
        ended = self.finished_at is not None and self.finished_at >= started_at
        return not ended and at <= started_at + _LONGEST_RUN


@dataclasses.dataclass(frozen=True, kw_only=True)
class Every:
    """Due again some time after each run."""

    pause: datetime.timedelta

    def after(self, moment: datetime.datetime) -> datetime.datetime:
        """Give when it is due after a run that ended at a moment."""
        return moment + self.pause


@dataclasses.dataclass(frozen=True, kw_only=True)
class Daily:
    """Due once a day, at a time on the clocks of a place."""

    at: datetime.time
    zone: datetime.tzinfo

    def after(self, moment: datetime.datetime) -> datetime.datetime:
        """Give when it is due after a run that ended at a moment: the next time it strikes.

        A time that the clocks leave out in spring strikes as much later, and one that they show
        twice in autumn strikes once.
        """
        local = moment.astimezone(self.zone)
        strikes = datetime.datetime.combine(local.date(), self.at, self.zone)
        if strikes.timestamp() <= moment.timestamp():
            tomorrow = local.date() + datetime.timedelta(days=1)
            strikes = datetime.datetime.combine(tomorrow, self.at, self.zone)
        return strikes


Schedule = Every | Daily


def due_after_failure(
    schedule: Schedule, *, failures: int, at: datetime.datetime
) -> datetime.datetime:
    """Give when a job is due that has failed some times in a row: soon, then less and less soon.

    Never later than its schedule says.
    """
    times = 1 << min(max(failures, 1), 10) - 1
    return min(at + min(_FIRST_RETRY * times, _LAST_RETRY), schedule.after(at))
