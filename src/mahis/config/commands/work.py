"""Deliver notices and run what is due, until Ctrl-C."""

import datetime
import gc
import logging
import os
import signal
import socket
import sys
import threading
import traceback
import uuid
from collections.abc import Callable
from types import FrameType

import click
from django.conf import settings

from mahis.config import schema, service
from mahis.jobs import registry
from mahis.jobs.clock import Clock
from mahis.jobs.worker import Equipment, Worker
from mahis.web import clock, house_documents, house_post, house_rules

_log = logging.getLogger(__name__)

_LONGEST_TURN_SECONDS = 0.001
_TELL_SECONDS = 60.0
_LOOK_SECONDS = 1.0
_SECONDS_TO_END = 30.0


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--no-clock", is_flag=True, help="Deliver notices only; others run what is due.")
@click.option(
    "--poll-seconds",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.01, 60),
    help="How long to wait after finding no notice.",
)
@click.option("--with-parent", is_flag=True, hidden=True, help="End with whoever started this.")
def work(*, once: bool, no_clock: bool, poll_seconds: float, with_parent: bool) -> None:
    """Deliver notices and run what is due, until Ctrl-C.

    Any number of these can run beside each other, on any number of machines: each notice is
    delivered by one of them, and each job is run by one of them.
    """
    # Asked first: a parent that dies while we start must be missed.
    parent = os.getppid() if with_parent else None
    # The loop that carries notices waits for the other threads no longer than this.
    sys.setswitchinterval(_LONGEST_TURN_SECONDS)
    service.require_sound_settings()
    if missing := schema.pending(alias="default"):
        message = f"The database lacks {len(missing)} migrations: run `mahis db migrate` first."
        raise click.ClickException(message)
    worker = Worker(_equipment(poll_seconds))
    ticking = Clock(() if no_clock else registry.JOBS, now=clock.now)
    # What is loaded by now stays until the end: no search for what can go need go through it again.
    gc.collect()
    gc.freeze()
    if once:
        _work_once(worker, ticking)
    else:
        _Shift(worker, ticking, parent=parent).work()


def _equipment(poll_seconds: float) -> Equipment:
    return Equipment(
        name=f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}",
        ebox=settings.EBOX,
        post=house_post.post(),
        files=house_documents.files(),
        patience=house_rules.patience(),
        lease=datetime.timedelta(seconds=settings.LEASE_SECONDS),
        now=clock.now,
        poll_seconds=poll_seconds,
    )


def _work_once(worker: Worker, ticking: Clock) -> None:
    """Run the jobs first: what they tell people goes out with the rest."""
    ticking.run_due()
    ticking.close()
    worker.run(until_idle=True)
    _tell(worker, ticking)


class _Shift:
    """Worker and clock, each in a thread, until a signal, the parent's end, or a failure."""

    def __init__(self, worker: Worker, ticking: Clock, *, parent: int | None) -> None:
        self._worker = worker
        self._clock = ticking
        self._parent = parent
        self._stop = threading.Event()
        self._failed = False

    def work(self) -> None:
        """Work until the end; raises ClickException where either of both failed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        threads = [
            threading.Thread(target=self._watched, args=(run,), name=name, daemon=True)
            for name, run in (
                ("worker", self._worker.run),
                ("clock", lambda: self._clock.run(self._stop)),
            )
        ]
        for thread in threads:
            thread.start()
        click.echo("Delivering notices and running what is due (Ctrl-C ends it)")
        self._wait()
        self._worker.stop()
        for thread in threads:
            thread.join(_SECONDS_TO_END)
        _tell(self._worker, self._clock)
        if self._failed:
            raise click.ClickException("This worker failed; the reason stands above.")

    def _wait(self) -> None:
        seconds = 0.0
        while not self._stop.wait(_LOOK_SECONDS):
            if self._parent is not None and os.getppid() != self._parent:
                self._stop.set()
            seconds += _LOOK_SECONDS
            if seconds >= _TELL_SECONDS:
                seconds = 0.0
                _tell(self._worker, self._clock)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self._stop.set()

    def _watched(self, run: Callable[[], None]) -> None:
        """Run one of both; where it fails, all of it ends, and whoever watches us starts anew."""
        try:
            run()
        except Exception as error:  # noqa: BLE001 - whatever it is, it ends this worker
            self._failed = True
            # The words of an error may quote what stands in a row: its kind and place are enough.
            place = "".join(traceback.format_tb(error.__traceback__))
            _log.critical("this worker failed: %s\n%s", type(error).__name__, place)
        finally:
            self._stop.set()


def _tell(worker: Worker, ticking: Clock) -> None:
    """Say in one line what was done since the last one, where anything was."""
    notices = worker.counts()
    ran, failed = ticking.counts()
    parts = [
        (notices.delivered, "notices delivered"),
        (notices.waiting, "to be tried again"),
        (notices.failed, "given up"),
        (ran - failed, "jobs done"),
        (failed, "jobs failed"),
    ]
    if said := ", ".join(f"{count:,} {what}" for count, what in parts if count):
        click.echo(f"{clock.now():%Y-%m-%d %H:%M:%S} {said}")
