"""Claim a request for identification for deciding it, so that two never decide the same (N2)."""

import datetime

from mahis.domain.conditions import Limits
from mahis.domain.identification import RequestReference
from mahis.domain.parties import Actor
from mahis.usecases import _requests
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def claim(
    *, actor: Actor, reference: RequestReference, limits: Limits, at: datetime.datetime
) -> datetime.datetime:
    """Claim a request that waits, or extend one's own claim; gives the moment at which it ends.

    Raises RequestUnknown, OfficeOnly, RequestDecided or RequestClaimed.
    """
    row = _requests.lock(reference)
    _requests.require_decidable(row, actor, at=at)
    until = at + datetime.timedelta(minutes=limits.minutes_to_decide)
    row.claimed_by, row.claimed_by_name = actor.person.insz, actor.person.name
    row.claimed_until = until
    row.save(update_fields=["claimed_by", "claimed_by_name", "claimed_until"])
    return until


@in_one_transaction
def release(*, actor: Actor, reference: RequestReference) -> None:
    """Give up one's own claim, where there is one; raises RequestUnknown."""
    row = _requests.lock(reference)
    if row.claimed_by == actor.person.insz:
        row.claimed_by, row.claimed_by_name, row.claimed_until = None, "", None
        row.save(update_fields=["claimed_by", "claimed_by_name", "claimed_until"])
