"""The practice e-Box as a process of its own, as demonstrations and fault tests start it."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from mahis.gateways.ebox import AlreadyPublished, Published
from mahis.standins.ebox.server import Running
from tests.integration.ebox.playing import SENDER, Control, message, publish, settings


@pytest.fixture
def command(tmp_path, jwks):
    return [
        sys.executable, "-m", "mahis.config.cli", "standin", "ebox",
        "--folder", str(tmp_path / "box"), "--client-jwks", str(jwks),
        "--sender", SENDER.digits, "--message-type", "MahisNotice",
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


def reached(process, tmp_path) -> Running:
    address = process.stdout.readline().strip()
    return Running(
        address=address,
        token_url=f"{address}/oauth/token",
        control_token=process.stdout.readline().strip(),
        ca_file=tmp_path / "box" / "tls" / "ca.pem",
    )


def test_what_was_accepted_outlives_a_killed_process_and_the_address_stays(command, keys, tmp_path):
    sent = [message() for _ in range(3)]
    with start(command) as process:
        first = reached(process, tmp_path)
        outcomes = publish(settings(first, keys), *sent)
        process.kill()
    assert all(isinstance(each, Published) for each in outcomes)
    with start(command) as process:
        second = reached(process, tmp_path)
        assert second == first
        again = publish(settings(second, keys), *sent, message())
        counts = Control(second).counts()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert again[:3] == [AlreadyPublished()] * 3
    assert isinstance(again[3], Published)
    assert (counts["accepted"], counts["repeats"]) == (4, 3)
    assert list(counts["notices"])[:3] == [str(each.idempotency_key) for each in sent]


def test_it_ends_with_the_process_that_started_it(command):
    starter = (
        "import subprocess, sys, os\n"
        "child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)\n"
        "print(child.stdout.readline().strip(), flush=True)\n"
        "child.stdout.readline()\n"
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
    address = found.stdout.strip()
    assert address.startswith("http://")
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=5)


def test_it_does_not_start_in_production(command, tmp_path):
    with start(command, "production") as process:
        output, fault = process.communicate(timeout=30)
    assert process.returncode != 0
    assert output == ""
    assert "MAHIS_ENV" in fault
    assert not (tmp_path / "box").exists()


def test_its_folder_is_for_its_owner_alone(command, tmp_path):
    with start(command) as process:
        reached(process, tmp_path)
        process.terminate()
        assert process.wait(10) == 0
    assert (tmp_path / "box").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "box" / "control-token").stat().st_mode & 0o777 == 0o600
