"""A thread with a connection of its own, for the event loop: waits for a database that is away."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

_log = logging.getLogger(__name__)

_Result = TypeVar("_Result")
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 10.0
NO_DATABASE = (OperationalError, InterfaceError)


class Desk:
    """Does one thing after the other with the database."""

    def __init__(self, name: str, *, dice: Callable[[], float]) -> None:
        self._dice = dice
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def once(self, work: Callable[[], _Result]) -> _Result:
        """Do something; raises one of NO_DATABASE, and has a new connection the next time."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, _do, work)

    async def until_done(
        self, work: Callable[[], _Result], *, give_up: Callable[[], bool]
    ) -> _Result:
        """Do something as soon as there is a database; raises one of NO_DATABASE to give up."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                return await self.once(work)
            except NO_DATABASE as error:
                if give_up():
                    raise
                # Words of the database may quote what stands in a row: its kind is enough.
                _log.warning("waiting for the database (%s)", type(error).__name__)
            await asyncio.sleep(pause * (0.5 + self._dice() / 2))
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def close(self) -> None:
        """Finish what was begun, and leave the database."""
        self._thread.submit(_leave).result()
        self._thread.shutdown()


def _do(work: Callable[[], _Result]) -> _Result:
    try:
        return work()
    except NO_DATABASE:
        connection.close()
        raise


def _leave() -> None:
    connection.close()
