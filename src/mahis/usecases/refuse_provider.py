"""Refuse a request to become a service provider, with a reason, as an officer (N2)."""

import datetime

from mahis.domain.conditions import Limits
from mahis.domain.identification import RequestReference, RequestState
from mahis.domain.lifecycle import Kind
from mahis.domain.notices import Telling
from mahis.domain.parties import Actor
from mahis.store import loading
from mahis.usecases import _providers, _requests
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def refuse(
    *,
    actor: Actor,
    reference: RequestReference,
    reason: str,
    limits: Limits,
    at: datetime.datetime,
) -> None:
    """Refuse a request; the enterprise is told why, and can ask again.

    Raises RequestUnknown, OfficeOnly, RequestDecided, RequestClaimed, ReasonMissing or
    ReasonTooLong.
    """
    row = _requests.lock(reference)
    _requests.require_decidable(row, actor, at=at)
    why = _providers.given(reason, limits)
    number = loading.number_of(row.enterprise_id)
    _providers.lock_enterprise(number)
    _requests.finish(row, RequestState.REFUSED, act="refuse", actor=actor, reason=why, at=at)
    change = _providers.record(
        number,
        act="refuse",
        at=at,
        kind=Kind.OFFICER,
        actor=actor,
        reason=why,
        after={"request": str(row.reference)},
    )
    _providers.tell(
        number, Telling.PROVIDER_REFUSED, change=change, at=at, language=row.contact_language
    )
