"""Steps that time and the register bring about, one authorisation at a time."""

import datetime
from collections.abc import Iterable

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import AuthorisationReference, State
from mahis.store.models import Authorisation
from mahis.usecases import _acting, _locked, _record
from mahis.usecases._transaction import in_one_transaction


def take_everywhere(
    *,
    act: Act,
    doer: Doer,
    states: frozenset[State],
    found: Iterable[Authorisation],
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    """Take a step with all mandates in some states of some authorisations; gives how many.

    Each authorisation is a transaction of its own: standing still half-way loses nothing, and a
    second run goes on where the first stopped.
    """
    return sum(
        _take(act=act, doer=doer, states=states, reference=row.reference, at=at, on=on)
        for row in found
    )


@in_one_transaction
def _take(
    *,
    act: Act,
    doer: Doer,
    states: frozenset[State],
    reference: AuthorisationReference,
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
