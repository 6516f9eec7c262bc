"""Requests to become a service provider: those of one enterprise, and the officers' queue (N2)."""

import dataclasses
import datetime

from django.db.models import QuerySet

from mahis.domain.contacts import ContactData
from mahis.domain.identification import (
    AT_ACCEPTANCE,
    Condition,
    RequestReference,
    RequestState,
)
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, Quality
from mahis.queries import cards
from mahis.queries.cards import PartyCard
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import loading, provision
from mahis.store.models import IdentificationRequest

#: How many of the queue one page shows.
SHOWN = 50


@dataclasses.dataclass(frozen=True, kw_only=True)
class Claim:
    """An officer who is deciding a request."""

    name: str
    until: datetime.datetime
    is_mine: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Request:
    """One request as its enterprise sees it."""

    reference: RequestReference
    state: RequestState
    asked_at: datetime.datetime
    person_name: str
    contact: ContactData
    decided_at: datetime.datetime | None
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OfficeRequest:
    """One request as officers see it."""

    request: Request
    enterprise: EnterpriseNumber
    card: PartyCard
    quality: Quality
    assurance: str
    #: Who decided it; empty while it waits, or where the enterprise withdrew it.
    officer_name: str
    claim: Claim | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """One condition at the moment of deciding, and whether it holds."""

    condition: Condition
    met: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToDecide:
    """A request with what is looked at again before it is accepted."""

    row: OfficeRequest
    judged: tuple[Judged, ...]

    @property
    def acceptable(self) -> bool:
        """Whether everything still holds."""
        return all(each.met for each in self.judged)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Queue:
    """The requests that wait, the oldest first."""

    rows: tuple[OfficeRequest, ...]
    #: How many wait in all, shown or not.
    total: int
    page: int
    pages: int


def of_enterprise(*, actor: Actor) -> tuple[Request, ...]:
    """Give the requests of the actor's own enterprise, the newest first."""
    if actor.is_officer:
        return ()
    rows = IdentificationRequest.objects.filter(enterprise=actor.enterprise)
    return tuple(map(_request, rows.order_by("-asked_at", "-pk")))


def own(*, actor: Actor, reference: RequestReference) -> Request | None:
    """Give one request of the actor's own enterprise; None where there is none."""
    found = [each for each in of_enterprise(actor=actor) if each.reference == reference]
    return found[0] if found else None


def count(*, actor: Actor) -> int:
    """Say how many requests wait; raises OfficersOnly."""
    return _waiting(actor).count()


def waiting(
    *,
    actor: Actor,
    at: datetime.datetime,
    on: datetime.date,
    language: str,
    page: int = 1,
) -> Queue:
    """Give the requests that wait, the oldest first, a page at a time; raises OfficersOnly."""
    found = _waiting(actor)
    total = found.count()
    pages = max(1, -(-total // SHOWN))
    page = min(max(1, page), pages)
    rows = list(found[(page - 1) * SHOWN : page * SHOWN])
    return Queue(
        rows=_office_requests(rows, actor, at=at, on=on, language=language),
        total=total,
        page=page,
        pages=pages,
    )


def one(
    *,
    actor: Actor,
    reference: RequestReference,
    at: datetime.datetime,
    on: datetime.date,
    language: str,
) -> ToDecide | None:
    """Give a request with its conditions as they are today; None where there is none.

    Raises OfficersOnly.
    """
    _require_officer(actor)
    rows = IdentificationRequest.objects.filter(pk=reference.number, year=reference.year)
    row = rows.first()
    if row is None:
        return None
    number = loading.number_of(row.enterprise_id)
    standing = provision.standing(person=row.person, enterprise=number, manages=True, on=on)
    (office_request,) = _office_requests([row], actor, at=at, on=on, language=language)
    return ToDecide(
        row=office_request,
        judged=tuple(Judged(condition=each, met=standing.meets(each)) for each in AT_ACCEPTANCE),
    )


def about(
    *,
    actor: Actor,
    enterprise: EnterpriseNumber,
    at: datetime.datetime,
    on: datetime.date,
    language: str,
) -> tuple[OfficeRequest, ...]:
    """Give all requests of an enterprise, the newest first; raises OfficersOnly."""
    _require_officer(actor)
    rows = IdentificationRequest.objects.filter(enterprise=enterprise)
    found = list(rows.order_by("-asked_at", "-pk"))
    return _office_requests(found, actor, at=at, on=on, language=language)


def _require_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise OfficersOnly


def _waiting(actor: Actor) -> QuerySet[IdentificationRequest]:
    _require_officer(actor)
    rows = IdentificationRequest.objects.filter(state=RequestState.SUBMITTED)
    return rows.order_by("asked_at", "pk")


def _request(row: IdentificationRequest) -> Request:
    return Request(
        reference=row.reference,
        state=row.state,
        asked_at=row.asked_at,
        person_name=row.person_name,
        contact=row.contact,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def _office_requests(
    rows: list[IdentificationRequest],
    actor: Actor,
    *,
    at: datetime.datetime,
    on: datetime.date,
    language: str,
) -> tuple[OfficeRequest, ...]:
    numbers = [loading.number_of(row.enterprise_id) for row in rows]
    known = cards.of_enterprises(numbers, on=on, language=language)
    return tuple(
        OfficeRequest(
            request=_request(row),
            enterprise=number,
            card=known[number],
            quality=row.quality,
            assurance=row.assurance,
            officer_name=row.officer_name,
            claim=_claim(row, actor, at=at),
        )
        for row, number in zip(rows, numbers, strict=True)
    )


def _claim(row: IdentificationRequest, actor: Actor, *, at: datetime.datetime) -> Claim | None:
    if row.claimed_until is None or at >= row.claimed_until:
        return None
    return Claim(
        name=row.claimed_by_name,
        until=row.claimed_until,
        is_mine=row.claimed_by == actor.person.insz,
    )
