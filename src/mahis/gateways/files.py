"""The store of files: a folder in which each file lies under the SHA-256 of its own bytes.

A file is put before anything refers to it, and nothing is ever changed or removed: whatever is
killed in between leaves at most a file to which nothing refers.
"""

import contextlib
import dataclasses
import datetime
import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from mahis.domain.refusals import Refused

_log = logging.getLogger(__name__)

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 2**16
#: How files are called while they are being written, all in the uppermost folder.
_COMING = "coming-"


class FileLost(Refused):
    """A file that was kept is missing or damaged; the log of the service names it."""

    code = "fileLost"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Kept:
    """A file as it lies in the store."""

    #: Hexadecimal.
    sha256: str
    #: Number of bytes.
    size: int


class Files:
    """Keeps files in a folder, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep bytes for ever; gives their SHA-256, hexadecimal. Safe to repeat and to interrupt.

        When this returns, the file outlives a loss of power.
        """
        digest = self.digest(data)
        place = self._place(digest)
        if not _holds(place, data):
            self._make(place.parent)
            self._write(place, data)
        # Also where it was there already: whoever wrote it may not have come this far.
        _flush_folder(place.parent)
        return digest

    def keep(self, write: Callable[[BinaryIO], None]) -> Kept:
        """Keep what is written into a file, however large; else as `put`.

        `write` may go back and forth in the file that it is given.
        """
        self._make(self._folder)
        descriptor, name = tempfile.mkstemp(dir=self._folder, prefix=_COMING)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
                digest = _digest_of(file)
            place = self._place(digest)
            self._make(place.parent)
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)
        _flush_folder(place.parent)
        return Kept(sha256=digest, size=size)

    def tidy(self, *, before: datetime.datetime) -> int:
        """Remove what somebody began to write before a moment, and was killed over; gives how many.

        What is kept is never touched.
        """
        removed = 0
        for path in self._folder.glob(f"{_COMING}*"):
            # Whoever still writes it can come to its end at this very moment.
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    removed += 1
        return removed

    @staticmethod
    def digest(data: bytes) -> str:
        """Give the SHA-256 under which bytes are kept."""
        return hashlib.sha256(data).hexdigest()

    def read(self, sha256: str) -> bytes:
        """Give the bytes of a file; raises FileLost where they are not what was kept."""
        with self.open(sha256) as file:
            return file.read()

    @contextlib.contextmanager
    def open(self, sha256: str) -> Iterator[BinaryIO]:
        """Give a file to read from its beginning; raises FileLost before the first byte is given.

        The file is read through once to check it, so that nothing damaged is ever handed out.
        """
        try:
            file = self._place(sha256).open("rb")
        except FileNotFoundError:
            _log.error("the file %s is missing in the store of files", sha256)
            raise FileLost from None
        with file:
            if _digest_of(file) != sha256:
                _log.error("the file %s is damaged in the store of files", sha256)
                raise FileLost
            file.seek(0)
            yield file

    def _place(self, sha256: str) -> Path:
        """Give the place of a file: two levels of folders keep each of them small."""
        if not _DIGEST.fullmatch(sha256):
            message = "a file is known by its SHA-256"
            raise ValueError(message)
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it, each of them written to the disk in the one above."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _flush_folder(folder.parent)

    def _write(self, place: Path, data: bytes) -> None:
        """Write a file under another name first: under its own it is there whole or not at all."""
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=_COMING, delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(place)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise


def _holds(place: Path, data: bytes) -> bool:
    """Say whether a place holds exactly these bytes; a damaged file is written anew."""
    try:
        return place.read_bytes() == data
    except FileNotFoundError:
        return False


def _digest_of(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
