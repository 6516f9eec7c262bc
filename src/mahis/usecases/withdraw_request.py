"""Withdraw a request to become a service provider that the office has not decided (R3)."""

import datetime

from mahis.domain import identification
from mahis.domain.identification import (
    Condition,
    RequestReference,
    RequestState,
    RequestUnknown,
)
from mahis.domain.parties import Actor
from mahis.store import loading, provision
from mahis.usecases import _requests
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def withdraw(
    *, actor: Actor, reference: RequestReference, at: datetime.datetime, on: datetime.date
) -> None:
    """Withdraw a request of one's own enterprise, as a representative of it.

    Raises RequestUnknown, RequestDecided or ConditionNotMet.
    """
    row = _requests.lock(reference)
    if actor.is_officer or loading.number_of(row.enterprise_id) != actor.enterprise:
        raise RequestUnknown
    identification.require_waiting(row.state)
    standing = provision.standing(
        person=actor.person.insz, enterprise=actor.enterprise, manages=actor.manages, on=on
    )
    identification.require(standing, (Condition.MANAGES, Condition.REPRESENTS))
    _requests.finish(row, RequestState.WITHDRAWN, act="withdraw", actor=actor, reason="", at=at)
