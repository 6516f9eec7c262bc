"""Whether the history is what it was: the chains of entries, and the checkpoints over them (L7)."""

import dataclasses
import datetime
import itertools
from collections.abc import Iterator

from mahis.domain.mandate import AuthorisationReference
from mahis.store import history_chain, history_root
from mahis.store.models import Authorisation, HistoryCheckpoint, HistoryEntry

_READ_AT_ONCE = 2000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """A checkpoint, as it is noted elsewhere."""

    number: int
    day: datetime.date
    #: The number that stands for all of the history until then.
    root: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CheckpointVerdict(Checkpoint):
    """What came of comparing one checkpoint with the history."""

    #: Whether it follows the one before it, and the entries that it covers are as they were.
    holds: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class HistoryVerdict:
    """What came of comparing everything."""

    entries: int
    authorisations: int
    #: Authorisations with entries that do not follow each other, or without any.
    broken: tuple[AuthorisationReference, ...]
    checkpoints: tuple[CheckpointVerdict, ...]
    #: Entries that no checkpoint covers yet.
    uncovered: int

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, as far as can be seen from within."""
        return not self.broken and all(each.holds for each in self.checkpoints)


def verify() -> HistoryVerdict:
    """Compare every entry with the one before it, and every checkpoint with its entries."""
    entries = authorisations = 0
    broken: set[int] = set()
    for authorisation, chain in _chains():
        authorisations += 1
        entries += len(chain)
        if not history_chain.holds(chain):
            broken.add(authorisation)
    broken |= set(Authorisation.objects.filter(history=None).values_list("pk", flat=True))
    rows = list(HistoryCheckpoint.objects.order_by("number"))
    last_entry = rows[-1].last_entry if rows else 0
    return HistoryVerdict(
        entries=entries,
        authorisations=authorisations,
        broken=tuple(
            row.reference for row in Authorisation.objects.filter(pk__in=broken).order_by("pk")
        ),
        checkpoints=tuple(
            _compared(row, last) for row, last in zip(rows, [None, *rows], strict=False)
        ),
        uncovered=HistoryEntry.objects.filter(pk__gt=last_entry).count(),
    )


def last_checkpoints(*, most: int) -> tuple[Checkpoint, ...]:
    """Give the last checkpoints, the newest last."""
    rows = HistoryCheckpoint.objects.order_by("-number")[:most]
    return tuple(
        Checkpoint(number=row.number, day=row.day, root=row.root) for row in reversed(rows)
    )


def _chains() -> Iterator[tuple[int, list[HistoryEntry]]]:
    rows = HistoryEntry.objects.order_by("authorisation_id", "number")
    read = rows.iterator(chunk_size=_READ_AT_ONCE)
    for authorisation, chain in itertools.groupby(read, key=lambda row: row.authorisation_id):
        yield authorisation, list(chain)


def _compared(row: HistoryCheckpoint, last: HistoryCheckpoint | None) -> CheckpointVerdict:
    covered = history_root.links(after=last.last_entry if last else 0, until=row.last_entry)
    return CheckpointVerdict(
        number=row.number,
        day=row.day,
        root=row.root,
        holds=history_root.holds(row, last, covered),
    )
