"""Everything is killed again and again, and every notice comes exactly once, in order."""

import dataclasses
import random
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor
from tests import databases
from tests.integration.jobs import processes
from tests.integration.jobs.office import has_account
from tests.integration.usecases import scene

_PARTIES = 3
_BURST = 15
_WORKERS = 2
_SECONDS_TO_SETTLE = 90
_FAILURES = ["error-after", "drop-after", "conflict", "error-before", "drop", "hang"]
_VARIABLES = {
    "MAHIS_EBOX_TIMEOUT_SECONDS": "1",
    "MAHIS_DELIVERY_LEASE_SECONDS": "10",
    "MAHIS_DELIVERY_WAIT_SECONDS": "1",
    "MAHIS_DELIVERY_LONGEST_SECONDS": "2",
    # The e-Box fails on purpose more often than any that is worth its name.
    "MAHIS_DELIVERY_TRIES": "100",
}


@dataclasses.dataclass
class Site:
    """A whole installation in processes of its own."""

    database: processes.Database
    ebox: processes.Ebox
    home: Path
    workers: list[processes.Process] = dataclasses.field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where all of them complain."""
        return self.home / "log"

    def start_worker(self) -> processes.Process:
        """Start a worker."""
        return processes.worker(
            self.database, self.ebox, home=self.home / "data", log=self.log, **_VARIABLES
        )

    def ask(self, question: str) -> tuple[object, ...]:
        """Ask the database something with one answer."""
        with psycopg.connect(self.database.url) as direct:
            row = direct.execute(question).fetchone()
        assert row is not None
        return tuple(row)


@pytest.fixture
def site(ebox_key, django_db_blocker):
    # Not in pytest's own folder: where we are root, the server's account cannot enter that.
    with tempfile.TemporaryDirectory(prefix="mahis-fault-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)
        database = processes.Database(home / "data")
        with django_db_blocker.unblock():
            database.prepare(home / "data")
            ebox = processes.Ebox(home / "box", ebox_key, home / "log")
            ebox.start()
            database.start()
            made = Site(database=database, ebox=ebox, home=home)
            try:
                with databases.pointed_at(database.url):
                    yield made
            finally:
                for worker in made.workers:
                    worker.kill()
                ebox.kill()
                database.stop()


class Writer(threading.Thread):
    """Draws up authorisations, whatever happens to the database; each tells both parties."""

    def __init__(self, *, acts: int, seconds: float) -> None:
        super().__init__(name="writer")
        self._acts, self._pause = acts, seconds / acts * _BURST / 2
        self._stage = scene.set_up()
        self._clients = [self._client(seed) for seed in range(_PARTIES)]
        self._providers = [scene.another_provider(300 + seed)[0] for seed in range(_PARTIES)]
        self.failures = 0

    def run(self) -> None:
        """Draw up as many as were asked for, and more where it is not known whether one was."""
        place = 0
        while place < self._acts:
            _, director = self._clients[place % _PARTIES]
            provider = self._providers[place // _PARTIES % _PARTIES]
            try:
                self._stage.draw("several", actor=director, other=provider)
                place += 1
                if place % _BURST == 0:
                    time.sleep(self._pause)
            except (OperationalError, InterfaceError):
                self.failures += 1
                connection.close()
                time.sleep(0.1)
        connection.close()

    def _client(self, seed: int) -> tuple[EnterpriseNumber, Actor]:
        client = scene.an_enterprise(200 + seed, name=f"Client {seed}")
        has_account(client)
        quality = self._stage.director.capacity.quality
        return client, scene.somebody(200 + seed, enterprise=client, quality=quality)


class Chaos:
    """Kills one thing after the other, and starts it again a moment later."""

    def __init__(self, site: Site, dice: random.Random) -> None:
        self._site, self._dice = site, dice
        self.done: dict[str, int] = {}

    def go_on(self, until: float) -> None:
        """Do so for some time; everything runs in the end."""
        deeds = [
            self.kill_a_worker,
            self.stop_a_worker,
            self.kill_the_database,
            self.restart_the_database,
            self.kill_the_ebox,
            self.cut_the_database_off,
            self.let_the_ebox_fail,
        ]
        # Each of them once, in any order; then whatever comes.
        first = self._dice.sample(deeds, len(deeds))
        while first or time.monotonic() < until:
            deed = first.pop() if first else self._dice.choice(deeds)
            self.done[deed.__name__] = self.done.get(deed.__name__, 0) + 1
            deed()
            self._rest()

    def _rest(self) -> None:
        time.sleep(self._dice.uniform(0, 0.8))

    def _a_worker(self) -> processes.Process:
        worker = self._dice.choice(self._site.workers)
        assert worker.popen.poll() is None, "it ended by itself"
        self._site.workers.remove(worker)
        return worker

    def kill_a_worker(self) -> None:
        """Kill one, and let another take its place."""
        self._a_worker().kill()
        self._site.workers.append(self._site.start_worker())

    def stop_a_worker(self) -> None:
        """End one in order, as for an update."""
        assert self._a_worker().stop() == 0
        self._site.workers.append(self._site.start_worker())

    def kill_the_database(self) -> None:
        """Kill the server as a power cut would."""
        self._site.database.kill()
        self._rest()
        self._site.database.start()

    def restart_the_database(self) -> None:
        """End the server in order, as for an update."""
        self._site.database.stop()
        self._rest()
        self._site.database.start()

    def cut_the_database_off(self) -> None:
        """Cut every connection."""
        with psycopg.connect(self._site.database.admin_url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'mahis_app'"
            )

    def kill_the_ebox(self) -> None:
        """Kill the e-Box in the middle of whatever it does."""
        self._site.ebox.kill()
        self._rest()
        self._site.ebox.start()

    def let_the_ebox_fail(self) -> None:
        """Let it fail in the ways that are hardest to tell from success."""
        for kind in self._dice.sample(_FAILURES, 2):
            self._site.ebox.control().fail(kind, count=self._dice.randint(1, 6))


@pytest.mark.parametrize(
    ("acts", "seconds"),
    [
        (150, 20),
        pytest.param(1_000, 120, marks=[pytest.mark.slow, pytest.mark.timeout(600)]),
    ],
)
def test_every_notice_comes_once_and_in_order(site, acts, seconds):
    writer = Writer(acts=acts, seconds=seconds)
    chaos = Chaos(site, random.Random(f"faults {seconds}"))
    site.workers += [site.start_worker() for _ in range(_WORKERS)]
    began = time.monotonic()
    writer.start()
    chaos.go_on(began + seconds)
    writer.join()
    _settle(site)

    assert len(chaos.done) == 7, "each kind of fault happened"
    counts = site.ebox.control().counts()
    with psycopg.connect(site.database.url) as direct:
        rows = direct.execute(
            "SELECT recipient_id, notice_id::text FROM store_delivery ORDER BY number"
        ).fetchall()
    assert len(rows) >= 2 * acts
    assert set(counts["notices"]) == {notice for _, notice in rows}
    assert counts["accepted"] == len(rows)
    expected: dict[str, list[str]] = {}
    for recipient, notice in rows:
        expected.setdefault(EnterpriseNumber.from_int(recipient).digits, []).append(notice)
    assert counts["recipients"] == expected
    assert "CRITICAL" not in site.log.read_text()


def _settle(site: Site) -> None:
    """Wait until everything is delivered; nothing is killed any more."""
    until = time.monotonic() + _SECONDS_TO_SETTLE
    question = (
        "SELECT count(*) FROM store_notice LEFT JOIN store_delivery ON notice_id = id"
        " WHERE state IS DISTINCT FROM 'delivered'"
    )
    while site.ask(question) != (0,):
        states = "SELECT state, problem, count(*) FROM store_delivery GROUP BY 1, 2 ORDER BY 1 DESC"
        assert time.monotonic() < until, site.ask(states)
        time.sleep(0.2)
