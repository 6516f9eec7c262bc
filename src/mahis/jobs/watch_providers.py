"""Warns providers without a first mandate, and ends their quality when their time is over (R3)."""

import datetime

from mahis.jobs.job import Job, daily
from mahis.usecases import watch_providers
from mahis.usecases.run_job import Counts
from mahis.web import house_rules


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:
    """Let those lapse that were warned, then warn those that are next."""
    rules = house_rules.reminders()
    lapsed = watch_providers.let_lapse(months=rules.months_to_first_mandate, at=at, on=on)
    return {"lapsed": lapsed, "notices": watch_providers.warn(rules=rules, at=at, on=on)}


JOB = Job(name="watch-providers", schedule=daily(0, 50), run=run)
