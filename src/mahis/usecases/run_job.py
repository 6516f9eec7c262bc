"""Run a job of the clock when it is due: one worker at a time, and what came of it for all to see.

Whoever locks the row of a job runs it; everybody else passes by. A worker that dies gives the
lock back with its connection, and the job, which is still due, runs again elsewhere: jobs do
nothing a second time, and do in one run whatever several missed runs would have done.
"""

import dataclasses
import datetime
import logging
import traceback
from collections.abc import Callable, Collection, Mapping

from django.db import transaction

from mahis.domain import jobs
from mahis.domain.jobs import JobOutcome, Schedule
from mahis.domain.refusals import Refused
from mahis.store.models import JobRun

_log = logging.getLogger(__name__)

#: What a job did, in numbers.
Counts = Mapping[str, int]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ran:
    """One run of a job."""

    name: str
    outcome: JobOutcome
    counts: Counts
    #: Code of what went wrong; empty where nothing did.
    problem: str = ""


def due(*, names: Collection[str], at: datetime.datetime) -> frozenset[str]:
    """Give the jobs that are due; one that never ran is."""
    known = dict(JobRun.objects.filter(name__in=names).values_list("name", "next_at"))
    new = [JobRun(name=name, next_at=at) for name in names if name not in known]
    if new:
        JobRun.objects.bulk_create(new, ignore_conflicts=True)
    return frozenset(name for name in names if known.get(name, at) <= at)


def run_if_due(
    *,
    name: str,
    schedule: Schedule,
    work: Callable[[], Counts],
    now: Callable[[], datetime.datetime],
) -> Ran | None:
    """Run a job unless another worker does, or has just done, so; None where it is not ours.

    `work` must use connections of its own: ours holds the lock. It may raise anything; the job
    then is due again soon.
    """
    if not _begin(name, at=now()):
        return None
    with transaction.atomic():
        row = _taken(name, at=now())
        if row is None:
            return None
        try:
            counts = dict(work())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is to be seen, and the rest goes on
            return _failed(row, error, schedule=schedule, at=now())
        return _succeeded(row, counts, schedule=schedule, at=now())


@transaction.atomic
def _begin(name: str, *, at: datetime.datetime) -> bool:
    """Let everybody see that it runs, before it does."""
    row = _taken(name, at=at)
    if row is None:
        return False
    row.started_at = at
    row.save(update_fields=["started_at"])
    return True


def _taken(name: str, *, at: datetime.datetime) -> JobRun | None:
    free = JobRun.objects.select_for_update(skip_locked=True)
    return free.filter(pk=name, next_at__lte=at).first()


def _succeeded(
    row: JobRun, counts: dict[str, int], *, schedule: Schedule, at: datetime.datetime
) -> Ran:
    row.outcome, row.finished_at, row.succeeded_at = JobOutcome.SUCCEEDED, at, at
    row.result, row.problem, row.failures = counts, "", 0
    row.next_at = schedule.after(at)
    row.save()
    return Ran(name=row.name, outcome=JobOutcome.SUCCEEDED, counts=counts)


def _failed(row: JobRun, error: Exception, *, schedule: Schedule, at: datetime.datetime) -> Ran:
    problem = error.code if isinstance(error, Refused) else type(error).__name__
    # The words of an error may quote what stands in a row, so only its kind and place are told.
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("the job %s failed: %s\n%s", row.name, problem, place)
    row.outcome, row.finished_at = JobOutcome.FAILED, at
    row.problem, row.failures = problem, row.failures + 1
    row.next_at = jobs.due_after_failure(schedule, failures=row.failures, at=at)
    row.save()
    return Ran(name=row.name, outcome=JobOutcome.FAILED, counts={}, problem=problem)
