"""A timestamp authority that fails in any way makes no form wait long, and spoils none."""

import dataclasses
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from asn1crypto import tsp  # type: ignore[import-untyped]

from mahis.domain.parties import Side
from mahis.gateways import timestamping
from mahis.gateways.pdf_forms import Sealer, seal, set_form
from mahis.gateways.timestamping import HttpTimestamps, TimestampUnavailable, finished
from tests.pki import pki

DIGEST = b"d" * 32
ROOM = 20_000
OTHER_NONCE, OTHER_DIGEST = 2**60 + 7, b"e" * 32
#: Seconds that nothing takes here which is not kept waiting on purpose.
PATIENCE = 30


@dataclasses.dataclass
class Authority:
    """A server that answers as the test says, and counts how often it is asked."""

    url: str = ""
    asked: int = 0
    #: Gives status and body for a query; may send bytes by itself through the handler.
    answer: Callable[[bytes, http.server.BaseHTTPRequestHandler], tuple[int, bytes] | None] = (
        lambda _query, _handler: (500, b"")
    )


@pytest.fixture
def authority() -> Iterator[Authority]:
    """An authority on this machine."""
    found = Authority()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            found.asked += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            said = found.answer(query, self)
            if said is not None:
                status, body = said
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients hang up on purpose
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_port}/tsa"
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """Tests need not wait as long as a busy authority would like."""
    monkeypatch.setattr(timestamping, "_PAUSE_SECONDS", 0.01)


def _client(authority, *, tries=2, timeout=PATIENCE):
    return HttpTimestamps(url=authority.url, timeout_seconds=timeout, tries=tries)


def _good(query: bytes, **changes) -> bytes:
    """Answer a query as a real authority does, or another query than the one that came."""
    request = tsp.TimeStampReq.load(query)
    if "nonce" in changes:
        request["nonce"] = changes["nonce"]
    if "digest" in changes:
        request["message_imprint"]["hashed_message"] = changes["digest"]
    request = tsp.TimeStampReq.load(request.dump(force=True))
    answer = finished(pki().timestamper().async_request_tsa_response(request))
    return bytes(answer.dump())


def _endless(_query, handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"0" * 2**16)


def _drip(_query, handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(10 * PATIENCE):
        handler.wfile.write(b"0")
        time.sleep(0.1)


def _slow_head(_query, handler):
    for sign in b"HTTP/1.1 200 OK\r\nX-Slow:".ljust(10 * PATIENCE):
        handler.connection.sendall(bytes([sign]))
        time.sleep(0.1)


def _slow(_query, _handler):
    time.sleep(PATIENCE)
    return 200, b""


def _hang_up(_query, handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


def _redirect(_query, handler):
    handler.send_response(302)
    handler.send_header("Location", pki().tsa_url)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _rejection(_query, _handler):
    status = {"status": "rejection", "fail_info": {"bad_request"}, "status_string": ["no"]}
    return 200, tsp.TimeStampResp({"status": status}).dump()


FAILURES = {
    "an error": lambda *_: (500, b"oops"),
    "too busy": lambda *_: (503, b""),
    "forbidden": lambda *_: (403, b""),
    "nothing": lambda *_: (200, b""),
    "garbage": lambda *_: (200, bytes(range(256))),
    "a page": lambda *_: (200, b"<html><title>Welcome</title></html>"),
    "cut off": lambda query, _: (200, _good(query)[:-100]),
    "followed by more": lambda query, _: (200, _good(query) + b"more"),
    "another nonce": lambda query, _: (200, _good(query, nonce=OTHER_NONCE)),
    "another digest": lambda query, _: (200, _good(query, digest=OTHER_DIGEST)),
    "a query": lambda query, _: (200, query),
    "a rejection": _rejection,
    "endless": _endless,
    "hanging up": _hang_up,
    "elsewhere": _redirect,
}

#: Those that would keep somebody waiting for as long as they like.
SLOW = {"drop by drop": _drip, "head drop by drop": _slow_head, "slow": _slow}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failing_authority_is_told_apart_from_everything_else(authority, failure):
    authority.answer = FAILURES[failure]
    _require_refusal(authority, _client(authority))


@pytest.mark.parametrize("failure", SLOW)
def test_a_slow_authority_is_waited_for_in_bounded_time(authority, failure):
    authority.answer = SLOW[failure]
    began = time.monotonic()
    _require_refusal(authority, _client(authority, timeout=1))
    assert time.monotonic() - began < PATIENCE / 2


def _require_refusal(authority, client):
    with pytest.raises(TimestampUnavailable) as refused:
        client.stamp(DIGEST, "sha256", room=ROOM)
    assert authority.asked == 2
    assert refused.value.found["reason"]
    assert authority.url not in str(refused.value.found)


def test_an_authority_that_is_not_there_is_unavailable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = Authority(url=f"http://127.0.0.1:{taken.getsockname()[1]}/")
        with pytest.raises(TimestampUnavailable):
            _client(nowhere).stamp(DIGEST, "sha256", room=ROOM)


def test_a_good_answer_stamps_the_digest(authority):
    authority.answer = lambda query, _: (200, _good(query))
    token = _client(authority).stamp(DIGEST, "sha256", room=ROOM)
    assert DIGEST in token


def test_an_authority_that_recovers_is_asked_again(authority):
    authority.answer = lambda query, _: (503, b"") if authority.asked < 3 else (200, _good(query))
    assert DIGEST in bytes(
        finished(_client(authority, tries=3).async_timestamp(DIGEST, "sha256")).dump()
    )
    assert authority.asked == 3


def test_the_size_is_measured_once_for_all_documents(authority):
    authority.answer = lambda query, _: (200, _good(query))
    client = _client(authority)
    for _ in range(3):
        client.room("sha256")
        client.stamp(DIGEST, "sha256", room=ROOM)
    assert authority.asked == 1 + 3


def test_answers_that_grow_are_measured_anew(authority):
    authority.answer = lambda query, _: (200, _good(query))
    client = _client(authority)
    usual = client.room("sha256")
    with pytest.raises(TimestampUnavailable):
        client.stamp(DIGEST, "sha256", room=usual // 4)
    asked = authority.asked
    assert abs(client.room("sha256") - usual) < 100
    assert authority.asked == asked + 1


def test_a_name_and_a_password_are_sent_where_they_are_set(authority):
    seen = []

    def answer(query, handler):
        seen.append(handler.headers.get("Authorization", ""))
        return 200, _good(query)

    authority.answer = answer
    url = authority.url
    HttpTimestamps(
        url=url, timeout_seconds=PATIENCE, tries=1, username="mahis", password="open"
    ).stamp(DIGEST, "sha256", room=ROOM)
    assert seen[0].startswith("Basic ")


def test_a_form_is_not_sealed_without_a_timestamp(authority, seal_settings, content):
    settings = dataclasses.replace(
        seal_settings, tsa_url=authority.url, tsa_timeout_seconds=PATIENCE, tsa_tries=2
    )
    sealer, form = Sealer(settings), set_form(content)
    with pytest.raises(TimestampUnavailable):
        seal(form, sides=frozenset(Side), content=content, sealer=sealer)
    authority.answer = lambda query, _: (200, _good(query))
    assert seal(form, sides=frozenset(Side), content=content, sealer=sealer).startswith(form)


def test_work_that_waits_is_not_taken_for_finished():
    class Waiting:
        def __await__(self):
            yield

    async def work():
        await Waiting()

    with pytest.raises(RuntimeError):
        finished(work())
