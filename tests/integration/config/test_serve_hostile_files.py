"""`mahis serve` goes on answering while hostile files are dropped on its public page, and after."""

import concurrent.futures
import dataclasses
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
import requests

from mahis.web import clock
from tests.hostile import FILES, scene, sealing
from tests.hostile.scene import MANDATARY, signed
from tests.pki import pki

#: As many at once as the service has threads, and more.
_SENDERS = 6
_LONGEST_WAIT, _LONGEST_JUDGEMENT = 10, 40
_COSTLY = {
    "bomb as table",
    "bomb in a bomb",
    "fields without number",
    "text without end",
    "updates without number",
}
_FILES = [file for file in FILES if file.name in _COSTLY] + FILES[::30]
_LARGEST_UPLOAD = 10 * 2**20


@dataclasses.dataclass(frozen=True)
class Service:
    """A service in a process of its own."""

    address: str
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> requests.Response:
        """Ask for a page."""
        return requests.get(f"{self.address}{path}", timeout=_LONGEST_WAIT)

    def drop(self, data: bytes) -> requests.Response:
        """Drop a file on the page where anybody can check one."""
        files = {"file": ("form.pdf", data, "application/pdf")}
        return requests.post(f"{self.address}/verify/", files=files, timeout=_LONGEST_JUDGEMENT)


@pytest.fixture(scope="module")
def service(new_database, tmp_path_factory) -> Iterator[Service]:
    """A service that trusts the practice infrastructure, with four threads and two readers."""
    folder = tmp_path_factory.mktemp("service")
    port = _free_port()
    surroundings = {
        **{name: os.environ[name] for name in {"PATH", "HOME", "LANG"} & os.environ.keys()},
        "MAHIS_ENV": "test",
        "MAHIS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MAHIS_DATA_DIR": str(folder / "data"),
        "MAHIS_TRUST": str(pki().write_trust_folder(folder / "trust")),
        "MAHIS_PRIVATE_RESPONDERS": "yes",
        "DATABASE_URL": new_database(),
    }
    command = [sys.executable, "-m", "mahis.config.cli", "serve", "--port", str(port)]
    with (
        pki().serve(),
        subprocess.Popen(
            command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process,
    ):
        _wait_for(port)
        yield Service(f"http://127.0.0.1:{port}", process)
        process.terminate()
        _, said = process.communicate(timeout=20)
        assert b"Traceback" not in said


@pytest.fixture(scope="module")
def good() -> bytes:
    """A form of today, signed by both parties."""
    content = dataclasses.replace(scene().form.content, made_at=clock.now().replace(microsecond=0))
    by_one = signed(sealing.genuine(content), at=clock.now())
    return signed(by_one, field=MANDATARY, by="citizen-rsa", at=clock.now())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the service does not start")


def _dropped_until_read(service: Service, data: bytes) -> requests.Response:
    """Drop a file again and again while the reader is busy with those of others."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        answer = service.drop(data)
        if answer.status_code != 503:
            return answer
        time.sleep(0.3)
    pytest.fail("the reader was never free")


def _is_accepted(answer: requests.Response) -> bool:
    return answer.status_code == 200 and all(
        name in answer.text for name in ("Lieve Maria Wouters", "Bernard Toussaint")
    )


@pytest.mark.timeout(300)
def test_others_are_answered_while_hostile_files_are_read(service, good):
    files = [file.make(scene()) for file in _FILES]
    is_over, waits, statuses = threading.Event(), [], []

    def ask_on() -> None:
        for path in itertools.cycle(("/health/", "/verify/")):
            if is_over.is_set():
                return
            begun = time.monotonic()
            statuses.append(service.get(path).status_code)
            waits.append(time.monotonic() - begun)

    with concurrent.futures.ThreadPoolExecutor(_SENDERS + 1) as pool:
        asking = pool.submit(ask_on)
        answers = list(pool.map(lambda data: _dropped_until_read(service, data), files))
        is_over.set()
        asking.result(timeout=_LONGEST_WAIT)

    assert service.process.poll() is None
    assert {answer.status_code for answer in answers} <= {200, 422}
    assert max(answer.elapsed.total_seconds() for answer in answers) < _LONGEST_JUDGEMENT
    assert set(statuses) == {200}
    assert len(statuses) > 10
    assert max(waits) < _LONGEST_WAIT
    assert _is_accepted(service.drop(good))


def test_a_good_file_is_told_from_a_bad_one(service, good):
    assert _is_accepted(service.drop(good))
    there = good.rindex(b"/Adobe.PPKLite")
    bad = good[:there] + b"/Adobe.PPKLitf" + good[there + 14 :]
    told = service.drop(bad)
    assert told.status_code == 200
    assert told.text != service.drop(good).text


def test_a_file_that_is_too_large_is_refused_as_such(service, good):
    answer = service.drop(good + b"\n" * _LARGEST_UPLOAD)
    assert answer.status_code == 413
    assert "10" in answer.text
    assert _is_accepted(service.drop(good))
