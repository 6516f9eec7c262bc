"""The clock: each job when it is due, by one worker at a time, whatever stands still or breaks."""

import datetime
import threading
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection

from mahis.domain.jobs import Daily, Every, JobOutcome
from mahis.jobs import registry
from mahis.jobs.clock import Clock
from mahis.jobs.job import Job
from mahis.store import models
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, moment

HOUR = datetime.timedelta(hours=1)
AT_THREE = Daily(at=datetime.time(3), zone=ZoneInfo("Europe/Brussels"))


class Time:
    """A time that tests move."""

    def __init__(self, at=None):
        self.at = at or moment()

    def __call__(self):
        return self.at


class Work:
    """A job that remembers its runs, and fails where it is told to."""

    def __init__(self, name="work", schedule=AT_THREE):
        self.runs, self.error = [], None
        self.job = Job(name=name, schedule=schedule, run=self.run)

    def run(self, *, at, on):
        self.runs.append((at, on))
        if self.error:
            raise self.error
        return {"done": len(self.runs)}


@pytest.fixture
def time(committed_db):
    return Time()


@pytest.fixture
def clock_of(time):
    """Make clocks that leave the database behind them."""
    made = []

    def make(*works):
        made.append(Clock([work.job for work in works], now=time))
        return made[-1]

    yield make
    for each in made:
        each.close()


def row(work):
    return models.JobRun.objects.get(pk=work.job.name)


class TestAJob:
    def test_runs_at_the_first_look_and_then_when_it_is_due(self, time, clock_of):
        work = Work()
        clock = clock_of(work)
        for _ in range(2 * 24 + 1):
            clock.run_due()
            time.at += HOUR
        # It is ten o'clock at first.
        began = moment()
        assert [at for at, _ in work.runs] == [began, began + 17 * HOUR, began + 41 * HOUR]
        assert [on for _, on in work.runs] == [DAY + datetime.timedelta(days=n) for n in range(3)]

    def test_runs_once_after_days_of_standstill(self, time, clock_of):
        work = Work()
        clock = clock_of(work)
        clock.run_due()
        time.at += datetime.timedelta(days=9)
        for _ in range(3):
            clock.run_due()
        assert len(work.runs) == 2
        assert row(work).next_at == datetime.datetime(2026, 12, 3, 2, tzinfo=datetime.UTC)

    def test_leaves_what_it_did_for_all_to_see(self, time, clock_of):
        work = Work()
        clock_of(work).run_due()
        found = row(work)
        assert (found.started_at, found.finished_at, found.succeeded_at) == (time.at,) * 3
        assert (found.outcome, found.result) == (JobOutcome.SUCCEEDED, {"done": 1})
        assert (found.problem, found.failures) == ("", 0)

    def test_that_fails_says_why_and_is_tried_soon_again(self, time, clock_of, caplog):
        work = Work()
        clock = clock_of(work)
        clock.run_due()
        began, time.at = time.at, time.at + 24 * HOUR
        work.error = ValueError("the words of 85.07.30-033.28 stay out of every log")
        for minutes in (1, 2, 4):
            (ran,) = clock.run_due()
            found = row(work)
            assert (ran.outcome, ran.problem) == (JobOutcome.FAILED, "ValueError")
            assert (found.outcome, found.problem) == (JobOutcome.FAILED, "ValueError")
            # What the last good run did stays to be seen.
            assert (found.result, found.succeeded_at) == ({"done": 1}, began)
            assert found.next_at == time.at + datetime.timedelta(minutes=minutes)
            assert clock.run_due() == ()
            time.at = found.next_at
        assert "test_clock.py" in caplog.text
        assert "85.07.30" not in caplog.text
        work.error = None
        clock.run_due()
        assert (row(work).problem, row(work).failures) == ("", 0)

    def test_that_fails_keeps_no_other_from_running(self, clock_of):
        bad, good = Work("bad"), Work("good")
        bad.error = ZeroDivisionError()
        clock = clock_of(bad, good)
        clock.run_due()
        assert (len(bad.runs), len(good.runs)) == (1, 1)
        assert clock.counts() == (2, 1)
        assert clock.counts() == (0, 0)

    def test_has_a_connection_of_its_own(self, clock_of):
        def run(*, at, on):
            assert not connection.in_atomic_block
            return {"authorisations": models.Authorisation.objects.count()}

        clock = clock_of()
        clock._jobs = {"apart": Job(name="apart", schedule=AT_THREE, run=run)}
        (ran,) = clock.run_due()
        assert ran.counts == {"authorisations": 0}


class TestSeveralWorkers:
    def test_run_a_job_once_between_them(self, time):
        works = [Work() for _ in range(6)]
        gate = threading.Barrier(len(works))

        def look(work):
            clock = Clock([work.job], now=time)
            gate.wait()
            clock.run_due()
            clock.close()

        threads = [threading.Thread(target=look, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(len(work.runs) for work in works) == 1

    def test_pass_by_what_another_is_at(self, time, clock_of):
        at_it, go_on = threading.Event(), threading.Event()

        def run(*, at, on):
            at_it.set()
            assert go_on.wait(30)
            return {}

        slow = Clock([Job(name="work", schedule=AT_THREE, run=run)], now=time)
        thread = threading.Thread(target=_run_once, args=(slow,))
        thread.start()
        assert at_it.wait(30)
        other, free = Work(), Work("free")
        assert [ran.name for ran in clock_of(other, free).run_due()] == ["free"]
        assert row(other).started_at == time.at
        go_on.set()
        thread.join()
        assert other.runs == []
        assert row(other).outcome is JobOutcome.SUCCEEDED

    def test_take_over_from_one_that_died(self, time, clock_of, committed_db):
        work = Work(schedule=Every(pause=HOUR))
        clock = clock_of(work)
        clock.run_due()
        time.at += HOUR
        with psycopg.connect(committed_db) as dead:
            dead.execute("SELECT FROM store_jobrun WHERE name = 'work' FOR UPDATE")
            assert clock.run_due() == ()
        assert len(clock.run_due()) == 1


class TestAClockThatRuns:
    def test_survives_a_database_that_cuts_it_off(self, time, committed_db):
        work = Work(schedule=Every(pause=datetime.timedelta()))
        clock = Clock([work.job], now=time, look_seconds=0.01)
        stop = threading.Event()
        thread = threading.Thread(target=clock.run, args=(stop,))
        thread.start()
        with psycopg.connect(committed_db, autocommit=True) as admin:
            admin.execute("SET ROLE NONE")
            for _ in range(5):
                _until_more(work, 3)
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        _until_more(work, 3)
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def _run_once(clock):
    clock.run_due()
    clock.close()


def _until_more(work, runs):
    wanted, patience = len(work.runs) + runs, threading.Event()
    for _ in range(3000):
        if len(work.runs) >= wanted:
            return
        patience.wait(0.01)
    raise AssertionError


class TestTheRegistry:
    def test_names_every_job_once(self):
        names = [job.name for job in registry.JOBS]
        assert len(names) == len(set(names))

    def test_holds_jobs_that_do_nothing_a_second_time(self, time, clock_of, settings, tmp_path):
        from dataclasses import replace

        settings.TRUST = replace(settings.TRUST, folder=tmp_path)
        stage = scene.set_up()
        stage.draw("several")
        stage.active("single", end="1/2027")
        time.at += datetime.timedelta(days=400)
        clock = clock_of()
        clock._jobs = {job.name: job for job in registry.JOBS}
        first = {ran.name: ran for ran in clock.run_due()}
        assert {ran.problem for ran in first.values()} == {""}
        assert first["expire"].counts == first["close-ended"].counts == {"mandates": 1}
        time.at += datetime.timedelta(days=1)
        for ran in clock.run_due():
            assert set(ran.counts.values()) <= {0}, ran.name
