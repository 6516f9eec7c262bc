"""End delegations: by the delegator, the delegate or an officer, and with their mandate (L8)."""

import dataclasses
import datetime
import functools

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.delegation import DelegationUnknown, EndedBecause
from mahis.domain.lifecycle import Act, Doer, Kind, Standing
from mahis.domain.mandate import State
from mahis.domain.parties import Actor, Side
from mahis.store import delegations, loading
from mahis.store.models import Delegation
from mahis.usecases import _acting, _delegations, _locked, _one_by_one, _record
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction

_BECAUSE = {
    Kind.PARTY: EndedBecause.DELEGATOR,
    Kind.DELEGATE: EndedBecause.DELEGATE,
    Kind.OFFICER: EndedBecause.OFFICER,
    Kind.CLOCK: EndedBecause.SOURCE_ENDED,
}


@in_one_transaction
def end(
    *,
    actor: Actor,
    number: int,
    reason: str = "",
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """End a delegation; officers have to give a reason.

    Raises DelegationUnknown, ActNotPossible, NotForYou, DelegationEnded, ReasonMissing or
    ReasonTooLong.
    """
    row, locked = _lock(number, actor=actor, on=on)
    _end(
        row,
        locked=locked,
        doer=_doer(actor, row, locked, on=on),
        actor=actor,
        reason=reason.strip(),
        limits=limits,
        at=at,
        on=on,
    )


def record_over(*, at: datetime.datetime, on: datetime.date) -> int:
    """Record as ended, and tell all three, every delegation whose mandate has ended.

    Gives the number of delegations. None of them has held since their mandate ended. Raises
    SomeLeftOut once all others are recorded.
    """
    found = Delegation.objects.filter(ended_at=None, mandate__state=State.CLOSED).order_by("pk")
    act = functools.partial(_record_over, at=at, on=on)
    return _one_by_one.do_each(list(found.values_list("pk", flat=True)), act)


@in_one_transaction
def _record_over(number: int, *, at: datetime.datetime, on: datetime.date) -> int:
    row, locked = _lock(number, actor=None, on=on)
    if row.ended_at is not None:
        return 0
    _end(row, locked=locked, doer=_acting.CLOCK, limits=Limits(), at=at, on=on)
    return 1


def _lock(number: int, *, actor: Actor | None, on: datetime.date) -> tuple[Delegation, Locked]:
    """Lock the authorisation of a delegation, then read it; raises DelegationUnknown."""
    rows = Delegation.objects.select_related(
        "application", "mandate__authorisation", "mandate__group"
    )
    found = rows.filter(pk=number).first()
    if found is None or not _concerns(found, actor):
        raise DelegationUnknown
    reference = found.mandate.authorisation.reference
    locked = _locked.lock(reference=reference, actor=None, version=None, on=on)
    return rows.get(pk=number), locked


def _concerns(row: Delegation, actor: Actor | None) -> bool:
    if actor is None or actor.is_officer:
        return True
    return actor.enterprise in delegations.numbers_of([row])


def _doer(actor: Actor, row: Delegation, locked: Locked, *, on: datetime.date) -> Doer:
    """Say who somebody is to a delegation: the delegate is no party of the mandate."""
    is_delegate = actor.enterprise == loading.number_of(row.delegate_id)
    if is_delegate and actor.side is Side.MANDATARY:
        standing = Standing.MANAGES if actor.manages else Standing.CONSULTS
        return Doer(kind=Kind.DELEGATE, standing=standing)
    doer, _ = _acting.doer_of(actor, locked, on=on)
    return doer


def _end(
    row: Delegation,
    *,
    locked: Locked,
    doer: Doer,
    actor: Actor | None = None,
    reason: str = "",
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    mandate = next(each for each in locked.mandates if each.pk == row.mandate_id)
    case = _acting.case_for(mandate, locked, on=on, limits=limits, reason=reason)
    case = dataclasses.replace(case, delegation=delegations.of_row(row))
    step = lifecycle.take(act=Act.END_DELEGATION, doer=doer, case=case)
    row.ended_at, row.ended_because = at, _BECAUSE[doer.kind]
    if actor is not None:
        row.ended_by, row.ended_by_name = actor.person.insz, actor.person.name
    row.save(update_fields=["ended_at", "ended_because", "ended_by", "ended_by_name"])
    _delegations.record(
        row,
        locked=locked,
        step=step,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        reason=reason,
    )
