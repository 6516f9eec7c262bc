"""Makes active what waited for its mandator to become an employer (A5)."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import identify_employer
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Look who is an employer from today.

    An import of the register does so too: this is for those of whom it said a day to come.
    """
    return {"mandates": identify_employer.identify(at=at, on=on)}


JOB = Job(name="identify-employers", schedule=daily(0, 5), run=run)
