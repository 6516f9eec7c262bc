"""Reminds parties that have not signed before an authorisation expires (L6)."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import remind
from mahis.usecases.run_job import Counts
from mahis.web import house_rules


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Write every reminder that is due."""
    return {"notices": remind.to_sign(days=house_rules.reminders().to_sign, at=at, on=on)}


JOB = Job(name="remind-to-sign", schedule=daily(0, 30), run=run)
