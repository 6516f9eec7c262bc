"""The record of imports: one at a time, each begun, and then done, refused or interrupted."""

import contextlib
import datetime
from collections.abc import Iterator

from django.db import connection
from django.db.models import Max

from mahis.gateways.register_files import Bundle, FileRefused
from mahis.store.models import RegisterImport
from mahis.usecases.import_register.outcome import Outcome

Row = RegisterImport

# Any number will do that nobody else locks: the letters of the service's name.
_LOCK = 0x4D61686973


class AnotherImportRuns(Exception):
    """Another import of register files is running on this database."""


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of imports; raises AnotherImportRuns where somebody else does.

    The lock belongs to the connection: a killed import gives it back without doing anything.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        found = cursor.fetchone()
    if not (found and found[0]):
        raise AnotherImportRuns
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def begun(*, source: str, at: datetime.datetime) -> RegisterImport:
    """Record that an import begins; what was begun before and never finished was interrupted."""
    RegisterImport.objects.filter(outcome=RegisterImport.Outcome.RUNNING).update(
        outcome=RegisterImport.Outcome.REFUSED,
        finished_at=at,
        report={"reason": "interrupted; the register is as it was before"},
    )
    return RegisterImport.objects.create(
        source=source, started_at=at, outcome=RegisterImport.Outcome.RUNNING
    )


def described(row: RegisterImport, *, bundle: Bundle, digest: str) -> None:
    """Record what is being imported."""
    row.digest = digest
    if bundle.extract is not None:
        row.extract_kind = bundle.extract.kind.value
        row.extract_number = bundle.extract.number
        row.snapshot_date = bundle.extract.snapshot
        row.series = bundle.extract.series
    row.save()


def is_known(row: RegisterImport) -> bool:
    """Say whether the register already holds what these files would make of it.

    An extract is part of a series that only goes on, so having been imported once is enough;
    our own files may go back and forth, so they must be the last ones that were imported.
    """
    done = RegisterImport.objects.filter(outcome=RegisterImport.Outcome.DONE)
    if row.extract_kind:
        return done.filter(digest=row.digest, series=row.series).exists()
    last = done.filter(extract_kind="").order_by("-pk").first()
    return last is not None and last.digest == row.digest


def require_newer(row: RegisterImport) -> None:
    """Require that an extract is not older than the register; raises FileRefused."""
    if row.snapshot_date is None:
        return
    newest = RegisterImport.objects.filter(
        outcome=RegisterImport.Outcome.DONE, series=row.series
    ).aggregate(newest=Max("snapshot_date"))["newest"]
    if newest is not None and row.snapshot_date < newest:
        reason = f"the extract shows {row.snapshot_date}, but the register already shows {newest}"
        raise FileRefused(file="meta.csv", reason=reason)


def dropped(row: RegisterImport) -> None:
    """Forget an import that had nothing to do."""
    row.delete()


def done(row: RegisterImport, *, outcome: Outcome, at: datetime.datetime) -> None:
    """Record what an import did, in the transaction in which it does it."""
    row.outcome = RegisterImport.Outcome.DONE
    row.finished_at = at
    row.report = outcome.report()
    row.save()


def refused(row: RegisterImport, *, refusal: FileRefused, at: datetime.datetime) -> None:
    """Record where and why an import was refused."""
    row.outcome = RegisterImport.Outcome.REFUSED
    row.finished_at = at
    row.report = {"file": refusal.file, "line": refusal.line, "reason": refusal.reason}
    row.save()
