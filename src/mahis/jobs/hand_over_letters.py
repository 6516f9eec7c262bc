"""Hands over packages of letters to the printer."""

import datetime

from mahis.jobs.job import Job, every
from mahis.usecases.hand_over_letters import hand_over
from mahis.usecases.run_job import Counts
from mahis.web import house_documents, house_post


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Hand over what is packed, where it is said to whom; raises a kind of NotHandedOver."""
    target = house_post.post().target
    if target is None:
        return {"batches": 0}
    return {"batches": len(hand_over(target=target, files=house_documents.files(), at=at))}


JOB = Job(name="hand-over-letters", schedule=every(minutes=15), run=run)
