"""Several commands share one server: each holds a lock, and the last to leave stops it.

The kernel drops the locks of a process that dies, however it dies; so nobody who was killed is
counted for ever. Starting and stopping happen under a second lock, one command at a time.
"""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

_PRIVATE = 0o600


@contextlib.contextmanager
def shared(*, folder: Path, enter: Callable[[], None], leave: Callable[[], None]) -> Iterator[None]:
    """Be one of those who use what `enter` starts; the last one out calls `leave`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _opened(folder / "users.lock") as users, _opened(folder / "turn.lock") as turn:
        with _held(turn):
            enter()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with _held(turn):
                fcntl.flock(users, fcntl.LOCK_UN)
                if _is_unused(users):
                    leave()


def _is_unused(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(users, fcntl.LOCK_UN)
    return True


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _held(turn: int) -> Iterator[None]:
    fcntl.flock(turn, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(turn, fcntl.LOCK_UN)
