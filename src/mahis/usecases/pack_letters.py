"""Pack the letters that wait into the batch of a day (T3)."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.db import connection

from mahis.domain.letters import BatchState
from mahis.gateways import print_package
from mahis.gateways.files import FileLost, Files, Kept
from mahis.gateways.print_package import Package, PackedLetter
from mahis.store.models import Letter, LetterBatch
from mahis.usecases._transaction import in_one_transaction

# Any number will do that nobody else locks: the letters of "batch".
_LOCK = 0x6261746368
#: Like goes to like, so that the printer changes paper and envelopes as seldom as can be.
_ORDER = ("abroad", "pages", "made_at", "notice_id")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Packed:
    """A batch whose package is made."""

    number: int
    letters: int
    pages: int


def pack_letters(*, files: Files, at: datetime.datetime, on: datetime.date) -> tuple[Packed, ...]:
    """Make the batch of a day of all letters that are in none, and its package.

    A day has one batch; what is written after that goes into the next. Batches that were begun
    and never finished are finished first, with the letters that they have. Gives the batches
    whose package was made now. Safe to repeat and to interrupt. Raises FileLost where a letter is
    lost: its batch then waits, and says so.
    """
    _open(at=at, on=on)
    begun = LetterBatch.objects.filter(state=BatchState.OPEN).order_by("number")
    return tuple(_pack(batch, files=files, at=at) for batch in list(begun))


@in_one_transaction
def _open(*, at: datetime.datetime, on: datetime.date) -> None:
    """Choose the letters of a day, for ever; nothing where it has its batch, or there are none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if LetterBatch.objects.filter(day=on).exists():
        return
    chosen = list(
        Letter.objects.filter(batch=None).order_by(*_ORDER).select_for_update(of=("self",))
    )
    if not chosen:
        return
    last = LetterBatch.objects.order_by("-number").first()
    batch = LetterBatch.objects.create(
        number=last.number + 1 if last else 1,
        day=on,
        state=BatchState.OPEN,
        letters=len(chosen),
        pages=sum(each.pages for each in chosen),
        opened_at=at,
    )
    _put_in(batch, chosen)


def _put_in(batch: LetterBatch, letters: Sequence[Letter]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_letter SET batch_id = %s, place = chosen.place"
            " FROM unnest(%s::uuid[]) WITH ORDINALITY AS chosen (notice, place)"
            " WHERE store_letter.notice_id = chosen.notice",
            [batch.number, [each.pk for each in letters]],
        )
        assert cursor.rowcount == batch.letters, "each of them is locked"


def _pack(batch: LetterBatch, *, files: Files, at: datetime.datetime) -> Packed:
    """Make the package of a batch with nothing locked, and record it."""
    package = _package(batch)
    try:
        kept = files.keep(lambda into: print_package.write(package, read=files.read, into=into))
    except FileLost as lost:
        _note(batch, problem=lost.code, at=at)
        raise
    _record(batch, kept=kept, at=at)
    return Packed(number=batch.number, letters=batch.letters, pages=batch.pages)


def _package(batch: LetterBatch) -> Package:
    rows = Letter.objects.filter(batch=batch).order_by("place")
    package = Package(
        number=batch.number,
        day=batch.day,
        letters=tuple(
            PackedLetter(
                place=place,
                letter=str(row.pk),
                pages=row.pages,
                abroad=row.abroad,
                language=row.language.value,
                sha256=row.document_id,
            )
            for place, row in enumerate(rows, start=1)
        ),
    )
    counted = (len(package.letters), package.pages)
    assert counted == (batch.letters, batch.pages), "the letters of a batch never change"
    return package


@in_one_transaction
def _record(batch: LetterBatch, *, kept: Kept, at: datetime.datetime) -> None:
    """Record a package, unless somebody else made the same one meanwhile."""
    LetterBatch.objects.filter(pk=batch.pk, state=BatchState.OPEN).update(
        state=BatchState.PACKED,
        sha256=kept.sha256,
        size=kept.size,
        packed_at=at,
        problem="",
        failed_at=None,
    )


@in_one_transaction
def _note(batch: LetterBatch, *, problem: str, at: datetime.datetime) -> None:
    LetterBatch.objects.filter(pk=batch.pk, state=BatchState.OPEN).update(
        problem=problem, failed_at=at
    )
