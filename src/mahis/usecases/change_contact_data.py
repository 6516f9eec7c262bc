"""Change how a service provider can be reached, as one of its managers (R3)."""

import datetime

from mahis.domain.contacts import ContactData
from mahis.domain.identification import NotOwnData
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor, ProviderStatus, Quality
from mahis.store import provision
from mahis.usecases import _providers
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def change(
    *, actor: Actor, contact: ContactData, at: datetime.datetime, on: datetime.date
) -> tuple[str, ...]:
    """Change one's own contact data; gives the names of the fields that differ from before.

    The record names the fields, never what stands in them. Raises ProviderUnknown or NotOwnData.
    """
    if actor.capacity.quality is not Quality.SERVICE_PROVIDER or not actor.manages:
        raise NotOwnData
    row = _providers.lock(actor.enterprise)
    if provision.status_of(row, on=on) is not ProviderStatus.ACTIVE:
        raise NotOwnData
    changed = contact.differs_in(row.contact)
    if changed:
        row.reached_by(contact)
        row.save()
        _providers.record(
            actor.enterprise,
            act="changeContactData",
            at=at,
            kind=Kind.PARTY,
            actor=actor,
            after={"fields": sorted(changed)},
        )
    return changed
