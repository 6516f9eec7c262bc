"""Take back what one drew up while nobody else has signed, or a replacement not begun (L6, C6)."""

import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.usecases import _acting, _evidence, _locked, _record, _replacing, close
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def withdraw(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
    places: tuple[int, ...] | None = None,
) -> None:
    """Withdraw mandates of an authorisation, all of them unless `places` names some.

    What nobody but the drawing party has signed can be withdrawn; so can a mandate that took the
    place of another one, until it begins: the other has its open end again, in the same
    transaction. Raises AuthorisationUnknown, StalePage, NoMandateChosen, MandateUnknown,
    ActNotPossible, NotForYou, MayNotSign or the refusal of a condition.
    """
    locked = _locked.lock(reference=reference, actor=actor, version=version, on=on)
    doer, power = _acting.doer_of(actor, locked, on=on)
    rows = locked.mandates if places is None else close.chosen(locked, places)
    taken = []
    for row in rows:
        case = _acting.case_for(row, locked, on=on, limits=limits, power=power)
        step = lifecycle.take(act=Act.WITHDRAW, doer=doer, case=case)
        taken.append(_record.Taken(row=row, step=step, evidence=_replacing.names_replaced(row)))
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed,
        evidence=_evidence.of_power(power) if power.granted else {},
    )
    _replacing.give_back(locked, taken, at=at, on=on)
