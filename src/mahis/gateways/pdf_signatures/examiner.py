"""Examining files for their signatures, in workers apart."""

import dataclasses
import datetime
import time
from types import TracebackType
from typing import Any, Self

from mahis.domain.signature_evidence import FileEvidence, FileState
from mahis.domain.signed_forms import Rules
from mahis.gateways import trust as gateway
from mahis.gateways.contained import Ending, Limits, Pool
from mahis.gateways.pdf_signatures import reading
from mahis.gateways.pdf_signatures.fetching import Fetcher, FetchSettings
from mahis.gateways.trust import TrustMaterial

_JOB = "mahis.gateways.pdf_signatures.job"
#: Policies of the Belgian cards for citizens and for foreigners, under which every generation of
#: authorities issues qualified certificates for signatures.
BELGIAN_POLICIES = frozenset(
    f"2.16.56.{root}.1.1.{kind}.1" for root in (1, 9, 10, 12) for kind in (2, 7)
)
_STATES = {Ending.BROKEN: FileState.BROKEN, Ending.TOO_COSTLY: FileState.TOO_COSTLY}


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExaminerSettings:
    """What an operator may set of it."""

    #: How many files each process of the service reads at once, and how long others wait.
    workers: int = 2
    wait_seconds: int = 10
    #: How many others may wait: each of them keeps a thread from answering anything else.
    most_waiting: int = 1
    #: Processor time that one file may cost.
    cpu_seconds: int = 2
    #: Whether responders on this machine and in private networks may be asked about revocation.
    private_addresses: bool = False


def examiner_of(settings: ExaminerSettings) -> "Examiner":
    """Make what examines files as an operator has set it."""
    return Examiner(
        workers=settings.workers,
        wait_seconds=settings.wait_seconds,
        most_waiting=settings.most_waiting,
        limits=Limits(cpu_seconds=settings.cpu_seconds),
        fetching=FetchSettings(private_addresses=settings.private_addresses),
    )


class Examiner:
    """Says what is known of the signatures in files; one for each process, for all threads."""

    def __init__(
        self,
        *,
        workers: int = 2,
        wait_seconds: float = 10,
        most_waiting: int | None = None,
        limits: Limits | None = None,
        fetching: FetchSettings | None = None,
        policies: frozenset[str] = BELGIAN_POLICIES,
    ) -> None:
        self._pool = Pool(
            job=_JOB,
            limits=limits,
            workers=workers,
            wait_seconds=wait_seconds,
            most_waiting=most_waiting,
        )
        self._fetcher = Fetcher(fetching)
        self._policies = policies

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
        """End the workers."""
        self._pool.close()

    def warm(self) -> None:
        """Start the workers, so that the first file need not wait for them."""
        self._pool.warm()

    def examine(
        self,
        data: bytes,
        *,
        trust: TrustMaterial,
        at: datetime.datetime,
        rules: Rules | None = None,
        fetch: bool,
        is_form: bool = True,
    ) -> FileEvidence:
        """Say what is known of a file that came in at a moment; whatever it is, it gives facts.

        `fetch`: ask issuers about revocation. `is_form`: it must be a form that the register
        sealed; any PDF may keep the format less strictly. Raises Busy where nobody is free.
        """
        header = {
            "at": at.isoformat(),
            "stamp": trust.stamp,
            "fetch": fetch,
            "isForm": is_form,
            "allowSha1": (rules or Rules()).allow_sha1,
            "policies": sorted(self._policies),
        }
        deadline = time.monotonic() + self._fetcher.settings.total_seconds

        def answer(question: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
            if question.get("what") == "trust":
                return {}, gateway.pack(trust)
            return self._fetched(question, body, at, deadline)

        result = self._pool.run(header, data, answering=answer)
        if result.ending is not Ending.DONE:
            return reading.unread(data, _STATES[result.ending], result.word)
        try:
            return reading.evidence(result.header, data)
        except reading.Unbelievable:
            return reading.unread(data, FileState.BROKEN, "unbelievable")

    def _fetched(
        self, question: dict[str, Any], request: bytes, at: datetime.datetime, deadline: float
    ) -> tuple[dict[str, Any], bytes]:
        what, url = str(question.get("what")), str(question.get("url"))
        answer = self._fetcher.fetch(what, url, request, at=at, deadline=deadline)
        return {"fetched": answer is not None}, answer or b""
