"""The stand-ins of the demonstration: each a process of its own that ends with it."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from mahis.standins.trust.folder import PracticeFolder

_SECONDS_TO_END = 10


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
            _end(process)


def login(*, port: int, public_url: str, people: Path, keys: Path, redirect: str) -> list[str]:
    """Give the words that start the practice login."""
    words = ["openid", "--port", str(port), "--people", str(people), "--service", public_url]
    return [*words, "--client-jwks", str(keys), "--redirect", redirect]


def card(practice: PracticeFolder, *, people: Path) -> list[str]:
    """Give the words that start the practice card with its timestamps and revocation."""
    words = ["trust", "--folder", str(practice.path), "--port", str(practice.port)]
    return [*words, "--people", str(people)]


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


def _end(process: subprocess.Popen[str]) -> None:
    """End a process of ours, by force where it does not listen."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
