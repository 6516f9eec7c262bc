"""The bar that shows how far a long command is, where there is a terminal to show it on."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

import click

_OFTEN_ENOUGH = 2**16
_WIDTH = 28


class ProgressBar:
    """Told how much has been read and what is being done; silent without a terminal."""

    def __init__(self) -> None:
        # The class behind click.progressbar is private, so it cannot be named here.
        self._bar: Any = None
        self._stack = contextlib.ExitStack()
        self._pending = 0
        self._name = ""

    def reading(self, *, size: int) -> None:
        """Show the bar."""
        hidden = not sys.stdout.isatty()
        self._bar = self._stack.enter_context(
            click.progressbar(length=size, label=self._name, hidden=hidden)
        )

    def read(self, size: int) -> None:
        """Move on, in steps that cost nothing."""
        self._pending += size
        if self._pending > _OFTEN_ENOUGH:
            self._show()

    def step(self, name: str) -> None:
        """Name what is being done."""
        self._name = name
        self._show()

    def close(self) -> None:
        """Leave the line of the bar."""
        self._stack.close()

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.label = self._name.ljust(_WIDTH)
            self._bar.update(self._pending)
            self._pending = 0


@contextlib.contextmanager
def progress_bar() -> Iterator[ProgressBar]:
    """Give a bar that is gone when the block ends."""
    bar = ProgressBar()
    try:
        yield bar
    finally:
        bar.close()
