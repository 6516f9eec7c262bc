"""`mahis work` as operators start it: what it says, how it ends, and what it refuses."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from mahis.store import models
from tests.integration.jobs.office import has_account, until


@pytest.fixture
def surroundings(office, tmp_path):
    """What a worker is told by its environment."""
    pins = tmp_path / "pins"
    pins.mkdir()
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {
        **kept,
        "MAHIS_ENV": "demo",
        "DATABASE_URL": office.database,
        "MAHIS_DATA_DIR": str(tmp_path / "data"),
        "MAHIS_DOCUMENTS_DIR": str(tmp_path / "documents"),
        "MAHIS_TRUST": str(pins),
    }


@pytest.fixture
def with_ebox(office, surroundings):
    """The same, with a practice e-Box."""
    with office.open():
        yield surroundings | {
            "MAHIS_EBOX_URL": office.address,
            "MAHIS_EBOX_TOKEN_URL": office.token_url,
            "MAHIS_EBOX_CLIENT_ID": "mahis",
            "MAHIS_EBOX_KEYS_DIR": str(office.keys),
            "MAHIS_EBOX_SENDER": "0206731645",
            "MAHIS_EBOX_APPLICATION": "mahis",
            "MAHIS_EBOX_MESSAGE_TYPE": "MahisNotice",
        }


def work(surroundings, *options):
    return subprocess.run(
        [sys.executable, "-m", "mahis.config.cli", "work", *options],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@contextlib.contextmanager
def working(surroundings, *options):
    """Run a worker, which ends at the latest with the block; gives the process."""
    with subprocess.Popen(
        [sys.executable, "-m", "mahis.config.cli", "work", *options],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            assert "Ctrl-C" in process.stdout.readline()
            yield process
        finally:
            process.kill()


def test_once_does_what_is_due_says_so_in_one_line_and_ends(office, with_ebox):
    has_account(office.stage.client)
    office.stage.draw("several")
    done = work(with_ebox, "--once")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert "2 notices delivered" in line
    assert "jobs done" in line
    assert "jobs failed" not in line
    assert office.states() == {"delivered": 2}
    assert models.JobRun.objects.count() > 5
    again = work(with_ebox, "--once", "--no-clock")
    assert (again.returncode, again.stdout) == (0, "")


def test_once_ends_where_the_ebox_is_away(office, with_ebox):
    office.stage.draw("several")
    away = with_ebox | {"MAHIS_EBOX_URL": "http://127.0.0.1:9", "MAHIS_EBOX_TIMEOUT_SECONDS": "1"}
    done = work(away, "--once", "--no-clock")
    assert done.returncode == 0, done.stderr
    assert "2 to be tried again" in done.stdout
    assert office.states() == {"waiting": 2}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(office, with_ebox, number):
    has_account(office.stage.client)
    with working(with_ebox, "--no-clock", "--poll-seconds", "0.05") as process:
        office.stage.draw("several")
        until(lambda: office.states() == {"delivered": 2})
        process.send_signal(number)
        said, complaints = process.communicate(timeout=60)
    assert process.returncode == 0, complaints
    assert "2 notices delivered" in said
    assert "Traceback" not in complaints


def test_it_ends_with_whoever_started_it(office, with_ebox):
    """The one between us and the worker dies without a word."""
    script = (
        "import subprocess, sys, time\n"
        "command = [sys.executable, '-m', 'mahis.config.cli', 'work', '--with-parent']\n"
        "worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)\n"
        "worker.stdout.readline()\n"
        "print(worker.pid, flush=True)\n"
        "time.sleep(120)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], env=with_ebox, stdout=subprocess.PIPE, text=True
    ) as between:
        assert between.stdout
        worker = int(between.stdout.readline())
        between.kill()
    until(lambda: not _lives(worker))


def _lives(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return stat.rpartition(") ")[2][0] != "Z"


def test_it_refuses_tables_of_another_version(office, surroundings):
    with psycopg.connect(office.database, autocommit=True) as owner:
        owner.execute("SET ROLE NONE")
        last = "SELECT max(id) FROM django_migrations WHERE app = 'store'"
        owner.execute(f"DELETE FROM django_migrations WHERE id = ({last})")
    done = work(surroundings, "--once")
    assert done.returncode == 1
    assert "mahis db migrate" in done.stderr


def test_it_names_what_is_wrong_with_a_lease_that_is_too_short(with_ebox):
    done = work(with_ebox | {"MAHIS_DELIVERY_LEASE_SECONDS": "20"}, "--once")
    assert done.returncode == 1
    assert "MAHIS_DELIVERY_LEASE_SECONDS" in done.stderr
