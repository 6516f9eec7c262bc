"""Fetching answers about revocation: bounded HTTP to the addresses that certificates name."""

import contextlib
import dataclasses
import datetime
import ipaddress
import threading
import time
import urllib.parse

import requests
import urllib3
from cryptography import x509
from cryptography.x509 import ocsp

_CHUNK_BYTES = 2**16
_MOST_REDIRECTS = 2
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LARGEST = {"ocsp": 2**17, "crl": 20 * 2**20}
_MOST_KEPT = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class FetchSettings:
    """How far fetching may go."""

    #: For one answer.
    timeout_seconds: float = 5
    #: For all answers about one file.
    total_seconds: float = 15
    #: An answer is asked for again after this time, even where it is good for longer.
    kept_seconds: float = 3600
    #: Whether addresses of this machine and of private networks may be asked: tests and demo only.
    private_addresses: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Kept:
    answer: bytes
    until: datetime.datetime


class Fetcher:
    """Asks, and keeps what was answered for as long as it is good; shared by threads."""

    def __init__(self, settings: FetchSettings | None = None) -> None:
        self.settings = settings or FetchSettings()
        self._kept: dict[tuple[str, bytes], _Kept] = {}
        self._lock = threading.Lock()

    def fetch(
        self, what: str, url: str, request: bytes, *, at: datetime.datetime, deadline: float
    ) -> bytes | None:
        """Fetch the answer of a responder (`ocsp`) or a list (`crl`); None where none is to be had.

        `deadline` is that of the whole file, monotonic.
        """
        if what not in _LARGEST or not self._may_ask(url):
            return None
        with self._lock:
            kept = self._kept.get((url, request))
        if kept is not None and at < kept.until:
            return kept.answer
        until = min(deadline, time.monotonic() + self.settings.timeout_seconds)
        try:
            answer = self._get(what, url, request, until)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
            return None
        if answer is not None:
            self._keep((url, request), answer, _good_until(what, answer), at)
        return answer

    def _may_ask(self, url: str) -> bool:
        try:
            parts = urllib.parse.urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme.lower() not in {"http", "https"} or not host or parts.username:
            return False
        return self.settings.private_addresses or not _is_private(host)

    def _get(self, what: str, url: str, request: bytes, until: float) -> bytes | None:
        for _ in range(_MOST_REDIRECTS + 1):
            with _opened(what, url, request, until) as response:
                if response.status_code in _REDIRECTS:
                    url = urllib.parse.urljoin(url, response.headers.get("Location", ""))
                    if not self._may_ask(url):
                        return None
                    continue
                if response.status_code != requests.codes.ok:
                    return None
                return _read(response, largest=_LARGEST[what], until=until)
        return None

    def _keep(
        self,
        key: tuple[str, bytes],
        answer: bytes,
        good_until: datetime.datetime | None,
        at: datetime.datetime,
    ) -> None:
        if good_until is None:
            return
        until = min(good_until, at + datetime.timedelta(seconds=self.settings.kept_seconds))
        with self._lock:
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = _Kept(answer=answer, until=until)


def _opened(what: str, url: str, request: bytes, until: float) -> requests.Response:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    if what == "ocsp":
        return requests.post(
            url,
            data=request,
            headers={"Content-Type": "application/ocsp-request"},
            timeout=left,
            allow_redirects=False,
            stream=True,
        )
    return requests.get(url, timeout=left, allow_redirects=False, stream=True)


def _read(response: requests.Response, *, largest: int, until: float) -> bytes | None:
    """Read what comes as it comes: waiting for whole blocks would let one byte a second go on."""
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > largest or time.monotonic() > until:
            return None
    return bytes(body)


def _is_private(host: str) -> bool:
    """Say whether a host is named as this machine or by an address that is not public."""
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # Numbers in other spellings (`2130706433`, `0x7f.1`) are addresses too.
        return host.rpartition(".")[2][:1].isdigit()


def _good_until(what: str, answer: bytes) -> datetime.datetime | None:
    """Give how long an answer is good; None where it does not say, or is none."""
    # A response that is no answer raises when it is asked for its times.
    with contextlib.suppress(ValueError, TypeError):
        if what == "crl":
            return x509.load_der_x509_crl(answer).next_update_utc
        return ocsp.load_der_ocsp_response(answer).next_update_utc
    return None
