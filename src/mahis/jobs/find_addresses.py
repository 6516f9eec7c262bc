"""Looks again for the addresses that letters wait for."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases.find_addresses import find_addresses
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Have notices delivered again whose recipients have an address by now.

    An import of the register does so too: this is for what came in another way.
    """
    return {"notices": find_addresses(at=at)}


JOB = Job(name="find-addresses", schedule=daily(6, 30), run=run)
