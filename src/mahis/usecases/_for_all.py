"""One act on every mandate of an authorisation: all of them take the step, or none."""

import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Side
from mahis.domain.signing import Level
from mahis.usecases import _acting, _locked, _record
from mahis.usecases._locked import Locked


def act_on_all(
    *,
    act: Act,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
    reason: str = "",
) -> None:
    """Take one step with all mandates of an authorisation, inside the caller's transaction."""
    locked = _locked.lock(reference=reference, actor=actor, version=version, on=on)
    taken, doer = take(act=act, actor=actor, locked=locked, limits=limits, on=on, reason=reason)
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed,
        reason=reason.strip(),
    )


def take(
    *,
    act: Act,
    actor: Actor,
    locked: Locked,
    limits: Limits,
    on: datetime.date,
    level: Level | None = None,
    signing: frozenset[Side] = frozenset(),
    half_signing: frozenset[Side] = frozenset(),
    reason: str = "",
) -> tuple[list[_record.Taken], Doer]:
    """Take one step with all mandates, not written yet; gives also who takes it.

    Raises what the table of life says.
    """
    doer, power = _acting.doer_of(actor, locked, on=on)
    taken = []
    for row in locked.mandates:
        case = _acting.case_for(
            row,
            locked,
            on=on,
            limits=limits,
            power=power,
            level=level,
            signing=signing,
            half_signing=half_signing,
            reason=reason,
        )
        step = lifecycle.take(act=act, doer=doer, case=case)
        taken.append(_record.Taken(row=row, step=step))
    return taken, doer
