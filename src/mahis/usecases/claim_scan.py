"""Claim a scan for deciding it, so that two officers never decide the same one (N1)."""

import datetime

from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.store.models import ScanClaim
from mahis.usecases import _claims, _locked
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def claim(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> datetime.datetime:
    """Claim a scan that waits, or extend one's own claim; gives the moment at which it ends.

    Raises AuthorisationUnknown, ActNotPossible, NotForYou or ClaimedByAnother.
    """
    locked = _locked.lock(reference=reference, actor=actor, version=None, on=on)
    _claims.require_decidable(actor, locked, act=Act.APPROVE, on=on)
    _claims.require_free(locked.authorisation, actor, at=at)
    until = at + datetime.timedelta(minutes=limits.minutes_to_decide)
    ScanClaim.objects.update_or_create(
        authorisation=locked.authorisation,
        defaults={"officer": actor.person.insz, "name": actor.person.name, "until": until},
    )
    return until


@in_one_transaction
def release(*, actor: Actor, reference: AuthorisationReference) -> None:
    """Give up one's own claim, where there is one."""
    ScanClaim.objects.filter(
        authorisation_id=reference.number,
        authorisation__year=reference.year,
        officer=actor.person.insz,
    ).delete()
