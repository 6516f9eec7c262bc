"""Steps that time and the register bring about, one authorisation at a time."""

import datetime
import functools

from django.db.models import QuerySet

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import AuthorisationReference, State
from mahis.store.models import Mandate
from mahis.usecases import _acting, _locked, _one_by_one, _record
from mahis.usecases._transaction import in_one_transaction


def take_everywhere(
    *,
    act: Act,
    doer: Doer,
    found: QuerySet[Mandate],
    states: frozenset[State],
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    """Take a step with all mandates in some states of the authorisations found; gives how many.

    Raises SomeLeftOut once all others have taken it.
    """
    take = functools.partial(_take, act=act, doer=doer, states=states, at=at, on=on)
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
) -> int:
    locked = _locked.lock(reference=reference, actor=None, version=None, on=on)
    taken = []
    for row in locked.mandates:
        case = _acting.case_for(row, locked, on=on, limits=Limits())
        if row.state in states and lifecycle.would_take(act=act, doer=doer, case=case):
            step = lifecycle.take(act=act, doer=doer, case=case)
            taken.append(_record.Taken(row=row, step=step))
    if taken:
        _record.record(
            authorisation=locked.authorisation,
            taken=taken,
            by=_record.By(kind=doer.kind),
            at=at,
            signed=locked.signed,
        )
    return len(taken)
