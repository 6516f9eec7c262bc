"""Every job of the clock, in the order in which those that are due together run."""

from mahis.jobs import (
    adopt_notices,
    clear_sessions,
    close_ended,
    discard_drafts,
    expire,
    find_addresses,
    hand_over_letters,
    pack_letters,
    refresh_trust,
)
from mahis.jobs.job import Job

JOBS: tuple[Job, ...] = (
    adopt_notices.JOB,
    expire.JOB,
    close_ended.JOB,
    find_addresses.JOB,
    pack_letters.JOB,
    hand_over_letters.JOB,
    clear_sessions.JOB,
    discard_drafts.JOB,
    refresh_trust.JOB,
)
