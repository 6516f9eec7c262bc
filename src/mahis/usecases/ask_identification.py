"""Ask for an enterprise to be identified as a service provider, as its representative (R3)."""

import datetime

from mahis.domain import identification
from mahis.domain.changes import Subject
from mahis.domain.contacts import ContactData
from mahis.domain.identification import RequestReference, RequestState, TermsNotAccepted
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.store import provision
from mahis.store.models import IdentificationRequest
from mahis.usecases import _changes, _providers
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def ask(
    *,
    actor: Actor,
    contact: ContactData,
    terms_accepted: bool,
    at: datetime.datetime,
    on: datetime.date,
) -> RequestReference:
    """Ask; gives the reference for the receipt.

    All conditions are looked at again. Raises ConditionNotMet, TermsNotAccepted, or DoneMeanwhile
    where somebody of the enterprise asked at the same moment.
    """
    _providers.lock_enterprise(actor.enterprise)
    standing = provision.standing(
        person=actor.person.insz,
        enterprise=actor.enterprise,
        manages=actor.manages and not actor.is_officer,
        on=on,
    )
    identification.require(standing)
    if not terms_accepted:
        raise TermsNotAccepted(field="terms")
    row = IdentificationRequest.objects.create(
        enterprise_id=actor.enterprise,
        state=RequestState.SUBMITTED,
        year=on.year,
        asked_at=at,
        person=actor.person.insz,
        person_name=actor.person.name,
        quality=actor.capacity.quality,
        assurance=actor.assurance,
        terms_accepted=True,
        contact_name=contact.name,
        contact_email=contact.email,
        contact_telephone=contact.telephone,
        contact_language=contact.language,
    )
    _changes.write(
        subject=Subject.IDENTIFICATION,
        key=str(row.reference),
        act="ask",
        at=at,
        kind=Kind.PARTY,
        actor=actor,
        after={"state": row.state.value},
    )
    return row.reference
