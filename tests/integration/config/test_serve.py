"""`mahis serve` in production, with the deployment's example settings, as browsers meet it."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from joserfc.jwk import ECKey

_EXAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "environment.example"
_HOST = "mandates.example.org"


@pytest.fixture
def surroundings(new_database, tmp_path) -> dict[str, str]:
    """The example environment of `deploy/`, with what an operator fills in."""
    key = tmp_path / "client-key.pem"
    key.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    said = dict(re.findall(r"^([A-Z_]+)=(.*)$", _EXAMPLE.read_text(), re.MULTILINE))
    inherited = {"PATH", "HOME", "LANG"} & os.environ.keys()
    return {
        **{name: os.environ[name] for name in inherited},
        **said,
        "MAHIS_SECRET_KEY": "for this test only " * 4,
        "MAHIS_DATA_DIR": str(tmp_path / "data"),
        "MAHIS_OIDC_CLIENT_KEY_FILE": str(key),
        "DATABASE_URL": new_database(),
        "DATABASE_OWNER_URL": "",
    }


def _mahis(surroundings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mahis.config.cli", *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


@contextlib.contextmanager
def _serving(
    surroundings: dict[str, str], *, end: signal.Signals = signal.SIGTERM
) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "mahis.config.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL) as process:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
        process.send_signal(end)
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _ask(url: str, **headers: str) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(url, headers={"Host": _HOST, **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, {k.lower(): v for k, v in answer.headers.items()}


def test_browsers_get_every_protection(surroundings):
    with _serving(surroundings) as address:
        _, headers = _ask(f"{address}/login/", **{"X-Forwarded-Proto": "https"})
        assert headers["strict-transport-security"].startswith("max-age=63072000")
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert _ask(f"{address}/", Host="elsewhere.example.org")[0] == 400


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAHIS_PUBLIC_URL", "http://mandates.example.org", "MAHIS_PUBLIC_URL"),
        ("MAHIS_SECRET_KEY", "short", "MAHIS_SECRET_KEY"),
        ("MAHIS_ENV", "prod", "MAHIS_ENV"),
        ("MAHIS_OIDC_ISSUER", "http://127.0.0.1:9", "issuer"),
        ("MAHIS_OIDC_ISSUER", "", "MAHIS_OIDC_ISSUER"),
        ("DATABASE_URL", "mysql://root:hidden@here/db", "DATABASE_URL"),
    ],
)
def test_unsafe_settings_are_refused_in_one_line(surroundings, name, value, said):
    done = _mahis({**surroundings, name: value}, "serve", "--port", str(_free_port()))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden" not in done.stderr


def test_workers_keep_their_connections(surroundings):
    with _serving(surroundings) as address:
        for _ in range(20):
            _ask(f"{address}/health/", **{"X-Forwarded-Proto": "https"})
        with psycopg.connect(surroundings["DATABASE_URL"]) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
    assert row
    assert 1 <= row[0] <= 4, "one for each thread at most, and still open"


def test_a_killed_server_leaves_no_worker_at_its_port(surroundings):
    with _serving(surroundings, end=signal.SIGKILL) as address:
        port = int(address.rpartition(":")[2])
    deadline = time.monotonic() + 10
    while _is_taken(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_taken(port)


def test_a_busy_port_is_told(surroundings):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = _mahis(surroundings, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_practice_login_does_not_run_in_production(surroundings, tmp_path):
    people, keys = tmp_path / "people.json", tmp_path / "keys.json"
    people.write_text('{"people": []}')
    keys.write_text('{"keys": []}')
    words = ["standin", "openid", "--people", str(people), "--client-jwks", str(keys)]
    words += ["--service", "https://mandates.example.org", "--redirect", "https://x.example.org/"]
    done = _mahis(surroundings, *words)
    assert done.returncode == 1
    assert "MAHIS_ENV" in done.stderr


def test_the_demonstration_does_not_run_in_production(surroundings):
    done = _mahis(surroundings, "demo", "--port", str(_free_port()))
    assert done.returncode == 1
    assert "MAHIS_ENV" in done.stderr
