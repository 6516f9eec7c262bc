"""A bundle: the register files that come together, what each is for, and which extract they are."""

import contextlib
import dataclasses
import datetime
import enum
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from mahis.gateways.register_files import kbo, own, reading
from mahis.gateways.register_files.cells import CellRefused, read_date, shown
from mahis.gateways.register_files.layouts import Column, Layout
from mahis.gateways.register_files.reading import Progress
from mahis.gateways.register_files.refusal import FileRefused
from mahis.gateways.register_files.source import Entry, entries

META = "meta.csv"
LAYOUTS = {layout.stem: layout for layout in (*kbo.LAYOUTS, *own.LAYOUTS)}
_NAME = re.compile(r"(?P<stem>[a-z_]+?)(?P<suffix>_delete|_insert)?\.csv")
_CHUNK = 2**20


class Treatment(enum.Enum):
    """What a file does to the table behind it."""

    #: The table becomes what the file says.
    WHOLE = ""
    #: What the file names is taken out.
    DELETE = "_delete"
    #: What the file says is added.
    INSERT = "_insert"


class ExtractKind(enum.Enum):
    """The two kinds of extracts of KBO Open Data."""

    FULL = "full"
    UPDATE = "update"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Extract:
    """What meta.csv says of an extract of KBO Open Data."""

    kind: ExtractKind
    #: Day on which the extract shows the register; None: the bundle has no meta.csv.
    snapshot: datetime.date | None
    number: int | None = None
    #: Which series of extracts this one belongs to; empty: that of the Crossroads Bank itself.
    #: Our own addition, by which an invented register can stand beside a real one.
    series: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Part:
    """One file of a bundle."""

    entry: Entry
    layout: Layout
    treatment: Treatment

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that this file has."""
        if self.treatment is Treatment.DELETE:
            return self.layout.delete_columns
        return self.layout.columns


@dataclasses.dataclass(frozen=True, kw_only=True)
class Bundle:
    """The files of one import, opened."""

    #: Name of the folder or zip file, without its path.
    source: str
    parts: tuple[Part, ...]
    #: None where the bundle holds only files of our own.
    extract: Extract | None
    #: Names of files that are no register files and were left aside.
    ignored: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """Bytes of all parts, once unpacked."""
        return sum(part.entry.size for part in self.parts)

    def digest(self) -> str:
        """Give the SHA-256 of names and contents; raises FileRefused where a file is damaged."""
        whole = hashlib.sha256()
        for entry in sorted(self.entries, key=lambda each: each.name):
            whole.update(f"{entry.name}\0{_digest(entry)}\n".encode())
        return whole.hexdigest()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """Open a folder or zip file of register files for as long as the block lasts.

    Raises FileRefused where files are missing, unknown, or do not fit together.
    """
    with entries(path) as found:
        meta = found.get(META)
        named = {name: entry for name, entry in found.items() if name.endswith(".csv")}
        parts = tuple(
            sorted(
                (_part(entry) for name, entry in named.items() if name != META),
                key=lambda part: (list(LAYOUTS).index(part.layout.stem), part.entry.name),
            )
        )
        if not parts:
            raise FileRefused(file=path.name, reason="there are no register files in it")
        used = (*(part.entry for part in parts), *([meta] if meta else []))
        yield Bundle(
            source=path.name,
            parts=parts,
            extract=_extract(meta, parts),
            ignored=tuple(sorted(set(found) - set(named))),
            entries=used,
        )


def _part(entry: Entry) -> Part:
    match = _NAME.fullmatch(entry.name)
    layout = LAYOUTS.get(match["stem"]) if match else None
    if match is None or layout is None:
        raise FileRefused(file=entry.name, reason="no register file has this name")
    treatment = Treatment(match["suffix"] or "")
    if treatment is Treatment.DELETE and layout.delete_by is None:
        reason = f"nothing can be deleted from {layout.stem}.csv; it is always given whole"
        raise FileRefused(file=entry.name, reason=reason)
    return Part(entry=entry, layout=layout, treatment=treatment)


def _extract(meta: Entry | None, parts: tuple[Part, ...]) -> Extract | None:
    of_extract = [part for part in parts if part.layout.of_extract]
    if meta is None:
        return _unnamed_extract(of_extract)
    extract = _read_meta(meta)
    for part in of_extract:
        _require_fitting(part, extract.kind)
    return extract


def _unnamed_extract(parts: list[Part]) -> Extract | None:
    """Take pieces of an update without meta.csv as such; a whole extract must say its date."""
    if not parts:
        return None
    for part in parts:
        if part.treatment is Treatment.WHOLE and part.layout is not kbo.CODE:
            reason = "a full extract needs a meta.csv, which says the day it shows"
            raise FileRefused(file=part.entry.name, reason=reason)
    return Extract(kind=ExtractKind.UPDATE, snapshot=None)


def _require_fitting(part: Part, kind: ExtractKind) -> None:
    # The codes are given whole in extracts of both kinds.
    whole = part.treatment is Treatment.WHOLE
    if part.layout is not kbo.CODE and whole is not (kind is ExtractKind.FULL):
        reason = f"such a file does not belong in an extract of the type {kind.value}"
        raise FileRefused(file=part.entry.name, reason=reason)


def _read_meta(meta: Entry) -> Extract:
    variables = {
        cells[0]: (line, cells[1])
        for line, cells in reading.records(
            entry=meta, headers=kbo.META_HEADERS, progress=lambda _: None
        )
    }
    return Extract(
        kind=_kind(meta, *variables.get("ExtractType", (None, ""))),
        snapshot=_snapshot(meta, *variables.get("SnapshotDate", (None, ""))),
        number=_extract_number(meta, *variables.get("ExtractNumber", (None, ""))),
        series=variables.get("Series", (0, ""))[1],
    )


def _kind(meta: Entry, line: int | None, text: str) -> ExtractKind:
    try:
        return ExtractKind(text)
    except ValueError:
        reason = f"ExtractType is {shown(text)}, neither full nor update"
        raise FileRefused(file=meta.name, line=line, reason=reason) from None


def _snapshot(meta: Entry, line: int | None, text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(read_date(text))
    except CellRefused as error:
        reason = f"SnapshotDate: {error}"
        raise FileRefused(file=meta.name, line=line, reason=reason) from None


def _extract_number(meta: Entry, line: int | None, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):  # noqa: PLR2004
        reason = f"ExtractNumber is {shown(text)}, which is no number"
        raise FileRefused(file=meta.name, line=line, reason=reason)
    return int(text)


def _digest(entry: Entry) -> str:
    whole = hashlib.sha256()
    try:
        with entry.open() as stream:
            while chunk := stream.read(_CHUNK):
                whole.update(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise FileRefused(file=entry.name, reason="the file is cut off or damaged") from error
    return whole.hexdigest()


def rows_of(part: Part, progress: Progress) -> Iterator[tuple[str | int | None, ...]]:
    """Give the rows of a part as values, each with its line number in front."""
    return reading.rows(
        entry=part.entry, layout=part.layout, columns=part.columns, progress=progress
    )
