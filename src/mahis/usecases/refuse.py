"""Refuse an authorisation that the other party has signed (C15)."""

import datetime

from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.usecases import _for_all
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def refuse(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    reason: str,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Refuse all mandates of an authorisation that the other party has signed, with a reason.

    Raises AuthorisationUnknown, StalePage, ActNotPossible, NotForYou or the refusal of a condition.
    """
    _for_all.act_on_all(
        act=Act.REFUSE,
        actor=actor,
        reference=reference,
        version=version,
        reason=reason,
        limits=limits,
        at=at,
        on=on,
    )
