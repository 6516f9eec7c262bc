"""Warns both parties before a mandate with an end quarter ends."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import remind
from mahis.usecases.run_job import Counts
from mahis.web import house_rules


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Write every warning that is due."""
    return {"notices": remind.of_ends(days=house_rules.reminders().of_the_end, at=at, on=on)}


JOB = Job(name="warn-of-ends", schedule=daily(0, 40), run=run)
