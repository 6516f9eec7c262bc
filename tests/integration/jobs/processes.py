"""A database, a practice e-Box and workers as processes of their own, to be killed and started."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from mahis.config import embedded_postgres, schema
from mahis.config.embedded_postgres.cluster import Cluster
from mahis.gateways.ebox import EboxSettings
from mahis.gateways.ebox import keys as ebox_keys
from mahis.standins.ebox.server import Running
from tests import databases
from tests.integration.ebox import playing
from tests.integration.ebox.playing import Control

_PATIENCE = 30


class Database:
    """A server of our own, which keeps what was committed however it ends."""

    def __init__(self, home: Path) -> None:
        self._cluster = Cluster(home=home)
        addresses = embedded_postgres.addresses(home)
        self.admin_url, self.owner_url = addresses.admin_url, addresses.owner_url
        self.url = addresses.application_url

    def prepare(self, home: Path) -> None:
        """Make the tables."""
        with embedded_postgres.running(home), databases.pointed_at(self.owner_url):
            schema.migrate(alias="default", application_role="mahis_app", verbosity=0)

    def start(self) -> None:
        """Start, or start again."""
        self._cluster.ensure_running()

    def stop(self) -> None:
        """End in order, as for an update."""
        self._cluster.stop()

    def kill(self) -> None:
        """End as by a power cut."""
        lines = (self._cluster.data / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), signal.SIGKILL)


class Process:
    """One command of ours."""

    def __init__(self, words: list[str], surroundings: dict[str, str], log: Path) -> None:
        self._log = log
        with log.open("a", encoding="utf-8") as errors:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "mahis.config.cli", *words],
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def line(self) -> str:
        """Read what it says next; it has to say something."""
        assert self.popen.stdout
        said = self.popen.stdout.readline().strip()
        if not said:
            self.kill()
        assert said, f"it ended instead: {self._log.read_text()}"
        return said

    def stop(self) -> int:
        """End it in order; gives its exit code."""
        self.popen.send_signal(signal.SIGTERM)
        self.popen.communicate(timeout=_PATIENCE)
        return self.popen.returncode

    def kill(self) -> None:
        """End it as by a power cut."""
        self.popen.kill()
        self.popen.communicate()


class Ebox:
    """The practice e-Box; what it accepted outlives it, and its address stays."""

    def __init__(self, folder: Path, keys: Path, log: Path) -> None:
        self._folder, self._log = folder, log
        self._jwks = folder.with_suffix(".jwks")
        self._keys = keys
        ebox_keys.write_public_keys(keys, self._jwks)
        self._process: Process | None = None
        self.running: Running | None = None

    def start(self) -> None:
        """Start, or start again."""
        words = ["standin", "ebox", "--folder", str(self._folder)]
        words += ["--client-jwks", str(self._jwks), "--sender", playing.SENDER.digits]
        self._process = Process(words, _surroundings(), self._log)
        address, token = self._process.line(), self._process.line()
        self.running = Running(
            address=address,
            token_url=f"{address}/oauth/token",
            control_token=token,
            ca_file=self._folder / "tls" / "ca.pem",
        )

    def kill(self) -> None:
        """End it as by a power cut."""
        assert self._process
        self._process.kill()

    def settings(self, **changes: object) -> EboxSettings:
        """Give how it is reached."""
        return playing.settings(self.running, self._keys, preferences_url="", **changes)

    def control(self) -> Control:
        """Give its control."""
        return Control(self.running)

    def variables(self) -> dict[str, str]:
        """Give how workers are told of it."""
        assert self.running
        return {
            "MAHIS_EBOX_URL": self.running.address,
            "MAHIS_EBOX_TOKEN_URL": self.running.token_url,
            "MAHIS_EBOX_CLIENT_ID": "mahis",
            "MAHIS_EBOX_KEYS_DIR": str(self._keys),
            "MAHIS_EBOX_SENDER": playing.SENDER.digits,
            "MAHIS_EBOX_APPLICATION": "mahis",
            "MAHIS_EBOX_MESSAGE_TYPE": "MahisNotice",
        }


def worker(database: Database, ebox: Ebox, *, home: Path, log: Path, **variables: str) -> Process:
    """Start a worker that looks for notices often."""
    surroundings = _surroundings() | {
        "DATABASE_URL": database.url,
        "MAHIS_DATA_DIR": str(home),
        **ebox.variables(),
        **variables,
    }
    process = Process(["work", "--no-clock", "--poll-seconds", "0.05"], surroundings, log)
    process.line()
    return process


@contextlib.contextmanager
def killed_at_the_end(*processes: Process) -> Iterator[None]:
    """Leave no process behind."""
    try:
        yield
    finally:
        for process in processes:
            process.kill()


def _surroundings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "MAHIS_ENV": "demo"}
