"""Records mandates whose end quarter is over, and tells both parties (L3)."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import reach_end
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Record every end that was reached."""
    return {"mandates": reach_end.record_ended(at=at, on=on)}


JOB = Job(name="close-ended", schedule=daily(0, 20), run=run)
