"""Gathers what came of notices, and has it written together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from mahis.usecases.send_notices import Recorded, Report

#: How many outcomes are written together, and how long the first of them waits for others.
_TOGETHER = 500
_GATHERING_SECONDS = 0.03

#: Writes outcomes, as soon as that is possible.
Write = Callable[[Sequence[Report]], Awaitable[Recorded]]


class Recorder:
    """Counts the notices that are a worker's, from taking them until what came of them stands."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._reports: asyncio.Queue[Report | None] = asyncio.Queue()
        self._under_way = 0
        self._counted = Recorded()
        #: Set when something was written.
        self.moved = asyncio.Event()

    @property
    def under_way(self) -> int:
        """How many notices were taken of which nothing is written yet."""
        return self._under_way

    def take(self, notices: int) -> None:
        """Note that notices were taken; each is reported on, sooner or later."""
        self._under_way += notices

    def report(self, report: Report) -> None:
        """Have an outcome written."""
        self._reports.put_nowait(report)

    def counts(self) -> Recorded:
        """Give what was written since this was last asked."""
        counted, self._counted = self._counted, Recorded()
        return counted

    def finish(self) -> None:
        """Let `run` end once everything reported until now is written."""
        self._reports.put_nowait(None)

    async def run(self) -> None:
        """Write what is reported."""
        is_last = False
        while not is_last:
            batch, is_last = await self._gather()
            if batch:
                self._counted += await self._write(batch)
                self._under_way -= len(batch)
                self.moved.set()

    async def _gather(self) -> tuple[list[Report], bool]:
        gathered = [await self._reports.get()]
        if gathered[0] is not None:
            await asyncio.sleep(_GATHERING_SECONDS)
        while not self._reports.empty() and len(gathered) < _TOGETHER:
            gathered.append(self._reports.get_nowait())
        return [report for report in gathered if report is not None], None in gathered
