"""Throws away the sessions of people who have left."""

import datetime

from django.contrib.sessions.models import Session

from mahis.jobs.job import Job, daily
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Throw away what is over."""
    count, _ = Session.objects.filter(expire_date__lt=at).delete()
    return {"sessions": count}


JOB = Job(name="clear-sessions", schedule=daily(3, 10), run=run)
