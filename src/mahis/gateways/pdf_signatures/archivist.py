"""Making signed files last, in a worker apart: its parent fetches and has the time stamped."""

import datetime
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from mahis.gateways import trust as gateway
from mahis.gateways.contained import Ending, Limits, Pool
from mahis.gateways.pdf_signatures.examiner import BELGIAN_POLICIES, ExaminerSettings
from mahis.gateways.pdf_signatures.fetching import Fetcher, FetchSettings
from mahis.gateways.timestamping import HttpTimestamps, TimestampUnavailable, room_for
from mahis.gateways.trust import TrustMaterial

_JOB = "mahis.gateways.pdf_signatures.archiving"
_DIGEST = "sha256"
_DIGEST_BYTES = 32
#: So many timestamps one file may take.
_MOST_STAMPS = 3

_Facts = dict[str, Any]


class NotArchivable(ValueError):
    """Nothing that lasts can be made of this file now; the words say why, for the log only."""


def archivist_of(settings: ExaminerSettings) -> "Archivist":
    """Make what archives files as an operator has set the reading of them."""
    return Archivist(
        wait_seconds=settings.wait_seconds,
        most_waiting=settings.most_waiting,
        # It reads the file as often as it adds something to it.
        limits=Limits(cpu_seconds=3 * settings.cpu_seconds),
        fetching=FetchSettings(private_addresses=settings.private_addresses),
    )


class Archivist:
    """Adds to signed files what proves them later; one for each process, for all threads."""

    def __init__(
        self,
        *,
        wait_seconds: float = 10,
        most_waiting: int | None = None,
        limits: Limits | None = None,
        fetching: FetchSettings | None = None,
    ) -> None:
        self._pool = Pool(
            job=_JOB,
            limits=limits,
            workers=1,
            wait_seconds=wait_seconds,
            most_waiting=most_waiting,
        )
        self._fetcher = Fetcher(fetching)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        self._pool.close()

    def archive(
        self,
        data: bytes,
        *,
        trust: TrustMaterial,
        timestamps: HttpTimestamps,
        at: datetime.datetime,
        allow_sha1: bool,
    ) -> bytes:
        """Give a signed form with what proves it later added behind its own bytes.

        Whether that is enough is for those to find out who examine it. Raises NotArchivable,
        TimestampUnavailable or Busy.
        """
        header = {
            "at": at.isoformat(),
            "stamp": trust.stamp,
            "fetch": True,
            "isForm": True,
            "allowSha1": allow_sha1,
            "policies": sorted(BELGIAN_POLICIES),
        }
        deadline = time.monotonic() + self._fetcher.settings.total_seconds
        stamping = _Stamping(timestamps)

        def answer(question: _Facts, body: bytes) -> tuple[_Facts, bytes]:
            match question.get("what"):
                case "trust":
                    return {}, gateway.pack(trust)
                case "sample":
                    return stamping.sample()
                case "timestamp":
                    return stamping.stamp(body)
                case what:
                    url = str(question.get("url"))
                    found = self._fetcher.fetch(str(what), url, body, at=at, deadline=deadline)
                    return {"fetched": found is not None}, found or b""

        result = self._pool.run(header, data, answering=answer)
        if stamping.failure is not None:
            raise stamping.failure
        if result.ending is not Ending.DONE or result.header.get("state") != "archived":
            raise NotArchivable(result.word or str(result.header.get("state")))
        return data + result.body


class _Stamping:
    """What a worker may have stamped for one file, and what kept it from that."""

    def __init__(self, timestamps: HttpTimestamps) -> None:
        self._timestamps = timestamps
        self._stamps = 0
        self._room = 0
        #: Kept for the parent: a worker has to hear an answer, whatever happens.
        self.failure: TimestampUnavailable | None = None

    def sample(self) -> tuple[_Facts, bytes]:
        return self._answer(lambda: self._timestamps.sample(_DIGEST))

    def stamp(self, digest: bytes) -> tuple[_Facts, bytes]:
        self._stamps += 1
        if len(digest) != _DIGEST_BYTES or self._stamps > _MOST_STAMPS:
            return {"stamped": False}, b""
        return self._answer(
            lambda: self._timestamps.stamp(digest, _DIGEST, room=self._room),
        )

    def _answer(self, get: Callable[[], bytes]) -> tuple[_Facts, bytes]:
        try:
            token = get()
        except TimestampUnavailable as failure:
            self.failure = failure
            return {"stamped": False}, b""
        self._room = self._room or room_for(token)
        return {"stamped": True, "room": self._room}, token
