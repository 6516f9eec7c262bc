"""The clock: runs what is due, one worker at a time for each job, and catches up by itself."""

import datetime
import functools
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from mahis.domain.jobs import JobOutcome
from mahis.jobs.job import Job
from mahis.usecases import run_job
from mahis.usecases.run_job import Counts, Ran

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 30.0


class Clock:
    """Looks again and again which jobs are due; several of them beside each other are safe."""

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        now: Callable[[], datetime.datetime],
        look_seconds: float = _LOOK_SECONDS,
    ) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._now = now
        self._look_seconds = look_seconds
        self._ran = self._failed = 0
        # Jobs have a connection of their own: ours holds the lock of the one that runs.
        self._hands = ThreadPoolExecutor(1, thread_name_prefix="job")

    def run(self, stop: threading.Event) -> None:
        """Run what is due until told to stop; a job that runs is brought to its end."""
        pause = self._look_seconds
        while not stop.is_set():
            try:
                self.run_due(stop)
                pause = self._look_seconds
            except (OperationalError, InterfaceError) as error:
                _log.warning("the clock has no database (%s)", type(error).__name__)
                connection.close()
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            stop.wait(pause)
        self.close()

    def run_due(self, stop: threading.Event | None = None) -> tuple[Ran, ...]:
        """Run once everything that is due now and that nobody else runs."""
        due = run_job.due(names=list(self._jobs), at=self._now())
        runs = []
        for name, job in self._jobs.items():
            if name in due and not (stop and stop.is_set()):
                ran = run_job.run_if_due(
                    name=name,
                    schedule=job.schedule,
                    work=functools.partial(self._apart, job),
                    now=self._now,
                )
                if ran is not None:
                    self._note(ran)
                    runs.append(ran)
        return tuple(runs)

    def counts(self) -> tuple[int, int]:
        """Give how many runs there were since this was last asked, and how many failed."""
        counted, self._ran, self._failed = (self._ran, self._failed), 0, 0
        return counted

    def close(self) -> None:
        """Leave the database."""
        self._hands.submit(_leave_database).result()
        self._hands.shutdown()
        _leave_database()

    def _apart(self, job: Job) -> Counts:
        return self._hands.submit(self._work, job).result()

    def _work(self, job: Job) -> Counts:
        at = self._now()
        try:
            return job.run(at=at, on=timezone.localtime(at).date())
        except (OperationalError, InterfaceError):
            # The connection may be broken: the next job gets a new one.
            connection.close()
            raise

    def _note(self, ran: Ran) -> None:
        self._ran += 1
        self._failed += ran.outcome is JobOutcome.FAILED
        done = {name: count for name, count in ran.counts.items() if count}
        if done:
            _log.info("job %s: %s", ran.name, done)


def _leave_database() -> None:
    """Close the connection of the thread that this runs in."""
    connection.close()
