"""Hand over packages of letters to the printer (T3)."""

import datetime
import logging

from mahis.domain.letters import BatchState
from mahis.gateways.files import FileLost, Files
from mahis.gateways.post import handing
from mahis.gateways.post.parcel import Parcel
from mahis.gateways.post.refusals import NotHandedOver
from mahis.gateways.post.settings import Target
from mahis.gateways.print_package import package_name
from mahis.store.models import LetterBatch
from mahis.usecases._alone import alone
from mahis.usecases._transaction import in_one_transaction

# Any number will do that nobody else locks: the letters of "hand".
_LOCK = 0x68616E64
_log = logging.getLogger(__name__)


def hand_over(*, target: Target | None, files: Files, at: datetime.datetime) -> tuple[int, ...]:
    """Hand over every package that is made and that the printer does not have, the oldest first.

    Gives the numbers of the batches that the printer has now; none while another process is at
    it. What goes wrong is recorded with its batch, for officers, and raised once all were tried:
    a kind of NotHandedOver, or FileLost. Safe to repeat and to interrupt: a package that lies
    there already is handed over.
    """
    with alone(_LOCK) as ours:
        return _hand_over(target=target, files=files, at=at) if ours else ()


def _hand_over(*, target: Target | None, files: Files, at: datetime.datetime) -> tuple[int, ...]:
    done: list[int] = []
    failed: NotHandedOver | FileLost | None = None
    for batch in list(LetterBatch.objects.filter(state=BatchState.PACKED).order_by("number")):
        try:
            # The printer may take minutes to answer: no row is locked meanwhile.
            handing.deliver(_parcel(batch, files), to=target)
        except (NotHandedOver, FileLost) as refused:
            _log.warning("batch %s of letters was not handed over: %s", batch.number, refused.code)
            _note(batch, problem=refused.code, at=at)
            failed = failed or refused
        else:
            _record(batch, at=at)
            done.append(batch.number)
    if failed is not None:
        raise failed
    return tuple(done)


def _parcel(batch: LetterBatch, files: Files) -> Parcel:
    return Parcel(
        name=package_name(number=batch.number, day=batch.day),
        size=batch.size,
        sha256=batch.sha256,
        open=lambda: files.open(batch.sha256),
    )


@in_one_transaction
def _record(batch: LetterBatch, *, at: datetime.datetime) -> None:
    LetterBatch.objects.filter(pk=batch.pk, state=BatchState.PACKED).update(
        state=BatchState.HANDED, handed_at=at, problem="", failed_at=None
    )


@in_one_transaction
def _note(batch: LetterBatch, *, problem: str, at: datetime.datetime) -> None:
    LetterBatch.objects.filter(pk=batch.pk, state=BatchState.PACKED).update(
        problem=problem, failed_at=at
    )
