"""A mandate takes the place of another mandatary's, and gives it back when it is withdrawn (C6)."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act, Doer, Kind
from mahis.domain.mandate import HOLDING_STATES, RUNNING_STATES
from mahis.store.models import Mandate
from mahis.usecases import _acting, _record
from mahis.usecases._locked import Locked
from mahis.usecases._record import Taken

_SUCCESSOR = Doer(kind=Kind.SUCCESSOR)


def take_places(
    locked: Locked, taken: Sequence[Taken], *, at: datetime.datetime, on: datetime.date
) -> list[Taken]:
    """End the mandates whose place is taken by those that both parties have signed now.

    It is written before the steps of the newer mandates, which need the quarters to be free; gives
    these steps, with what they rest on. A mandate that has ended by itself before the newer one
    starts is left as it is, and then nothing was replaced.
    """
    arrived = {each.row.pk: each for each in taken if _arrives(each) and each.row.replaces}
    ended: list[tuple[Locked, Taken]] = []
    for each in arrived.values():
        older, row = _older_of(locked, each.row)
        if not (row.state in HOLDING_STATES and row.quarters.overlaps(each.row.quarters)):
            each.row.replaces = None
            each.row.save(update_fields=["replaces"])
            continue
        step = lifecycle.take(
            act=Act.REPLACE,
            doer=_SUCCESSOR,
            case=_acting.case_for(
                row, older, on=on, limits=Limits(), end=each.row.quarters.start - 1
            ),
        )
        ended.append((older, Taken(row=row, step=step, evidence=_names_successor(each.row))))
    _write(ended, at=at)
    return [
        dataclasses.replace(each, evidence=names_replaced(each.row))
        if each.row.pk in arrived
        else each
        for each in taken
    ]


def give_back(
    locked: Locked, taken: Sequence[Taken], *, at: datetime.datetime, on: datetime.date
) -> None:
    """Give those mandates their open end again whose place was taken by those withdrawn now.

    It is written after the withdrawal, which frees the quarters. A mandate that has been given
    another end since keeps it.
    """
    reopened: list[tuple[Locked, Taken]] = []
    for each in taken:
        if each.step.before not in RUNNING_STATES or each.row.replaces is None:
            continue
        older, row = _older_of(locked, each.row)
        case = dataclasses.replace(
            _acting.case_for(row, older, on=on, limits=Limits()),
            undone_end=each.row.quarters.start - 1,
        )
        if lifecycle.would_take(act=Act.REOPEN, doer=_SUCCESSOR, case=case):
            step = lifecycle.take(act=Act.REOPEN, doer=_SUCCESSOR, case=case)
            reopened.append((older, Taken(row=row, step=step, evidence=_names_successor(each.row))))
    _write(reopened, at=at)


def names_replaced(row: Mandate) -> dict[str, object]:
    """Give what the history of a mandate keeps of the one that it replaces, if any."""
    return {"replaces": str(row.replaces.reference)} if row.replaces else {}


def _names_successor(row: Mandate) -> dict[str, object]:
    return {"successor": str(row.reference)}


def _arrives(taken: Taken) -> bool:
    """Say whether a mandate holds its quarters from this step on."""
    return taken.step.after in RUNNING_STATES and taken.step.before not in RUNNING_STATES


def _older_of(locked: Locked, newer: Mandate) -> tuple[Locked, Mandate]:
    """Give the mandate that another replaces, as it stands under lock."""
    assert newer.replaces is not None
    older = locked.replaced[newer.replaces.authorisation_id]
    (row,) = [row for row in older.mandates if row.pk == newer.replaces_id]
    return older, row


def _write(steps: Iterable[tuple[Locked, Taken]], *, at: datetime.datetime) -> None:
    """Write the steps of older mandates, those of one authorisation as one act."""
    acts: dict[int, tuple[Locked, list[Taken]]] = {}
    for older, taken in steps:
        acts.setdefault(older.authorisation.pk, (older, []))[1].append(taken)
    for older, taken_together in acts.values():
        _record.record(
            authorisation=older.authorisation,
            taken=taken_together,
            by=_record.By(kind=Kind.SUCCESSOR),
            at=at,
            signed=older.signed,
        )
