"""The stand-ins of the demonstration: each a process of its own that ends with it."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from mahis.gateways.ebox import keys as ebox_keys
from mahis.standins.trust.folder import PracticeFolder

_SECONDS_TO_END = 10
_SECONDS_FOR_THE_WORKER = 40
#: Under whose number the demonstration sends messages; nobody of its register has it.
_SENDER = "0206731645"
_EBOX_KEY = "demonstration"


@contextlib.contextmanager
def running(words: list[str], *, name: str) -> Iterator[str]:
    """Run a stand-in while the block lasts; gives the first line that it says.

    Raises ClickException where it does not start.
    """
    command = [sys.executable, "-m", "mahis.config.cli", "standin", *words]
    # Stand-ins are no part of the house and do without its settings.
    surroundings = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=surroundings, text=True
    ) as process:
        try:
            assert process.stdout
            said = process.stdout.readline().strip()
            if not said:
                raise click.ClickException(f"The {name} did not start; its reason stands above.")
            yield said
        finally:
            _end(process, seconds=_SECONDS_TO_END)


@contextlib.contextmanager
def working() -> Iterator[None]:
    """Run a worker while the block lasts; it has our settings, and shares our database."""
    command = [sys.executable, "-m", "mahis.config.cli", "work", "--with-parent"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            _end(process, seconds=_SECONDS_FOR_THE_WORKER)


def login(*, port: int, public_url: str, people: Path, keys: Path, redirect: str) -> list[str]:
    """Give the words that start the practice login."""
    words = ["openid", "--port", str(port), "--people", str(people), "--service", public_url]
    return [*words, "--client-jwks", str(keys), "--redirect", redirect]


def card(practice: PracticeFolder, *, people: Path) -> list[str]:
    """Give the words that start the practice card with its timestamps and revocation."""
    words = ["trust", "--folder", str(practice.path), "--port", str(practice.port)]
    return [*words, "--people", str(people)]


def ebox(folder: Path) -> list[str]:
    """Give the words that start the practice e-Box, whose messages stay in a folder."""
    keys, public_keys = _ebox_keys(folder), folder / "public-keys.json"
    if not keys.is_dir():
        ebox_keys.make_key(keys, name=_EBOX_KEY)
    ebox_keys.write_public_keys(keys, public_keys)
    words = ["ebox", "--folder", str(folder / "box"), "--sender", _SENDER]
    return [*words, "--client-jwks", str(public_keys)]


def ebox_settings(folder: Path, *, address: str) -> dict[str, str]:
    """Give what the house must be told to publish to the practice e-Box at an address."""
    return {
        "MAHIS_EBOX_URL": address,
        "MAHIS_EBOX_TOKEN_URL": f"{address}/oauth/token",
        "MAHIS_EBOX_PREFERENCES_URL": address,
        "MAHIS_EBOX_CLIENT_ID": "mahis",
        "MAHIS_EBOX_KEYS_DIR": str(_ebox_keys(folder)),
        "MAHIS_EBOX_SENDER": _SENDER,
        "MAHIS_EBOX_APPLICATION": "mahis",
        "MAHIS_EBOX_MESSAGE_TYPE": "MahisNotice",
    }


def _ebox_keys(folder: Path) -> Path:
    return folder / "keys"


def settings(practice: PracticeFolder) -> dict[str, str]:
    """Give what the house must be told to seal with, and to trust, what lies in a folder."""
    return {
        "MAHIS_TSA_URL": practice.tsa_url,
        "MAHIS_SEAL_KEY_FILE": str(practice.seal_key),
        "MAHIS_SEAL_CERTIFICATE_FILE": str(practice.seal_certificate),
        "MAHIS_TRUST": str(practice.trust),
        # The practice issuers answer on this machine.
        "MAHIS_PRIVATE_RESPONDERS": "yes",
    }


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes], *, seconds: float) -> None:
    """End a process of ours, by force where it does not listen."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
