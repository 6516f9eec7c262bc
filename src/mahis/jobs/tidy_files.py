"""Removes what processes began to write into the store of files and were killed over."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases.run_job import Counts
from mahis.web import house_documents

#: Nothing takes that long to write.
_LONGEST = datetime.timedelta(days=1)


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Remove what is older than a day."""
    return {"files": house_documents.files().tidy(before=at - _LONGEST)}


JOB = Job(name="tidy-files", schedule=daily(3, 30), run=run)
