"""Steps that time and the register bring about, one authorisation at a time."""

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence

from django.db.models import QuerySet

from mahis.domain import lifecycle
from mahis.domain.conditions import Case, Limits
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import AuthorisationReference, State
from mahis.store.models import Mandate
from mahis.usecases import _acting, _locked, _one_by_one, _record
from mahis.usecases._transaction import in_one_transaction

#: Does what follows from steps, in their transaction.
Following = Callable[[_locked.Locked, Sequence[_record.Taken]], None]


def _as_it_is(case: Case, _row: Mandate) -> Case:
    return case


def _nothing(_case: Case) -> dict[str, object]:
    return {}


def _no_more(_authorisation: _locked.Locked, _taken: Sequence[_record.Taken]) -> None:
    return


def take_everywhere(
    *,
    act: Act,
    doer: Doer,
    found: QuerySet[Mandate],
    states: frozenset[State],
    at: datetime.datetime,
    on: datetime.date,
    known: Callable[[Case, Mandate], Case] = _as_it_is,
    evidence: Callable[[Case], Mapping[str, object]] = _nothing,
    following: Following = _no_more,
) -> int:
    """Take a step with all mandates in some states of the authorisations found; gives how many.

    `known` adds to a case what only this step asks for, `evidence` says what the step rests on, and
    `following` does what follows from it. Raises SomeLeftOut once all others have taken it.
    """
    take = functools.partial(
        _take,
        act=act,
        doer=doer,
        states=states,
        at=at,
        on=on,
        known=known,
        evidence=evidence,
        following=following,
    )
    return _one_by_one.do_each(_one_by_one.authorisations_of(found), take)


@in_one_transaction
def _take(
    reference: AuthorisationReference,
    *,
    act: Act,
    doer: Doer,
    states: frozenset[State],
    at: datetime.datetime,
    on: datetime.date,
    known: Callable[[Case, Mandate], Case],
    evidence: Callable[[Case], Mapping[str, object]],
    following: Following,
) -> int:
    locked = _locked.lock(reference=reference, actor=None, version=None, on=on)
    taken = []
    for row in locked.mandates:
        case = known(_acting.case_for(row, locked, on=on, limits=Limits()), row)
        if row.state in states and lifecycle.would_take(act=act, doer=doer, case=case):
            step = lifecycle.take(act=act, doer=doer, case=case)
            taken.append(_record.Taken(row=row, step=step, evidence=evidence(case)))
    if taken:
        _record.record(
            authorisation=locked.authorisation,
            taken=taken,
            by=_record.By(kind=doer.kind),
            at=at,
            signed=locked.signed,
        )
        following(locked, taken)
    return len(taken)
