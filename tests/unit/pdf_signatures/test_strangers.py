"""A certificate that leads to nobody trusted makes the service call no address."""

import http.server
import threading

import pytest

from mahis.domain.signed_forms import Doubt
from tests.hostile import certificates
from tests.hostile.judging import sitting
from tests.hostile.scene import signed


class _Server(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Listener)
        self.calls = []


class _Listener(http.server.BaseHTTPRequestHandler):
    """Notes each call, and answers with nothing."""

    def do_GET(self):
        assert isinstance(self.server, _Server)
        self.server.calls.append(self.path)
        self.send_error(404)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *said):
        """Keep quiet."""


@pytest.fixture
def listener():
    """A server on this machine that would like to be called."""
    with _Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def judges():
    """Judges who may call addresses of this machine."""
    with sitting() as judges:
        yield judges


def _address(listener):
    return f"http://127.0.0.1:{listener.server_address[1]}/inside"


@pytest.mark.parametrize("issuer", ["", "citizen-ca", "root"])
def test_nobody_is_called_for_a_stranger(judges, listener, issuer):
    card = certificates.that_asks(_address(listener), issuer=issuer)
    verdict = judges.judge(signed(judges.scene.sealed, by=card))
    assert verdict.reason is Doubt.UNKNOWN_CERTIFICATE
    assert listener.calls == []


def test_the_issuer_of_somebody_known_is_called(judges, listener):
    card = certificates.that_asks(_address(listener), issuer="citizen-ca", is_genuine=True)
    verdict = judges.judge(signed(judges.scene.sealed, by=card))
    assert verdict.reason is Doubt.REVOCATION_UNKNOWN
    assert listener.calls
