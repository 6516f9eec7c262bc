"""Letters by post, for officers: batches, what waits for one, and who has no address (T3)."""

import dataclasses
import datetime
import uuid
import zipfile
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import BinaryIO

from django.db.models import QuerySet

from mahis.domain.deliveries import DeliveryState
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.letters import AddressProblem, BatchState, BatchUnknown, PackageNotMade
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.domain.refusals import Forbidden
from mahis.gateways.files import Files
from mahis.gateways.print_package import MANIFEST, package_name
from mahis.queries import labels
from mahis.store import addresses, loading
from mahis.store.models import Enterprise, Letter, LetterBatch, UnaddressedNotice

#: How many batches a page shows: the days of about two months.
MOST_BATCHES = 60
#: How many enterprises without an address a page shows.
MOST_UNADDRESSED = 200


class LettersAreForOfficers(Forbidden):
    """Batches of letters are shown to officers only."""

    code = "lettersAreForOfficers"


@dataclasses.dataclass(frozen=True, kw_only=True)
class BatchRow:
    """One batch as the list shows it."""

    number: int
    day: datetime.date
    state: BatchState
    letters: int
    pages: int
    #: The file of its package, its size and SHA-256; 0 and empty while it is being made.
    package: str
    size: int
    sha256: str
    handed_at: datetime.datetime | None
    #: Code of why the last attempt failed; empty where it did not.
    problem: str
    failed_at: datetime.datetime | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PackageFile:
    """The package of a batch, to be downloaded."""

    name: str
    size: int
    #: Gives the file to read; raises FileLost before the first byte.
    opened: AbstractContextManager[BinaryIO]


@dataclasses.dataclass(frozen=True, kw_only=True)
class UnaddressedRow:
    """One enterprise that cannot be written to."""

    number: EnterpriseNumber
    name: str
    problem: AddressProblem
    #: Since when its oldest letter waits.
    since: datetime.datetime
    #: How many letters wait.
    waiting: int
    #: The authorisations that they are about.
    references: tuple[AuthorisationReference, ...]
    #: Whether the register has an address meanwhile, so that the letters will be written.
    has_one_now: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class LetterStatus:
    """How far the letter about a notice is."""

    written_at: datetime.datetime
    #: The day of its batch, and when the printer got it; None while it waits for that.
    packed_on: datetime.date | None
    handed_at: datetime.datetime | None


def batches(*, actor: Actor) -> tuple[BatchRow, ...]:
    """Give the last batches, the newest first; raises LettersAreForOfficers."""
    _require_officer(actor)
    rows = LetterBatch.objects.order_by("-number")[:MOST_BATCHES]
    return tuple(_row(each) for each in rows)


def waiting(*, actor: Actor) -> int:
    """Count the letters that wait for the batch of a day; raises LettersAreForOfficers."""
    _require_officer(actor)
    return Letter.objects.filter(batch=None).count()


def package(*, actor: Actor, number: int, files: Files) -> PackageFile:
    """Give the package of a batch; raises BatchUnknown, PackageNotMade, LettersAreForOfficers."""
    row = _packed(actor, number)
    return PackageFile(
        name=package_name(number=row.number, day=row.day),
        size=row.size,
        opened=files.open(row.sha256),
    )


def manifest(*, actor: Actor, number: int, files: Files) -> bytes:
    """Give the list of a batch as CSV, as it lies in its package; raises the same and FileLost."""
    row = _packed(actor, number)
    with files.open(row.sha256) as file, zipfile.ZipFile(file) as archive:
        return archive.read(MANIFEST)


def count_without_address(*, actor: Actor) -> int:
    """Count the enterprises that cannot be written to; raises LettersAreForOfficers."""
    _require_officer(actor)
    return _unaddressed().values("recipient").distinct().count()


def letters_without_address(*, actor: Actor, language: str) -> tuple[UnaddressedRow, ...]:
    """List the enterprises that cannot be written to, the longest waiting first.

    Raises LettersAreForOfficers.
    """
    _require_officer(actor)
    found: dict[EnterpriseNumber, list[UnaddressedNotice]] = {}
    notices = _unaddressed().select_related("notice__authorisation")
    for row in notices.order_by("since", "notice__delivery__number"):
        found.setdefault(loading.number_of(row.recipient_id), []).append(row)
    shown = dict(list(found.items())[:MOST_UNADDRESSED])
    names = loading.names_of(shown, language=labels.language_of(language))
    known = Enterprise.objects.filter(number__in=list(shown))
    postal = addresses.postal(known, language=labels.language_of(language))
    return tuple(
        UnaddressedRow(
            number=number,
            name=names[number],
            problem=rows[-1].problem,
            since=rows[0].since,
            waiting=len(rows),
            references=_references(rows),
            has_one_now=not isinstance(postal[number], AddressProblem),
        )
        for number, rows in shown.items()
    )


def of_notices(notices: Iterable[uuid.UUID]) -> dict[uuid.UUID, LetterStatus]:
    """Give how far the letters about some notices are; nothing for those without one."""
    rows = Letter.objects.filter(pk__in=list(notices)).select_related("batch")
    return {
        row.pk: LetterStatus(
            written_at=row.made_at,
            packed_on=row.batch.day if row.batch else None,
            handed_at=row.batch.handed_at if row.batch else None,
        )
        for row in rows
    }


def _require_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise LettersAreForOfficers


def _packed(actor: Actor, number: int) -> LetterBatch:
    _require_officer(actor)
    row = LetterBatch.objects.filter(number=number).first()
    if row is None:
        raise BatchUnknown
    if row.state is BatchState.OPEN:
        raise PackageNotMade
    return row


def _row(batch: LetterBatch) -> BatchRow:
    return BatchRow(
        number=batch.number,
        day=batch.day,
        state=batch.state,
        letters=batch.letters,
        pages=batch.pages,
        package=package_name(number=batch.number, day=batch.day),
        size=batch.size,
        sha256=batch.sha256,
        handed_at=batch.handed_at,
        problem=batch.problem,
        failed_at=batch.failed_at,
    )


def _unaddressed() -> QuerySet[UnaddressedNotice]:
    """Give the notices that wait for an address; some reach their recipient in another way."""
    return UnaddressedNotice.objects.exclude(notice__delivery__state=DeliveryState.DELIVERED)


def _references(rows: Iterable[UnaddressedNotice]) -> tuple[AuthorisationReference, ...]:
    about = (row.notice.authorisation for row in rows)
    return tuple(dict.fromkeys(each.reference for each in about if each is not None))
