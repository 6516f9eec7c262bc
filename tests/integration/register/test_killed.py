"""An import that is killed leaves the register as it was, and the next one completes it."""

import contextlib
import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from mahis.store import models
from mahis.usecases.import_register import AnotherImportRuns, import_register
from tests.factories.register_files import THREE, enterprise, full, meta, name, write
from tests.integration.register import contents
from tests.integration.register.conftest import AT, ON

_SCRIPT = """
import datetime, sys, time
from pathlib import Path
import django
django.setup()
from mahis.usecases import import_register as package
from mahis.usecases.import_register import bookkeeping, import_register

where, path = sys.argv[1], Path(sys.argv[2])

def wait_to_be_killed(*_, **__):
    print("here", flush=True)
    time.sleep(120)

class Watcher:
    def reading(self, *, size): pass
    def read(self, size):
        if where == "reading": wait_to_be_killed()
    def step(self, name):
        if where == name: wait_to_be_killed()

if where == "committing":
    bookkeeping.done = wait_to_be_killed
if where == "told":
    package.identify_employer.identify = wait_to_be_killed
at = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
import_register(path=path, at=at, on=at.date(), watcher=Watcher())
"""


@contextlib.contextmanager
def stopped(where, path, url):
    """Run an import in a process of its own up to a point, and kill it there afterwards."""
    surroundings = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    surroundings["DJANGO_SETTINGS_MODULE"] = "mahis.config.settings"
    with subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, where, str(path)],
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == "here\n"
            yield
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def bigger():
    lines = [*full()["enterprise"][:1], enterprise(THREE)]
    return full(
        meta=meta(day="01-08-2026", number=2),
        enterprise=lines,
        denomination=[name(THREE, "Drie")],
    )


@pytest.mark.parametrize("where", ["reading", "writing the register", "committing"])
def test_a_killed_import_leaves_no_trace_and_the_next_completes(committed_db, tmp_path, where):
    first, second = write(tmp_path / "first", full()), write(tmp_path / "second", bigger())
    import_register(path=first, at=AT, on=ON)
    before = contents.everything()
    with stopped(where, second, committed_db):
        assert contents.everything() == before
    assert contents.everything() == before
    assert models.RegisterImport.objects.latest("pk").outcome == "running"
    outcome = _again(second)
    assert (outcome.new, outcome.ceased) == (1, 1)
    outcomes = list(models.RegisterImport.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["done", "refused", "done"]
    assert "interrupted" in models.RegisterImport.objects.order_by("pk")[1].report["reason"]
    assert contents.names(THREE) == ["Drie"]


def test_what_was_killed_after_its_commit_is_made_up_for(committed_db, tmp_path):
    folder = write(tmp_path / "first", full())
    with stopped("told", folder, committed_db):
        pass
    assert models.RegisterImport.objects.get().outcome == "done"
    assert _again(folder).already


def test_two_imports_never_run_at_once(committed_db, tmp_path):
    first, second = write(tmp_path / "first", full()), write(tmp_path / "second", bigger())
    with (
        stopped("writing the register", first, committed_db),
        pytest.raises(AnotherImportRuns),
    ):
        import_register(path=second, at=AT, on=ON)
    assert not models.Enterprise.objects.exists()


def _again(path):
    """Import as soon as the server has noticed that the killed process is gone."""
    for _ in range(200):
        with contextlib.suppress(AnotherImportRuns):
            return import_register(path=path, at=AT, on=ON)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.1)")
    raise AssertionError
