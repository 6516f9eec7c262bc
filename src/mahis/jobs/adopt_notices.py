"""Puts on their way the notices that processes of the version before have written."""

import datetime

from mahis.jobs.job import Job, every
from mahis.usecases import send_notices
from mahis.usecases.run_job import Counts

#: Longer than any two versions run beside each other.
_LOOKING_BACK = datetime.timedelta(days=7)


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Look for notices without a delivery."""
    return {"notices": send_notices.adopt(since=at - _LOOKING_BACK)}


JOB = Job(name="adopt-notices", schedule=every(minutes=10), run=run)
