"""The worker of the queue: takes notices that are due, brings them, writes what came of it.

All three go on side by side. An event loop carries many notices at once; taking, writing, and the
letters have threads and connections of their own.
"""

import asyncio
import contextlib
import dataclasses
import datetime
import itertools
import logging
import random
import time
import traceback
import uuid
from collections.abc import Callable, Mapping, Sequence

from mahis.domain.deliveries import Delivered, NotTried, Outcome, Patience, Refused, TryAgain
from mahis.domain.notices import Channel
from mahis.domain.parties import Language
from mahis.gateways.ebox import Ebox, EboxSettings
from mahis.gateways.files import Files
from mahis.gateways.post.settings import PostSettings
from mahis.jobs import addresses, by_post
from mahis.jobs.by_ebox import ByEbox
from mahis.jobs.desk import NO_DATABASE, Desk
from mahis.jobs.recorder import Recorder
from mahis.jobs.weather import Weather
from mahis.usecases import send_notices
from mahis.usecases.send_notices import Content, Leased, Recorded, Report, Ring

_log = logging.getLogger(__name__)

#: For each notice that may be on its way at once, so many are taken ahead, half of them together.
_AHEAD = 24
_LETTERS_AT_ONCE = 1
_LETTER_SECONDS = 10.0
#: How long an end may take; what is not brought by then stays leased until its lease is over.
_SECONDS_TO_END = 20.0

Chain = tuple[Leased, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Equipment:
    """What a worker works with."""

    #: Known to no other worker, ever.
    name: str
    #: None where there is no e-Box: what is meant for it waits.
    ebox: EboxSettings | None
    post: PostSettings
    files: Files
    patience: Patience
    #: How long taken notices are ours.
    lease: datetime.timedelta
    now: Callable[[], datetime.datetime]
    #: How long to wait after finding nothing.
    poll_seconds: float = 1.0


class Worker:
    """Brings notices until it is told to stop; any number of workers can do so side by side."""

    def __init__(self, equipment: Equipment) -> None:
        self._with = equipment
        self._dice = random.Random().random  # noqa: S311 - nobody is protected by it
        self._weather = Weather(self._dice)
        self._desk = Desk("desk", dice=self._dice)
        self._books = Desk("books", dice=self._dice)
        self._letters = Desk("letters", dice=self._dice)
        self._recorder = Recorder(self._write)
        self._ring = Ring()
        self._carrier: ByEbox | None = None
        at_once = equipment.ebox.at_once if equipment.ebox else 1
        self._turns = {
            Channel.EBOX: asyncio.Semaphore(at_once),
            Channel.POST: asyncio.Semaphore(_LETTERS_AT_ONCE),
        }
        self._most = at_once * _AHEAD
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_ending = False
        self._must_end_at: float | None = None
        self._probe_at: float | None = None

    # -- from other threads

    def run(self, *, until_idle: bool = False) -> None:
        """Bring notices until told to stop.

        `until_idle`: also end when nothing is due any more, or nothing gets through.
        """
        asyncio.run(self._work(until_idle=until_idle))

    def stop(self) -> None:
        """End soon: what is on its way still arrives, what is not yet is left to others."""
        self._is_ending = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._recorder.moved.set)

    def counts(self) -> Recorded:
        """Give what came of notices since this was last asked."""
        return self._recorder.counts()

    # -- the loop

    async def _work(self, *, until_idle: bool) -> None:
        self._loop = asyncio.get_running_loop()
        async with contextlib.AsyncExitStack() as stack:
            for desk in (self._letters, self._books, self._desk):
                stack.push_async_callback(asyncio.to_thread, desk.close)
            if self._with.ebox is not None:
                client = await stack.enter_async_context(Ebox(self._with.ebox))
                self._carrier = ByEbox(
                    client,
                    self._with.ebox,
                    files=self._with.files,
                    weather=self._weather,
                    clock=time.monotonic,
                )
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._recorder.run())
                chains = await self._take_all(tasks, until_idle=until_idle)
                await self._end(chains)

    async def _take_all(
        self, tasks: asyncio.TaskGroup, *, until_idle: bool
    ) -> set[asyncio.Task[None]]:
        """Take what is due whenever there is room; gives the chains that are still on their way."""
        under_way: set[asyncio.Task[None]] = set()
        while not self._is_ending:
            self._recorder.moved.clear()
            # What is written while we look may leave something to take: we would have missed it.
            was_idle = not self._recorder.under_way
            room = self._most - self._recorder.under_way
            taken = await self._take(room) if room >= self._most // 2 else []
            for chain, contents, until in taken:
                task = tasks.create_task(self._bring_all(chain, contents, until))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            if until_idle and was_idle and not taken:
                break
            if not taken:
                await self._rest()
        return under_way

    async def _rest(self) -> None:
        """Wait until something has moved, or for as long as nothing new is looked for."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._with.poll_seconds):
                await self._recorder.moved.wait()

    async def _end(self, chains: set[asyncio.Task[None]]) -> None:
        """Let what is on its way arrive, and have it written; after a while, whatever is left."""
        self._is_ending = True
        self._must_end_at = time.monotonic() + _SECONDS_TO_END
        if chains:
            _, late = await asyncio.wait(chains, timeout=_SECONDS_TO_END)
            for task in late:
                task.cancel()
        self._recorder.finish()

    # -- taking

    async def _take(self, room: int) -> list[tuple[Chain, Mapping[uuid.UUID, Content], float]]:
        until = time.monotonic() + self._with.lease.total_seconds()
        try:
            chains = await self._lease(self._channels(), room)
            if self._is_time_to_probe():
                chains += await self._lease({Channel.EBOX}, 1)
            contents = await self._contents(chains) if chains else {}
        except NO_DATABASE:
            # We are to end: what was leased is for others once its lease is over.
            return []
        self._recorder.take(sum(map(len, chains)))
        return [(chain, contents, until) for chain in chains]

    def _channels(self) -> set[Channel]:
        is_open = self._carrier is not None and not self._weather.is_out
        return {Channel.EBOX, Channel.POST} if is_open else {Channel.POST}

    def _is_time_to_probe(self) -> bool:
        """Say whether to send one notice by an e-Box that takes none, to see whether it does."""
        now = time.monotonic()
        if not self._weather.is_out:
            self._probe_at = None
            return False
        if self._probe_at is None:
            self._probe_at = now + self._weather.next_pause()
        if now < self._probe_at:
            return False
        self._probe_at = now + self._weather.next_pause()
        return True

    async def _lease(self, channels: set[Channel], most: int) -> tuple[Chain, ...]:
        return await self._desk.until_done(
            lambda: send_notices.lease(
                worker=self._with.name,
                most=most,
                channels=channels,
                lasting=self._with.lease,
                ring=self._ring,
                at=self._with.now(),
            ),
            give_up=lambda: self._is_ending,
        )

    async def _contents(self, chains: tuple[Chain, ...]) -> dict[uuid.UUID, Content]:
        return await self._desk.until_done(
            lambda: send_notices.contents(
                leased=[each for chain in chains for each in chain],
                speaks=self._speaks,
                address=addresses.of,
            ),
            give_up=lambda: self._is_ending,
        )

    def _speaks(self, channel: Channel, language: Language) -> Language:
        if channel is Channel.POST or self._with.ebox is None:
            return language
        return self._with.ebox.language_for(language)

    # -- bringing

    async def _bring_all(
        self, chain: Chain, contents: Mapping[uuid.UUID, Content], until: float
    ) -> None:
        """Bring the notices of one recipient one after the other; none passes one that waits."""
        is_held_up = False
        for channel, notices in itertools.groupby(chain, key=lambda leased: leased.channel):
            # A turn is for all of them: chains that take turns would all be done at once, and then
            # everything would wait for new ones.
            async with self._turns[channel]:
                for leased in notices:
                    outcome: Outcome = NotTried()
                    if not is_held_up:
                        outcome = await self._try(leased, contents.get(leased.notice), until)
                        is_held_up = not isinstance(outcome, Delivered | Refused)
                    self._recorder.report(Report(number=leased.number, outcome=outcome))

    async def _try(self, leased: Leased, content: Content | None, until: float) -> Outcome:
        if content is None:
            return Refused(problem="unwritable")
        # Whoever cannot be done before the lease ends leaves it to the next who takes it.
        if self._is_ending or time.monotonic() + self._longest_try(leased.channel) > until:
            return NotTried()
        try:
            return await self._bring(leased, content)
        except NO_DATABASE:
            return NotTried()
        except Exception as error:  # noqa: BLE001 - one notice must not keep the others from going
            # Its words may quote the notice, so only its kind and place are told.
            place = "".join(traceback.format_tb(error.__traceback__))
            kind = type(error).__name__
            _log.error("the notice %s cannot be brought: %s\n%s", leased.notice, kind, place)
            return TryAgain(problem="fault", detail=kind)

    async def _bring(self, leased: Leased, content: Content) -> Outcome:
        if leased.channel is Channel.EBOX:
            assert self._carrier is not None
            return await self._carrier.bring(leased, content)
        return await self._letters.once(
            lambda: by_post.write(
                leased,
                content,
                post=self._with.post,
                files=self._with.files,
                at=self._with.now(),
            )
        )

    def _longest_try(self, channel: Channel) -> float:
        if channel is Channel.EBOX and self._with.ebox is not None:
            return self._with.ebox.longest_try_seconds
        return _LETTER_SECONDS

    # -- writing

    async def _write(self, reports: Sequence[Report]) -> Recorded:
        try:
            return await self._books.until_done(
                lambda: send_notices.record(
                    worker=self._with.name,
                    reports=reports,
                    patience=self._with.patience,
                    dice=self._dice,
                    at=self._with.now(),
                ),
                give_up=self._is_late,
            )
        except NO_DATABASE:
            # Whoever takes them next is told that they arrived: nothing comes twice.
            _log.warning("ending without having written what came of %s notices", len(reports))
            return Recorded()

    def _is_late(self) -> bool:
        return self._must_end_at is not None and time.monotonic() > self._must_end_at
