"""What a job of the clock is, and the times at which jobs are due."""

import dataclasses
import datetime
from typing import Protocol

from django.utils import timezone

from mahis.domain.jobs import Daily, Every, Schedule
from mahis.usecases.run_job import Counts


class Run(Protocol):
    """Does what is due by now, all of it and nothing twice; gives what it did in numbers."""

    def __call__(self, *, at: datetime.datetime, on: datetime.date) -> Counts:
        """Run at a moment, on a day."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Job:
    """Something that the clock does again and again."""

    #: Known to operators and kept with its last run: it never changes.
    name: str
    schedule: Schedule
    run: Run


def daily(hour: int, minute: int = 0) -> Daily:
    """Give the schedule of what is due once a day, at a time in Belgium."""
    return Daily(at=datetime.time(hour, minute), zone=timezone.get_default_timezone())


def every(*, minutes: int) -> Every:
    """Give the schedule of what is due again and again."""
    return Every(pause=datetime.timedelta(minutes=minutes))
