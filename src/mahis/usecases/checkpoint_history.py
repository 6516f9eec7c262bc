"""Fix the history until now for ever, by one number that stands for all of it (L7)."""

import datetime
import logging
from collections.abc import Callable

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from mahis.domain.refusals import Conflict
from mahis.store import history_root
from mahis.store.models import HistoryCheckpoint, HistoryEntry
from mahis.usecases._transaction import in_one_transaction

_log = logging.getLogger(__name__)

# Any number will do that nobody else locks: the letters of "root".
_LOCK = 0x726F6F74
_TRIES = 150

#: Whoever adds to the history holds this lock from before an entry has its key until the end.
_WRITERS = """
SELECT virtualtransaction
FROM pg_locks
WHERE locktype = 'relation'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation = 'store_historyentry'::regclass
    AND mode = 'RowExclusiveLock'
    AND granted
    AND pid IS DISTINCT FROM pg_backend_pid()
"""


class HistoryNotAtRest(Conflict):
    """Somebody has been writing to the history all the while; the checkpoint is tried again."""

    code = "historyNotAtRest"


def checkpoint(*, at: datetime.datetime, pause: Callable[[], None]) -> int:
    """Write the checkpoint of a day, unless it is written; gives how many entries it adds.

    Entries get their keys before their transactions end. So those are waited for that may still
    bring an entry among the ones that were read, by calling `pause` again and again; nobody is
    kept waiting by it. Raises HistoryNotAtRest.
    """
    last_entry = HistoryEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    writing = _writers()
    for _ in range(_TRIES):
        writing &= _writers()
        if not writing:
            return _write(last_entry=last_entry, at=at)
        pause()
    raise HistoryNotAtRest


def _writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return {row[0] for row in cursor.fetchall()}


@in_one_transaction
def _write(*, last_entry: int, at: datetime.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    day = timezone.localtime(at).date()
    last = HistoryCheckpoint.objects.order_by("-number").first()
    if last is not None and (last.day >= day or last.last_entry > last_entry):
        return 0
    links = history_root.links(after=last.last_entry if last else 0, until=last_entry)
    row = history_root.checkpoint_after(last, links, last_entry=last_entry, day=day, at=at)
    row.save(force_insert=True)
    # Whoever keeps the log elsewhere has by it what nobody can change in the database.
    _log.info("checkpoint %s of the history has the root %s", row.number, row.root)
    return row.entries
