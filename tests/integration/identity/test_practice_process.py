"""The practice login as a process of its own, as the demonstration starts it."""

import json
import os
import signal
import subprocess
import sys

import pytest
import requests

from mahis.gateways import identity_keys
from mahis.gateways.identity import RelyingParty
from tests.integration.identity.conftest import now
from tests.integration.identity.roads import CALLBACK, LOTTE, PUBLIC_URL, PracticeRoad

PERSON = {
    "insz": LOTTE,
    "given_name": "Lotte",
    "family_name": "De Wilg",
    "language": "nl",
    "descriptions": {"en": "Director of a bakery"},
    "levels": [500],
}


@pytest.fixture
def command(tmp_path, key_file):
    people = tmp_path / "people.json"
    people.write_text(json.dumps({"people": [PERSON]}))
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(identity_keys.public_keys(key_file)))
    return [
        sys.executable, "-m", "mahis.config.cli", "standin", "openid",
        "--people", str(people), "--service", PUBLIC_URL,
        "--client-jwks", str(keys), "--redirect", PUBLIC_URL + CALLBACK,
    ]  # fmt: skip


def surroundings(environment):
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "MAHIS_ENV": environment}


def start(command, environment="demo"):
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(environment),
        text=True,
    )


def test_it_serves_a_login_and_ends_when_told(command, key_file):
    with start(command) as process:
        issuer = process.stdout.readline().strip()
        road = PracticeRoad(issuer=issuer, key_file=key_file)
        party = RelyingParty(road.settings())
        address, attempt = party.begin(callback=CALLBACK, language="fr", at=now())
        identified = party.finish(attempt=attempt, answer=road.log_in(address), at=now())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        logged = process.stderr.read()
    assert identified.person.name == "Lotte De Wilg"
    assert LOTTE not in logged


def test_it_ends_with_the_process_that_started_it(command):
    starter = (
        "import subprocess, sys, os\n"
        "child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)\n"
        "print(child.stdout.readline().strip(), flush=True)\n"
        "os._exit(0)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", starter, *command],
        env=surroundings("demo"),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    issuer = found.stdout.strip()
    assert issuer.startswith("http://")
    # The run above waited for the pipe of faults, which closes with the last process that has it.
    with pytest.raises(requests.ConnectionError):
        requests.get(issuer, timeout=5)


def test_it_does_not_start_in_production(command):
    with start(command, "production") as process:
        output, fault = process.communicate(timeout=30)
    assert process.returncode != 0
    assert output == ""
    assert "MAHIS_ENV" in fault
