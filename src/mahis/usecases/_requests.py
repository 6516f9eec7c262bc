"""A request for identification taken under lock, for who may decide it or take it back."""

import datetime

from mahis.domain import identification
from mahis.domain.changes import Subject
from mahis.domain.identification import (
    OfficeOnly,
    RequestClaimed,
    RequestReference,
    RequestUnknown,
)
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.store.models import IdentificationRequest
from mahis.usecases import _changes


def lock(reference: RequestReference) -> IdentificationRequest:
    """Lock a request; raises RequestUnknown."""
    rows = IdentificationRequest.objects.select_for_update(of=("self",))
    row = rows.filter(pk=reference.number, year=reference.year).first()
    if row is None:
        raise RequestUnknown
    return row


def require_decidable(row: IdentificationRequest, actor: Actor, *, at: datetime.datetime) -> None:
    """Require an officer who acts, and a request that waits and that no other is deciding.

    Raises OfficeOnly, RequestDecided or RequestClaimed.
    """
    require_acting_officer(actor)
    identification.require_waiting(row.state)
    taken = row.claimed_until is not None and at < row.claimed_until
    if taken and row.claimed_by != actor.person.insz:
        raise RequestClaimed(name=row.claimed_by_name, until=row.claimed_until)


def require_acting_officer(actor: Actor) -> None:
    """Require an officer who may act; raises OfficeOnly."""
    if not (actor.is_officer and actor.manages):
        raise OfficeOnly


def finish(
    row: IdentificationRequest,
    state: identification.RequestState,
    *,
    act: str,
    actor: Actor,
    reason: str,
    at: datetime.datetime,
) -> None:
    """Write how a request ends, and that it did."""
    before = row.state
    row.state, row.decided_at, row.reason = state, at, reason
    row.claimed_by, row.claimed_by_name, row.claimed_until = None, "", None
    if actor.is_officer:
        row.officer, row.officer_name = actor.person.insz, actor.person.name
    row.save()
    _changes.write(
        subject=Subject.IDENTIFICATION,
        key=str(row.reference),
        act=act,
        at=at,
        kind=Kind.OFFICER if actor.is_officer else Kind.PARTY,
        actor=actor,
        reason=reason,
        before={"state": before.value},
        after={"state": state.value},
    )
