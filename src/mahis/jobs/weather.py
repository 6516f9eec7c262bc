"""Whether the e-Box takes anything at all: where it takes nothing, no notice is to blame."""

import uuid
from collections.abc import Callable

#: So many notices in a row have to fail before that is held against the e-Box.
_ALL_FAILING = 8
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 60.0


class Weather:
    """What one worker sees of the e-Box: fine again with the first notice that gets through."""

    def __init__(self, dice: Callable[[], float]) -> None:
        self._dice = dice
        self._failing: set[uuid.UUID] = set()
        self._is_out = False
        self._pause = _FIRST_PAUSE_SECONDS

    @property
    def is_out(self) -> bool:
        """Whether nothing gets through; then one notice at a time is sent, to find out."""
        return self._is_out

    def next_pause(self) -> float:
        """Give the seconds to wait before the next try while nothing gets through: ever more."""
        pause, self._pause = self._pause, min(self._pause * 2, _LONGEST_PAUSE_SECONDS)
        return pause * (0.5 + self._dice() / 2)

    def got_through(self) -> None:
        """Note that the e-Box took a notice."""
        self._failing.clear()
        self._is_out = False
        self._pause = _FIRST_PAUSE_SECONDS

    def failed(self, notice: uuid.UUID, *, for_certain: bool) -> None:
        """Note that it did not take a notice; `for_certain`: that no other would have fared better.

        One notice that fails over and over says nothing about the e-Box.
        """
        self._failing.add(notice)
        if for_certain or len(self._failing) >= _ALL_FAILING:
            self._is_out = True
