"""Tells both parties of mandates for employers that the principal is an employer no more."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import tell_employers_ended
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Look who was an employer until yesterday, or until some day before.

    An import of the register and an officer's act do so too: this is for last days that lay ahead.
    """
    return {"mandates": tell_employers_ended.tell(at=at, on=on)}


JOB = Job(name="tell-employers-ended", schedule=daily(0, 7), run=run)
