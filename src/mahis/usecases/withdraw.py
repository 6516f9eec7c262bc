"""Take back an authorisation that one drew up, while nobody else has signed (L6)."""

import datetime

from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.usecases import _for_all
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
) -> None:
    """Withdraw all mandates of an authorisation, while nobody but the drawing party has signed.

    Raises AuthorisationUnknown, StalePage, ActNotPossible, NotForYou or the refusal of a condition.
    """
    _for_all.act_on_all(
        act=Act.WITHDRAW,
        actor=actor,
        reference=reference,
        version=version,
        limits=limits,
        at=at,
        on=on,
    )
