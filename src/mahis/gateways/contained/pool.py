"""A bounded number of warm workers for one kind of job, shared by the threads of a process."""

import atexit
import contextlib
import os
import queue
import threading
import weakref
from types import TracebackType
from typing import Self

from mahis.domain.refusals import Conflict
from mahis.gateways.contained.limits import Limits
from mahis.gateways.contained.messages import Header
from mahis.gateways.contained.process import Answering, Result, Worker

_NO_BOUND = 2**30


class Busy(Conflict):
    """Everybody who reads files is busy with other people's; trying again in a moment helps."""

    code = "busy"


class Pool:
    """Warm workers for one job.

    They start with the first job, or with `warm`; one that died, was killed or has done its share
    is replaced at once, so that the next job finds it warm again. Where all are busy, no more than
    `most_waiting` jobs wait: the threads in which others would are needed for something else.
    """

    def __init__(
        self,
        *,
        job: str,
        limits: Limits | None = None,
        workers: int = 2,
        wait_seconds: float = 10,
        most_waiting: int | None = None,
    ) -> None:
        self._job = job
        self._limits = limits or Limits()
        self._workers = workers
        self._wait_seconds = wait_seconds
        self._most_waiting = _NO_BOUND if most_waiting is None else most_waiting
        self._is_closed = False
        self._open()
        _POOLS.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run(self, header: Header, body: bytes, *, answering: Answering | None = None) -> Result:
        """Do one job in a worker, and answer what it asks meanwhile; raises Busy.

        The result says how it ended; a file that kills its worker is a result like any other.
        """
        worker = self._take()
        try:
            if worker is None or not worker.is_usable:
                worker = self._replaced(worker)
            return worker.run(header, body, answering=answering)
        finally:
            self._give_back(worker)

    def warm(self) -> None:
        """Start every idle worker, so that the first job need not wait for it."""
        for _ in range(self._workers):
            worker = self._take()
            self._idle.put(worker or Worker(job=self._job, limits=self._limits))

    def close(self) -> None:
        """End the workers; what runs is killed when it comes back."""
        self._is_closed = True
        with contextlib.suppress(queue.Empty):
            while True:
                worker = self._idle.get_nowait()
                if worker is not None:
                    worker.kill()

    def _open(self) -> None:
        # First in, first out: `warm` and replacement reach every place.
        self._idle: queue.Queue[Worker | None] = queue.Queue()
        self._seats = threading.Semaphore(self._most_waiting)
        for _ in range(self._workers):
            self._idle.put(None)

    def _take(self) -> Worker | None:
        if self._is_closed:
            raise Busy
        with contextlib.suppress(queue.Empty):
            return self._idle.get_nowait()
        if not self._seats.acquire(blocking=False):
            raise Busy
        try:
            return self._idle.get(timeout=self._wait_seconds)
        except queue.Empty:
            raise Busy from None
        finally:
            self._seats.release()

    def _replaced(self, worker: Worker | None) -> Worker:
        if worker is not None:
            worker.kill()
        return Worker(job=self._job, limits=self._limits)

    def _give_back(self, worker: Worker | None) -> None:
        if self._is_closed:
            if worker is not None:
                worker.kill()
            return
        if worker is not None and not worker.is_usable:
            worker = self._replaced(worker)
        self._idle.put(worker)

    def _after_fork(self) -> None:
        """Start anew in a child process: the workers are the parent's."""
        for worker in list(self._idle.queue):
            if worker is not None:
                worker.forget()
        self._open()


#: Every pool of this process, to be closed with it.
_POOLS: weakref.WeakSet[Pool] = weakref.WeakSet()


def _close_all() -> None:
    for pool in list(_POOLS):
        pool.close()


def _forget_all() -> None:
    for pool in list(_POOLS):
        pool._after_fork()  # noqa: SLF001 - the pools of this module


atexit.register(_close_all)
os.register_at_fork(after_in_child=_forget_all)
