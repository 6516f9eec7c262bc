"""Things kept in memory for a while: safe between threads, each with its end, never too many."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

_Thing = TypeVar("_Thing")

_MOST_THINGS = 10_000


class Shelf(Generic[_Thing]):
    """A dictionary whose entries end by themselves; the oldest leave when it is full."""

    def __init__(
        self, *, seconds: float, now: Callable[[], float] = time.time, most: int = _MOST_THINGS
    ) -> None:
        self._seconds = seconds
        self._now = now
        self._most = most
        self._lock = threading.Lock()
        self._things: dict[str, tuple[float, _Thing]] = {}

    def put(self, name: str, thing: _Thing, *, seconds: float | None = None) -> None:
        """Keep a thing under a name, for the shelf's usual time or for `seconds`."""
        with self._lock:
            self._put(name, thing, seconds)

    def put_first(self, name: str, thing: _Thing, *, seconds: float | None = None) -> bool:
        """Keep a thing unless the name is taken; says whether it was the first of its name."""
        with self._lock:
            if self._find(name) is not None:
                return False
            self._put(name, thing, seconds)
            return True

    def get(self, name: str) -> _Thing | None:
        """Look at a thing; None where there is none, or its time is over."""
        with self._lock:
            return self._find(name)

    def take(self, name: str) -> _Thing | None:
        """Take a thing off the shelf: only one of several takers gets it."""
        with self._lock:
            thing = self._find(name)
            self._things.pop(name, None)
            return thing

    def _put(self, name: str, thing: _Thing, seconds: float | None) -> None:
        self._make_room()
        ends = self._now() + (self._seconds if seconds is None else seconds)
        self._things[name] = (ends, thing)

    def _find(self, name: str) -> _Thing | None:
        ends, thing = self._things.get(name, (0.0, None))
        return thing if ends > self._now() else None

    def _make_room(self) -> None:
        if len(self._things) < self._most:
            return
        now = self._now()
        self._things = {name: kept for name, kept in self._things.items() if kept[0] > now}
        while len(self._things) >= self._most:
            del self._things[next(iter(self._things))]
