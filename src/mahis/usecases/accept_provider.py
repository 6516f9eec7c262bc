"""Accept a request: the enterprise is a service provider from today on, as an officer says (N2)."""

import datetime

from mahis.domain import identification, reminders
from mahis.domain.identification import AT_ACCEPTANCE, RequestReference, RequestState
from mahis.domain.lifecycle import Kind
from mahis.domain.notices import Telling
from mahis.domain.parties import Actor, ProviderStatus, Role
from mahis.domain.reminders import Reminders
from mahis.store import loading, provision
from mahis.store.models import (
    AccessKind,
    AccessRight,
    IdentificationRequest,
    Provider,
    Source,
)
from mahis.usecases import _providers, _requests
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def accept(
    *,
    actor: Actor,
    reference: RequestReference,
    rules: Reminders,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Accept a request whose conditions still hold; the enterprise is told until when to begin.

    Who asked gets access as a manager of the provider. Raises RequestUnknown, OfficeOnly,
    RequestDecided, RequestClaimed or ConditionNotMet.
    """
    row = _requests.lock(reference)
    _requests.require_decidable(row, actor, at=at)
    number = loading.number_of(row.enterprise_id)
    _providers.lock_enterprise(number)
    standing = provision.standing(person=row.person, enterprise=number, manages=True, on=on)
    identification.require(standing, AT_ACCEPTANCE)
    before, provider = _made(row, on=on)
    _give_access(row, on=on)
    _requests.finish(row, RequestState.ACCEPTED, act="accept", actor=actor, reason="", at=at)
    last_day = reminders.last_day_for_first_mandate(on, months=rules.months_to_first_mandate)
    change = _providers.record(
        number,
        act="accept",
        at=at,
        kind=Kind.OFFICER,
        actor=actor,
        before=before,
        after={
            **_providers.shown(provider),
            "request": str(row.reference),
            "lastDay": last_day.isoformat(),
        },
    )
    _providers.tell(
        number,
        Telling.PROVIDER_ACCEPTED,
        change=change,
        at=at,
        language=row.contact_language,
    )


def _made(
    request: IdentificationRequest, *, on: datetime.date
) -> tuple[dict[str, object], Provider]:
    """Make the provider, or begin anew one whose quality had lapsed; gives what it was before."""
    number = loading.number_of(request.enterprise_id)
    known = Provider.objects.select_for_update().filter(pk=number).first()
    before = {} if known is None else _providers.shown(known)
    provider = Provider(enterprise=number) if known is None else known
    provider.status, provider.begins, provider.ends = ProviderStatus.ACTIVE, on, None
    provider.source, provider.held = Source.IDENTIFICATION, False
    provider.reached_by(request.contact)
    provider.save()
    return before, provider


def _give_access(request: IdentificationRequest, *, on: datetime.date) -> None:
    """Let who asked act for the new provider, unless the access registry does so already."""
    wanted = {
        "person": request.person,
        "enterprise": loading.number_of(request.enterprise_id),
        "kind": AccessKind.PROVIDER,
        "role": Role.MANAGE,
    }
    if not AccessRight.objects.filter(loading.in_force(on), **wanted).exists():
        AccessRight.objects.create(begins=on, source=Source.IDENTIFICATION, **wanted)
