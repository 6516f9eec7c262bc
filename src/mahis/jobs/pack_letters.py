"""Packs the letters of a day for the printer."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases.pack_letters import pack_letters
from mahis.usecases.run_job import Counts
from mahis.web import house_documents


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Make the batch of the day, after those that were begun and not finished."""
    packed = pack_letters(files=house_documents.files(), at=at, on=on)
    return {
        "batches": len(packed),
        "letters": sum(each.letters for each in packed),
        "pages": sum(each.pages for each in packed),
    }


JOB = Job(name="pack-letters", schedule=daily(17), run=run)
