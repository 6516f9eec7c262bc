"""Every job of the clock, in the order in which those that are due together run."""

from mahis.jobs import (
    adopt_notices,
    archive_signed,
    checkpoint_history,
    clear_sessions,
    close_ended,
    discard_drafts,
    expire,
    find_addresses,
    hand_over_letters,
    identify_employers,
    pack_letters,
    refresh_trust,
    remind_to_sign,
    settle_ceased,
    tell_employers_ended,
    tidy_files,
    warn_of_ends,
    watch_providers,
)
from mahis.jobs.job import Job

JOBS: tuple[Job, ...] = (
    adopt_notices.JOB,
    settle_ceased.JOB,
    identify_employers.JOB,
    tell_employers_ended.JOB,
    expire.JOB,
    close_ended.JOB,
    remind_to_sign.JOB,
    warn_of_ends.JOB,
    watch_providers.JOB,
    find_addresses.JOB,
    pack_letters.JOB,
    hand_over_letters.JOB,
    archive_signed.JOB,
    checkpoint_history.JOB,
    clear_sessions.JOB,
    discard_drafts.JOB,
    tidy_files.JOB,
    refresh_trust.JOB,
)
