"""Records delegations whose mandate has ended, and tells all three (L8)."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import end_delegation
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Record every delegation that ended with its mandate."""
    return {"delegations": end_delegation.record_over(at=at, on=on)}


JOB = Job(name="end-delegations", schedule=daily(0, 25), run=run)
