"""Records what was not finished in time, and tells both parties (L6)."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import expire
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Record every limit that has passed."""
    return {"mandates": expire.record_expired(at=at, on=on)}


JOB = Job(name="expire", schedule=daily(0, 10), run=run)
