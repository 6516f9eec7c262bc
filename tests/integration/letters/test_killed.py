"""Whoever is killed while packing or handing over leaves the same batch for the next to finish."""

import contextlib
import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from mahis.domain.letters import BatchState
from mahis.gateways.post.settings import Folder
from mahis.store import models
from tests.factories import printers

_SCRIPT = """
import datetime, sys, time
from pathlib import Path
import django
django.setup()
from mahis.gateways import print_package
from mahis.gateways.files import Files
from mahis.gateways.post import folder, sftp
from mahis.gateways.post.settings import Folder, Sftp
from mahis.usecases import hand_over_letters, pack_letters
from mahis.usecases._transaction import in_one_transaction

where, documents, target = sys.argv[1], Path(sys.argv[2]), sys.argv[3]

def wait_to_be_killed(*_, **__):
    print("here", flush=True)
    time.sleep(120)

def half(then):
    def write(package, *, read, into):
        into.write(b"half of a package")
        into.flush()
        then()
    return write

def first(then, act):
    def both(*arguments, **named):
        result = act(*arguments, **named)
        then()
        return result
    return both

if where == "choosing":
    pack_letters._put_in = first(wait_to_be_killed, pack_letters._put_in)
if where == "chosen":
    pack_letters._pack = wait_to_be_killed
if where == "writing":
    print_package.write = half(wait_to_be_killed)
if where == "written":
    pack_letters._record = wait_to_be_killed
if where == "recording":
    record = pack_letters._record.__wrapped__
    pack_letters._record = in_one_transaction(first(wait_to_be_killed, record))
if where == "sending":
    folder._give_name = wait_to_be_killed
if where == "sent":
    hand_over_letters._record = wait_to_be_killed
if where == "half sent":
    sftp._Line.counted = wait_to_be_killed

at = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC)
files = Files(documents)
pack_letters.pack_letters(files=files, at=at, on=at.date())
if target.startswith("/"):
    to = Folder(path=Path(target))
else:
    port, root = target.split(":")
    to = Sftp(host="127.0.0.1", port=int(port), user="mahis", path="/in",
              key_file=Path(root, "our_key"), known_hosts=Path(root, "known_hosts"))
hand_over_letters.hand_over(target=to, files=files, at=at)
print("done", flush=True)
"""


@contextlib.contextmanager
def stopped(where, tmp_path, url, target):
    """Pack and hand over in a process of its own up to a point, and kill it there afterwards."""
    surroundings = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    surroundings["DJANGO_SETTINGS_MODULE"] = "mahis.config.settings"
    arguments = [sys.executable, "-c", _SCRIPT, where, str(tmp_path / "documents"), str(target)]
    with subprocess.Popen(
        arguments, env=surroundings, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == "here\n"
            yield
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "printer").mkdir()
    return tmp_path / "printer"


def _assert_done_once(room, written, names):
    batch = models.LetterBatch.objects.get()
    assert batch.number == 1
    assert batch.state is BatchState.HANDED
    assert (batch.letters, batch.pages) == (5, 5)
    assert [line["letter"] for line in room.listed(batch)] == [
        str(row.pk) for row in models.Letter.objects.filter(batch=batch).order_by("place")
    ]
    assert {row.pk for row in models.Letter.objects.filter(batch=batch)} == set(written)
    assert names == ["mahis-letters-20261123-000001.zip"]


@pytest.mark.parametrize("where", ["choosing", "chosen", "writing", "written", "recording"])
def test_a_batch_whose_packing_was_killed_is_finished_as_the_same(
    open_room, committed_db, tmp_path, folder, where
):
    written = open_room.written(5)
    with stopped(where, tmp_path, committed_db, folder):
        pass
    begun = list(models.LetterBatch.objects.values_list("number", "letters", "opened_at"))
    assert bool(begun) is (where != "choosing")
    assert [packed.number for packed in open_room.pack()] == [1]
    if begun:
        assert list(models.LetterBatch.objects.values_list("number", "letters", "opened_at")) == (
            begun
        )
    open_room.hand_over(Folder(path=folder))
    _assert_done_once(open_room, written, [path.name for path in folder.iterdir()])


def test_letters_written_after_a_kill_do_not_slip_into_the_begun_batch(
    open_room, committed_db, tmp_path, folder
):
    written = open_room.written(5)
    with stopped("chosen", tmp_path, committed_db, folder):
        pass
    late = open_room.written(1)
    open_room.pack()
    open_room.hand_over(Folder(path=folder))
    _assert_done_once(open_room, written, [path.name for path in folder.iterdir()])
    assert models.Letter.objects.get(batch=None).pk == late[0]


def test_the_same_package_comes_out_whoever_makes_it(open_room, committed_db, tmp_path, folder):
    open_room.written(5)
    with stopped("written", tmp_path, committed_db, folder):
        pass
    before = {path for path in (tmp_path / "documents").rglob("*") if path.is_file()}
    open_room.pack()
    after = {path for path in (tmp_path / "documents").rglob("*") if path.is_file()}
    assert after == before, "the package that was made before lies under the same digest"


@pytest.mark.parametrize("where", ["sending", "sent"])
def test_a_hand_over_that_was_killed_is_done_once(open_room, committed_db, tmp_path, folder, where):
    written = open_room.written(5)
    with stopped(where, tmp_path, committed_db, folder):
        assert models.LetterBatch.objects.get().state is BatchState.PACKED
    assert any(path.suffix == ".zip" for path in folder.iterdir()) is (where == "sent")
    _until_free(open_room, Folder(path=folder))
    _assert_done_once(open_room, written, [path.name for path in folder.iterdir()])


@pytest.mark.parametrize("where", ["half sent", "sent"])
def test_a_hand_over_to_a_server_that_was_killed_is_done_once(
    open_room, committed_db, tmp_path, where
):
    written = open_room.written(5)
    with printers.serving(tmp_path) as printer:
        with stopped(where, tmp_path, committed_db, f"{printer.port}:{tmp_path}"):
            pass
        if where == "half sent":
            assert printer.names[0].endswith(".part")
        _until_free(open_room, printer.target())
        _assert_done_once(open_room, written, printer.names)


def _until_free(room, target):
    """Hand over as soon as the server has noticed that the killed process is gone."""
    for _ in range(200):
        if room.hand_over(target):
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError
