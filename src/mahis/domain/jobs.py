"""What the clock does by itself: outcomes of a job, and when it is due again."""

import dataclasses
import datetime
import enum

#: How soon a job that failed is tried again, and how late at most.
_FIRST_RETRY = datetime.timedelta(minutes=1)
_LAST_RETRY = datetime.timedelta(hours=1)


class JobOutcome(enum.Enum):
    """What came of a run."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"


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
