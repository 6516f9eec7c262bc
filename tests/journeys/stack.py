"""The whole service in processes of its own, as a browser meets it: register, login, screens."""

import contextlib
import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey

from mahis.config import practice
from mahis.standins.register import Size, generate
from mahis.standins.trust.folder import PracticeFolder, prepare
from mahis.web import clock

_PATIENCE = 60


@dataclasses.dataclass(frozen=True)
class Service:
    """A running service with its practice login and card."""

    url: str
    people: tuple[dict[str, Any], ...]
    database_url: str
    #: Where somebody signs with a practice card.
    card_url: str
    #: Who issued the practice cards.
    trust: PracticeFolder
    #: What every process of it is told by the environment.
    surroundings: Mapping[str, str] = dataclasses.field(repr=False)

    def person(self, name: str) -> dict[str, Any]:
        """Give one of the invented persons, by family name or by both names."""
        (found,) = [
            each
            for each in self.people
            if name in {each["family_name"], f"{each['given_name']} {each['family_name']}"}
        ]
        return found


@contextlib.contextmanager
def running(
    *, database_url: str, home: Path, mandates: bool, told: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """Fill a database with the small register, and serve it until the context ends.

    `mandates`: with mandates in every state, as the demonstration has them. Without them no
    mandate stands in the way of those that journeys draw up. `told`: more settings.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    people, key, public_key = home / "people.json", home / "client.jwk", home / "clients.json"
    _write_keys(key, public_key)
    surroundings = {
        **os.environ,
        "MAHIS_ENV": "demo",
        "MAHIS_DATA_DIR": str(home / "data"),
        "MAHIS_PUBLIC_URL": url,
        "MAHIS_OIDC_CLIENT_KEY_FILE": str(key),
        "DATABASE_URL": database_url,
        **(told or {}),
    }
    trust = prepare(home / "trust")
    surroundings |= practice.settings(trust)
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    _fill(surroundings, home=home, people=people, mandates=mandates)
    login = ["standin", "openid", "--people", str(people), "--service", url]
    login += ["--client-jwks", str(public_key), "--redirect", f"{url}/login/callback/"]
    with process(login, surroundings, stdout=subprocess.PIPE) as provider:
        assert provider.stdout
        surroundings["MAHIS_OIDC_ISSUER"] = provider.stdout.readline().strip()
        card = practice.card(trust, people=people)
        with (
            process(["standin", *card], surroundings, stdout=subprocess.PIPE) as cards,
            process(["serve", "--port", str(port), "--threads", "4"], surroundings),
        ):
            assert cards.stdout
            card_url = cards.stdout.readline().strip()
            _wait_for(url)
            persons = tuple(json.loads(people.read_text(encoding="utf-8"))["people"])
            yield Service(
                url=url,
                people=persons,
                database_url=database_url,
                card_url=card_url,
                trust=trust,
                surroundings=surroundings,
            )


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def process(
    words: list[str], surroundings: dict[str, str], **how: Any
) -> Iterator[subprocess.Popen[str]]:
    """Run a command of ours until the context ends."""
    command = [sys.executable, "-m", "mahis.config.cli", *words]
    how.setdefault("stdout", subprocess.DEVNULL)
    with subprocess.Popen(command, env=surroundings, text=True, **how) as running_process:
        try:
            yield running_process
        finally:
            running_process.terminate()
            try:
                running_process.wait(20)
            except subprocess.TimeoutExpired:
                running_process.kill()


def _fill(surroundings: dict[str, str], *, home: Path, people: Path, mandates: bool) -> None:
    if mandates:
        _mahis(surroundings, "register", "demo", "--size", "small", "--people", str(people))
        return
    made = generate(
        folder=home / "register", people=people, size=Size.SMALL, seed=1, on=clock.today()
    )
    for bundle in made.bundles:
        _mahis(surroundings, "register", "import", str(bundle))


def _mahis(surroundings: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "mahis.config.cli", *words],
        env=surroundings,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=120,
    )


def _write_keys(private: Path, public: Path) -> None:
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    private.touch(mode=0o600)
    private.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    public.write_text(json.dumps({"keys": [key.as_dict(private=False)]}), encoding="utf-8")


def _wait_for(url: str) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
