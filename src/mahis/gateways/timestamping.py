"""Asking a timestamp authority by RFC 3161 over HTTP: bounded, retried, one kind of failure."""

import hashlib
import queue
import threading
import time
from collections.abc import Coroutine
from typing import TypeVar

import requests
from asn1crypto import cms, tsp  # type: ignore[import-untyped]
from pyhanko.sign.timestamps import TimeStamper

from mahis.domain.refusals import Refused

_Result = TypeVar("_Result")

_MOST_BYTES = 2**18
_CHUNK_BYTES = 2**14
_PAUSE_SECONDS = 0.2
#: Signatures and their certificates may turn out larger than the one that was measured.
_SPARE = 1.5
_GRANTED = frozenset({"granted", "granted_with_mods"})
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


class TimestampUnavailable(Refused):
    """The timestamp authority gives no timestamp now (`reason` says why, for the log only)."""

    code = "timestampUnavailable"


class HttpTimestamps(TimeStamper):
    """A timestamp authority; made once per process, it keeps its connection open.

    The first answer of a process serves as the measure for the room that later ones need.
    """

    def __init__(
        self,
        *,
        url: str,
        timeout_seconds: float,
        tries: int,
        username: str = "",
        password: str = "",
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url
        self._timeout_seconds = timeout_seconds
        self._tries = tries
        self._session = requests.Session()
        self._session.headers.update(_HEADERS)
        if username:
            self._session.auth = (username, password)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Get a timestamp of a digest; raises TimestampUnavailable after the last try."""
        return self._timestamp(message_digest, md_algorithm)

    def _timestamp(self, digest: bytes, algorithm: str) -> cms.ContentInfo:
        """Ask until there is a timestamp, no longer than the tries and the pauses between them."""
        reason = ""
        for attempt in range(self._tries):
            if attempt:
                time.sleep(_PAUSE_SECONDS * attempt)
            nonce, request = self.request_cms(digest, algorithm)  # type: ignore[no-untyped-call]
            try:
                return _token(self._ask(request.dump()), nonce, digest)
            except _AnswerUnusable as unusable:
                reason = str(unusable)
        raise TimestampUnavailable(reason=reason)

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        """Give a timestamp of nothing, asked for once, as a measure of those to come."""
        found = self._dummy_response_cache.get(md_algorithm)
        if found is None:
            found = self._timestamp(hashlib.new(md_algorithm).digest(), md_algorithm)
            self._dummy_response_cache[md_algorithm] = found
        return found

    def sample(self, algorithm: str) -> bytes:
        """Give a timestamp of nothing, encoded: those to come are by such a certificate too."""
        return bytes(finished(self.async_dummy_response(algorithm)).dump())

    def room(self, algorithm: str) -> int:
        """Give how many hexadecimal digits to keep free for a timestamp, with some to spare."""
        return room_for(self.sample(algorithm))

    def stamp(self, digest: bytes, algorithm: str, *, room: int) -> bytes:
        """Get a timestamp of a digest, encoded, for which so many hexadecimal digits are free.

        Raises TimestampUnavailable, also where it does not find room; the next one will.
        """
        token = bytes(self._timestamp(digest, algorithm).dump())
        if 2 * len(token) > room:
            self._dummy_response_cache.clear()
            raise TimestampUnavailable(reason="the answer is larger than the ones before")
        return token

    def _ask(self, query: bytes) -> bytes:
        """Send a query and wait for its answer, no longer than a try may take.

        Timeouts of sockets bound neither the look-up of a name nor an answer that comes drop by
        drop, so a thread does the waiting; it is left to itself when the time is over.
        """
        outcomes: queue.SimpleQueue[bytes | _AnswerUnusable] = queue.SimpleQueue()
        threading.Thread(target=self._fetch, args=(query, outcomes), daemon=True).start()
        try:
            outcome = outcomes.get(timeout=self._timeout_seconds)
        except queue.Empty:
            raise _AnswerUnusable("no answer in time") from None
        if isinstance(outcome, _AnswerUnusable):
            raise outcome
        return outcome

    def _fetch(self, query: bytes, outcomes: "queue.SimpleQueue[bytes | _AnswerUnusable]") -> None:
        try:
            with self._session.post(
                self._url,
                data=query,
                timeout=self._timeout_seconds,
                allow_redirects=False,
                stream=True,
            ) as response:
                outcomes.put(_read(response, time.monotonic() + self._timeout_seconds))
        except _AnswerUnusable as unusable:
            outcomes.put(unusable)
        except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it is
            outcomes.put(_AnswerUnusable(type(error).__name__))


def _read(response: requests.Response, deadline: float) -> bytes:
    if response.status_code != requests.codes.ok:
        raise _AnswerUnusable(f"status {response.status_code}")
    answer = b""
    while chunk := response.raw.read1(_CHUNK_BYTES):
        answer += chunk
        if len(answer) > _MOST_BYTES or time.monotonic() > deadline:
            raise _AnswerUnusable("answer too long or too slow")
    return answer


def room_for(container: bytes) -> int:
    """Give how many hexadecimal digits to keep free for a container as large as this one."""
    return int(len(container) * _SPARE) * 2


def finished(work: Coroutine[object, object, _Result]) -> _Result:
    """Give what a coroutine gives that never waits; the library's own are so around our parts.

    Running it by hand needs no event loop, and so works inside of one too.
    """
    try:
        work.send(None)
    except StopIteration as done:
        result: _Result = done.value
        return result
    work.close()
    message = "the library waits for something"
    raise RuntimeError(message)


class _AnswerUnusable(Exception):
    """What came back is no timestamp of what was asked."""


def _token(answer: bytes, nonce: int, digest: bytes) -> cms.ContentInfo:
    """Take the timestamp out of an answer, if it is one of this digest and for this query."""
    try:
        response = tsp.TimeStampResp.load(answer, strict=True)
        status = response["status"]["status"].native
        if status not in _GRANTED:
            raise _AnswerUnusable(f"the authority says {status}")
        token = response["time_stamp_token"]
        info = token["content"]["encap_content_info"]["content"].parsed
        stamped = info["message_imprint"]["hashed_message"].native
        if info["nonce"].native != nonce or stamped != digest:
            raise _AnswerUnusable("the answer is to another query")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _AnswerUnusable("no answer of RFC 3161") from error
    return token
