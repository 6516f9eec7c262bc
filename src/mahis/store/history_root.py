"""The root of the whole history, by which each checkpoint holds all entries before it (L7)."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator

from mahis.store.history_chain import BEGINNING
from mahis.store.models import HistoryCheckpoint, HistoryEntry

#: Authorisation, number in it and hash of an entry.
Link = tuple[int, int, str]
_CHUNK = 5000


def links(*, after: int, until: int) -> Iterator[Link]:
    """Give what the root says of the entries after one key and up to another, in their order."""
    found = HistoryEntry.objects.filter(pk__gt=after, pk__lte=until).order_by("pk")
    return found.values_list("authorisation_id", "number", "hash").iterator(chunk_size=_CHUNK)


def checkpoint_after(
    last: HistoryCheckpoint | None,
    links: Iterable[Link],
    *,
    last_entry: int,
    day: datetime.date,
    at: datetime.datetime,
) -> HistoryCheckpoint:
    """Give the checkpoint that follows another, over what was written since; nothing is written."""
    digest, entries = hashlib.sha256(), 0
    for authorisation, number, sha256 in links:
        digest.update(f"{authorisation} {number} {sha256}\n".encode())
        entries += 1
    row = HistoryCheckpoint(
        number=last.number + 1 if last else 1,
        day=day,
        made_at=at,
        last_entry=last_entry,
        entries=entries,
        previous_root=last.root if last else BEGINNING,
    )
    row.root = _root(row, content=digest.hexdigest())
    return row


def holds(row: HistoryCheckpoint, last: HistoryCheckpoint | None, links: Iterable[Link]) -> bool:
    """Say whether a checkpoint follows the one before it, and entries are as they were then."""
    expected = checkpoint_after(last, links, last_entry=row.last_entry, day=row.day, at=row.made_at)
    return (row.number, row.entries, row.previous_root, row.root) == (
        expected.number,
        expected.entries,
        expected.previous_root,
        expected.root,
    )


def _root(row: HistoryCheckpoint, *, content: str) -> str:
    """Give the SHA-256 of everything that a checkpoint says, in hexadecimal digits."""
    said = (
        row.number,
        row.day.isoformat(),
        row.made_at.timestamp(),
        row.last_entry,
        row.entries,
        row.previous_root,
        content,
    )
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()
