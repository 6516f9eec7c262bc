"""A certificate that leads to nobody trusted makes the service call no address."""

import http.server
import threading

import pytest

from mahis.domain.signed_forms import Doubt
from tests.hostile import certificates
from tests.hostile.judging import sitting
from tests.hostile.scene import signed


class _Listener(http.server.BaseHTTPRequestHandler):
    """Notes each call, and answers with nothing."""

    def do_GET(self):
        self.server.calls.append(self.path)
        self.send_error(404)

    do_POST = do_GET

    def log_message(self, *said):
        """Keep quiet."""


@pytest.fixture
def listener():
    """A server on this machine that would like to be called."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listener) as server:
        server.calls = []
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


@pytest.mark.parametrize("issuer", ["", "citizen-ca", "root"])
def test_nobody_is_called_for_a_stranger(judges, listener, issuer):
    address = f"http://127.0.0.1:{listener.server_address[1]}/inside"
    card = certificates.that_asks(address, issuer=issuer)
    verdict = judges.judge(signed(judges.scene.sealed, by=card))
    assert verdict.reason is Doubt.UNKNOWN_CERTIFICATE
    assert listener.calls == []
