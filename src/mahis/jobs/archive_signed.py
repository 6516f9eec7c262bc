"""Makes the archive copies of signed forms that could not be made when they came back."""

import datetime

from mahis.jobs.job import Job, every
from mahis.usecases import archive_signed
from mahis.usecases.run_job import Counts
from mahis.web import house_archive


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Make what is missing; raises TimestampUnavailable and what else keeps all from being made."""
    if not archive_signed.are_missing():
        return {"copies": 0, "left_out": 0}
    archived = archive_signed.archive_missing(means=house_archive.means(), at=at)
    return {"copies": archived.made, "left_out": archived.left_out}


JOB = Job(name="archive-signed", schedule=every(minutes=30), run=run)
