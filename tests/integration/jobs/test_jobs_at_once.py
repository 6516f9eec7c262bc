"""Jobs that several run at once, or that are killed half-way: everything is done, nothing twice."""

import datetime
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from mahis.domain.mandate import State
from mahis.domain.parties import ProviderStatus
from mahis.jobs import close_ended, expire, remind_to_sign, warn_of_ends, watch_providers
from mahis.store import models
from tests.factories import mandates, register
from tests.house.sources import ROOT

ONE_DAY = datetime.timedelta(days=1)
#: When the fourth quarter is over, and the limits of what was drawn up in it are near.
DAY = datetime.date(2027, 1, 4)
HOW_MANY = 40
AT_ONCE = 4

JOBS = (remind_to_sign, warn_of_ends, watch_providers, expire, close_ended)


@pytest.fixture
def town(committed_db):
    """Give a town in which each of the jobs has as many things to do."""
    group, provider = register.a_group("dmfa"), register.a_provider()
    situations: tuple[dict[str, Any], ...] = (
        {"state": State.PENDING, "expires_on": DAY + 5 * ONE_DAY},
        {"state": State.PENDING, "expires_on": DAY - ONE_DAY},
        {"state": State.ACTIVE, "end": "4/2026"},
        {"state": State.ACTIVE, "end": "1/2027"},
    )
    for _ in range(HOW_MANY):
        for more in situations:
            mandates.an_authorisation(register.an_enterprise(), provider, group, **more)
        models.Provider.objects.create(
            enterprise=register.an_enterprise(),
            status=ProviderStatus.ACTIVE,
            begins=datetime.date(2026, 7, 10),
        )
    return committed_db


def run(job):
    """Run a job on a day on which it has something to do; gives what it did."""
    on = datetime.date(2027, 3, 20) if job is warn_of_ends else DAY
    return sum(job.run(at=mandates.moment(on), on=on).values())


#: What each job does for each thing: notices of warnings, mandates that take a step.
DONE = {remind_to_sign: 1, warn_of_ends: 2, watch_providers: 1, expire: 1, close_ended: 1}
TOLD = {
    remind_to_sign: ("signReminder", 1),
    warn_of_ends: ("endsSoon", 2),
    watch_providers: ("providerLapsesSoon", 1),
    expire: ("expired", 2),
    close_ended: ("closed", 2),
}


def require_done_once(job):
    """Require that everything was told to everybody, once; and written with its delivery."""
    telling, each = TOLD[job]
    told = models.Notice.objects.filter(telling=telling)
    assert told.count() == HOW_MANY * each
    about = set(told.values_list("authorisation", "recipient"))
    assert len(about) == HOW_MANY * each
    assert models.Delivery.objects.filter(notice__in=told).count() == HOW_MANY * each
    assert run(job) == 0


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.JOB.name)
def test_several_at_once_do_everything_once_between_them(town, job):
    """Past the clock's own lock, as where a clock has lost sight of what another one does."""
    gate = threading.Barrier(AT_ONCE)

    def at_once(_):
        gate.wait()
        try:
            return run(job)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(at_once, range(AT_ONCE))) == HOW_MANY * DONE[job]
    require_done_once(job)


_SCRIPT = """
import importlib, sys
import django
django.setup()
from tests.integration.jobs import test_jobs_at_once
test_jobs_at_once.run(importlib.import_module(sys.argv[1]))
"""


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.JOB.name)
def test_one_that_is_killed_half_way_is_done_by_the_next(town, job):
    telling, each = TOLD[job]
    told = models.Notice.objects.filter(telling=telling)
    surroundings = {
        **os.environ,
        "DATABASE_URL": town,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, job.__name__], env=surroundings
    ) as process:
        while not told.exists():
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    assert 0 < told.count() < HOW_MANY * each, "it was over before it could be killed"
    assert run(job) > 0
    require_done_once(job)
