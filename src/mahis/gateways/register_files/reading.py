"""Reading the rows of one file as a stream: bytes, lines, cells, values."""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from mahis.domain.refusals import Refused
from mahis.gateways.register_files.cells import CellRefused, Value, shown
from mahis.gateways.register_files.layouts import Column, Layout
from mahis.gateways.register_files.refusal import FileRefused
from mahis.gateways.register_files.source import Entry

# The longest line seen in an extract has about 500 characters.
_LONGEST_LINE = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError)

#: Told how many more bytes have been read.
Progress = Callable[[int], None]


def rows(
    *, entry: Entry, layout: Layout, columns: tuple[Column, ...], progress: Progress
) -> Iterator[tuple[Value, ...]]:
    """Give the rows of a file as values, each with its line number in front.

    Raises FileRefused at the first line that is wrong.
    """
    reader = records(entry=entry, headers=[column.header for column in columns], progress=progress)
    reads = [column.form.read for column in columns]
    check = layout.check if len(columns) == len(layout.columns) else None
    names = [column.name for column in columns]
    for line, cells in reader:
        try:
            values = [read(cell) for read, cell in zip(reads, cells, strict=True)]
        except ValueError:
            raise _refusal(entry, line, columns, cells) from None
        if check is not None:
            wrong = check(dict(zip(names, values, strict=True)))
            if wrong:
                raise FileRefused(file=entry.name, line=line, reason=wrong)
        yield (line, *values)


def records(
    *, entry: Entry, headers: list[str], progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    """Give the records of a file that must have these columns, each with its line number."""
    try:
        with entry.open() as stream:
            reader = csv.reader(_lines(stream, entry.name, progress), strict=True)
            _require_headers(entry.name, next(reader, []), headers)
            for cells in reader:
                if len(cells) != len(headers):
                    if not cells:
                        continue
                    reason = f"there are {len(cells)} cells where {len(headers)} columns stand"
                    raise FileRefused(file=entry.name, line=reader.line_num, reason=reason)
                yield reader.line_num, cells
    except csv.Error as error:
        reason = f"the line is no proper CSV ({error})"
        raise FileRefused(file=entry.name, line=reader.line_num, reason=reason) from error
    except _DAMAGED as error:
        raise FileRefused(file=entry.name, reason="the file is cut off or damaged") from error


def _lines(stream: IO[bytes], name: str, progress: Progress) -> Iterator[str]:
    """Give the lines of a stream, decoded one by one so that a wrong one can be named."""
    buffered = io.BufferedReader(_Raw(stream), 2**18)
    number = 0
    while raw := buffered.readline(_LONGEST_LINE + 1):
        number += 1
        if len(raw) > _LONGEST_LINE:
            raise FileRefused(file=name, line=number, reason="the line is too long")
        if number == 1:
            raw = raw.removeprefix(_BOM)
        progress(len(raw))
        try:
            yield raw.decode()
        except UnicodeDecodeError:
            reason = "the line is not written in UTF-8"
            raise FileRefused(file=name, line=number, reason=reason) from None


class _Raw(io.RawIOBase):
    """Lets a buffer of C read from a zip member, whose own line reading is slow."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _require_headers(name: str, found: list[str], expected: list[str]) -> None:
    if found != expected:
        reason = f"the columns are {shown(','.join(found))}, not {','.join(expected)}"
        raise FileRefused(file=name, line=1, reason=reason)


def _refusal(entry: Entry, line: int, columns: tuple[Column, ...], cells: list[str]) -> FileRefused:
    """Find out which cell of a row is wrong."""
    for column, cell in zip(columns, cells, strict=True):
        try:
            column.form.read(cell)
        except (CellRefused, Refused) as error:
            reason = f"{column.header}: {error}"
            return FileRefused(file=entry.name, line=line, reason=reason)
    message = "a row is refused only because of one of its cells"
    raise AssertionError(message)
