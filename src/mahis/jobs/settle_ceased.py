"""Settles the mandates of parties that have ceased, and tells both parties."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import settle_ceased
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Look who has ceased by today.

    An import of the register does so too: this is for those of whom it said a day to come, and for
    what was drawn up while it ran.
    """
    return {"mandates": settle_ceased.settle(at=at, on=on)}


JOB = Job(name="settle-ceased", schedule=daily(0, 3), run=run)
