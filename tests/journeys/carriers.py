"""Who brings notices: worker, practice e-Box, and a printer that finds letters in a folder."""

import contextlib
import dataclasses
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from mahis.gateways.ebox import keys as ebox_keys
from tests.journeys import stack
from tests.journeys.stack import Service

#: Under whose number messages go out; nobody of the invented register.
_SENDER = "0206731645"
_PATIENCE = 120


@dataclasses.dataclass(frozen=True)
class Carried:
    """A running service whose notices arrive."""

    service: Service
    #: The address of the practice e-Box, with a page for each enterprise.
    ebox_url: str
    #: The folder from which the printer takes packages.
    printer: Path
    _control_token: str = dataclasses.field(repr=False)
    _surroundings: Mapping[str, str] = dataclasses.field(repr=False)

    def deliver(self) -> None:
        """Let a worker bring whatever is due, as it does all day."""
        self._work("--no-clock")

    def strike(self) -> None:
        """Let the clock run every job that is due, too; on the first time that is all of them."""
        self._work()

    def nobody_ever_opened(self, enterprise: str) -> None:
        """Let the e-Box say of an enterprise that nobody ever looked into its box."""
        request = urllib.request.Request(
            f"{self.ebox_url}/control/enterprises/{enterprise}",
            data=json.dumps({"state": "never"}).encode(),
            method="PUT",
            headers={"Authorization": f"Bearer {self._control_token}"},
        )
        with urllib.request.urlopen(request, timeout=10):
            pass

    def _work(self, *options: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "mahis.config.cli", "work", "--once", *options],
            env=dict(self._surroundings),
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=_PATIENCE,
        )


@contextlib.contextmanager
def carrying(service: Service, *, home: Path, printer: Path) -> Iterator[Carried]:
    """Serve a practice e-Box beside a service until the context ends."""
    keys, public_keys = home / "ebox-keys", home / "ebox-keys.json"
    ebox_keys.make_key(keys, name="2026-01-01")
    ebox_keys.write_public_keys(keys, public_keys)
    words = ["standin", "ebox", "--folder", str(home / "ebox"), "--sender", _SENDER]
    words += ["--client-jwks", str(public_keys)]
    surroundings = dict(service.surroundings)
    with stack.process(words, surroundings, stdout=subprocess.PIPE) as ebox:
        assert ebox.stdout
        url, token = ebox.stdout.readline().strip(), ebox.stdout.readline().strip()
        surroundings |= {
            "MAHIS_EBOX_URL": url,
            "MAHIS_EBOX_TOKEN_URL": f"{url}/oauth/token",
            "MAHIS_EBOX_PREFERENCES_URL": url,
            "MAHIS_EBOX_CLIENT_ID": "mahis",
            "MAHIS_EBOX_KEYS_DIR": str(keys),
            "MAHIS_EBOX_SENDER": _SENDER,
            "MAHIS_EBOX_APPLICATION": "mahis",
            "MAHIS_EBOX_MESSAGE_TYPE": "MahisNotice",
        }
        yield Carried(
            service=service,
            ebox_url=url,
            printer=printer,
            _control_token=token,
            _surroundings=surroundings,
        )
