"""Lists are fetched within limits, and whatever a publisher answers is told in one way."""

import http.server
import threading

import pytest

from mahis.gateways.trust import fetching
from mahis.gateways.trust.signed_lists import ListRefused


class _Publisher(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/list")
        elif self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
        else:
            self.send_response(200 if self.path in {"/list", "/large"} else 404)
        self.end_headers()
        if self.path in {"/list", "/large"}:
            self.wfile.write(b"<list/>" * (1 if self.path == "/list" else 100))

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def publisher():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Publisher) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("path", ["/list", "/moved"])
def test_a_list_is_fetched_also_where_it_moved_to(publisher, path):
    assert fetching.over_http(f"{publisher}{path}") == b"<list/>"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "status 404"),
        ("/round", "TooManyRedirects"),
        ("/elsewhere", "InvalidSchema"),
    ],
)
def test_an_answer_that_is_no_list_is_refused(publisher, path, reason):
    with pytest.raises(ListRefused, match=reason):
        fetching.over_http(f"{publisher}{path}")


def test_an_endless_list_is_refused_as_soon_as_it_is_too_long(publisher, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST_LIST", 100)
    with pytest.raises(ListRefused, match="more than 100 bytes"):
        fetching.over_http(f"{publisher}/large")


def test_a_slow_list_is_refused_when_its_time_is_over(publisher, monkeypatch):
    monkeypatch.setattr(fetching, "_SECONDS_IN_ALL", -1)
    with pytest.raises(ListRefused, match="seconds"):
        fetching.over_http(f"{publisher}/list")


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "ftp://lists.example/", "", "http://["]
)
def test_no_other_address_is_followed(address):
    with pytest.raises(ListRefused):
        fetching.over_http(address)


def test_a_publisher_that_is_not_there_is_told():
    with pytest.raises(ListRefused, match="does not answer"):
        fetching.over_http("http://127.0.0.1:1/list")
