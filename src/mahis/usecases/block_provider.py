"""Block a service provider, or unblock it, with a reason, as an officer (N2)."""

import datetime

from mahis.domain import identification
from mahis.domain.conditions import Limits
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Kind
from mahis.domain.notices import Telling
from mahis.domain.parties import Actor, ProviderStatus
from mahis.store import provision
from mahis.usecases import _providers, _requests
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def block(
    *,
    actor: Actor,
    number: EnterpriseNumber,
    reason: str,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Block an active provider: it receives no mandates, and its people only look.

    The mandates that it has stay; no register file unblocks it. Raises OfficeOnly,
    ProviderUnknown, StatusNotFitting, ReasonMissing or ReasonTooLong.
    """
    _requests.require_acting_officer(actor)
    row = _providers.lock(number)
    identification.require_status(provision.status_of(row, on=on), ProviderStatus.ACTIVE)
    why = _providers.given(reason, limits)
    before = _providers.shown(row)
    row.status, row.held = ProviderStatus.BLOCKED, True
    row.save(update_fields=["status", "held"])
    change = _providers.record(
        number,
        act="block",
        at=at,
        kind=Kind.OFFICER,
        actor=actor,
        reason=why,
        before=before,
        after=_providers.shown(row),
    )
    _providers.tell(number, Telling.PROVIDER_BLOCKED, change=change, at=at)


@in_one_transaction
def unblock(
    *,
    actor: Actor,
    number: EnterpriseNumber,
    reason: str,
    limits: Limits,
    at: datetime.datetime,
) -> None:
    """Unblock a blocked provider: it is what it was before, with the days that it had.

    Raises OfficeOnly, ProviderUnknown, StatusNotFitting, ReasonMissing or ReasonTooLong.
    """
    _requests.require_acting_officer(actor)
    row = _providers.lock(number)
    identification.require_status(row.status, ProviderStatus.BLOCKED)
    why = _providers.given(reason, limits)
    before = _providers.shown(row)
    row.status, row.held = ProviderStatus.ACTIVE, False
    row.save(update_fields=["status", "held"])
    change = _providers.record(
        number,
        act="unblock",
        at=at,
        kind=Kind.OFFICER,
        actor=actor,
        reason=why,
        before=before,
        after=_providers.shown(row),
    )
    _providers.tell(number, Telling.PROVIDER_UNBLOCKED, change=change, at=at)
