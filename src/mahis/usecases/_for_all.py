"""One act on every mandate of an authorisation: all of them take the step, or none."""

import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.usecases import _acting, _locked, _record


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
    doer, power = _acting.doer_of(actor, locked, on=on)
    taken = [
        _record.Taken(
            row=row,
            step=lifecycle.take(
                act=act,
                doer=doer,
                case=_acting.case_for(
                    row, locked, on=on, limits=limits, power=power, reason=reason
                ),
            ),
        )
        for row in locked.mandates
    ]
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed,
        reason=reason.strip(),
    )
