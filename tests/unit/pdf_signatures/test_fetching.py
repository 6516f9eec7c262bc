"""Fetching answers about revocation: bounded, to public addresses only, not twice for nothing."""

import contextlib
import datetime
import http.server
import threading
import time
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from mahis.gateways.pdf_signatures.fetching import Fetcher, FetchSettings

AT = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
#: Seconds that nothing takes here which is not kept waiting on purpose.
PATIENCE = 30


def revocation_list(*, until: datetime.datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "CA")])
    builder = x509.CertificateRevocationListBuilder(
        issuer_name=name, last_update=AT, next_update=until
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


class Server(http.server.ThreadingHTTPServer):
    """Gives what the tests put down, and counts who asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[tuple[str, str, bytes]] = []
        self.answers: dict[str, tuple[int, Any]] = {}


class Answers(http.server.BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_GET(self):
        self._answer(b"")

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes):
        self.server.asked.append((self.command, self.path, body))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        status, content = self.server.answers[self.path]
        self.send_response(status)
        self.end_headers()
        with contextlib.suppress(OSError):
            for part in content:
                self.wfile.write(part)
                self.wfile.flush()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def fetch():
    return fetching(timeout_seconds=PATIENCE)


def fetching(*, timeout_seconds):
    """Give what fetches, waiting for one answer as long as told."""
    fetcher = Fetcher(FetchSettings(private_addresses=True, timeout_seconds=timeout_seconds))

    def fetch(url, what="crl", request=b"", at=AT):
        return fetcher.fetch(what, url, request, at=at, deadline=time.monotonic() + PATIENCE)

    return fetch


def test_gives_what_the_address_answers(server, fetch):
    server.answers = {"/list": (200, [b"some list"]), "/ocsp": (200, [b"some answer"])}
    assert fetch(f"{server.url}/list") == b"some list"
    assert fetch(f"{server.url}/ocsp", "ocsp", b"question") == b"some answer"
    assert server.asked == [("GET", "/list", b""), ("POST", "/ocsp", b"question")]


def test_keeps_a_list_as_long_as_it_is_good_and_an_hour_at_most(server, fetch):
    hour, day = datetime.timedelta(hours=1), datetime.timedelta(days=1)
    soon = AT + hour / 2
    server.answers = {
        "/short": (200, [revocation_list(until=soon)]),
        "/long": (200, [revocation_list(until=AT + day)]),
        "/nonsense": (200, [b"no list"]),
    }
    for at, asked in ((AT, 3), (AT + hour / 4, 4), (soon, 6), (AT + 2 * hour, 9)):
        for path in ("/short", "/long", "/nonsense"):
            assert fetch(f"{server.url}{path}", at=at)
        assert len(server.asked) == asked


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_takes_no_error_for_an_answer(server, fetch, status):
    server.answers = {"/list": (status, [b"sorry"])}
    assert fetch(f"{server.url}/list") is None


def test_follows_a_redirect_or_two_and_no_more(server, fetch):
    server.answers = {"/list": (200, [b"some list"])}
    assert fetch(f"{server.url}/to/{server.url}/list") == b"some list"
    assert fetch(f"{server.url}/to/{server.url}/to/{server.url}/to/{server.url}/list") is None
    assert fetch(f"{server.url}/to/file:///etc/passwd") is None


def test_stops_where_an_answer_is_too_long(server, fetch):
    server.answers = {
        "/long": (200, (b"x" * 2**20 for _ in range(21))),
        "/ocsp": (200, [b"x" * (2**17 + 1)]),
    }
    assert fetch(f"{server.url}/long") is None
    assert fetch(f"{server.url}/ocsp", "ocsp") is None


def test_stops_where_an_answer_is_too_slow(server):
    def slowly():
        for _ in range(10 * PATIENCE):
            time.sleep(0.1)
            yield b"x"

    server.answers = {"/slow": (200, slowly())}
    begun = time.monotonic()
    assert fetching(timeout_seconds=0.5)(f"{server.url}/slow") is None
    assert time.monotonic() - begun < PATIENCE / 2


def test_gives_nothing_where_nobody_listens(fetch):
    assert fetch("http://127.0.0.1:9/list") is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/list",
        "ldap://example.org/cn=x",
        "http://",
        "http://[::1",
        "//example.org/list",
        "http://user:word@example.org/list",
        "nonsense",
        "",
    ],
)
def test_asks_only_at_web_addresses(fetch, url):
    assert fetch(url) is None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "sub.localhost.",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "[::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f000001",
        "127.1",
        "printer.local",
    ],
)
def test_asks_nobody_on_this_machine_or_in_a_private_network_unless_told_to(host):
    fetcher = Fetcher()
    assert not fetcher._may_ask(f"http://{host}/list")
    assert Fetcher(FetchSettings(private_addresses=True))._may_ask(f"http://{host}/list")


def test_asks_public_addresses():
    assert Fetcher()._may_ask("http://crl.example.org/list")
    assert Fetcher()._may_ask("HTTPS://193.191.1.1/list")


def test_fetches_nothing_else(fetch, server):
    assert fetch(f"{server.url}/list", "certificate") is None
    assert server.asked == []
