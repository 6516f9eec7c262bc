"""Throws away forms that nobody has gone on with for long."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import discard_old_drafts
from mahis.usecases.run_job import Counts
from mahis.web import house_rules


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Throw away what was not touched for the days that the operator set."""
    days = datetime.timedelta(days=house_rules.days_of_drafts())
    return {"drafts": discard_old_drafts.discard(before=at - days)}


JOB = Job(name="discard-drafts", schedule=daily(3, 20), run=run)
