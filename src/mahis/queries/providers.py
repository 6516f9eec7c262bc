"""Service providers: what one knows of itself, and what officers look up about all (N2, R3)."""

import dataclasses
import datetime

from django.db.models import QuerySet

from mahis.domain import reminders
from mahis.domain.contacts import ContactData
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import HOLDING_STATES
from mahis.domain.parties import Actor, ProviderStatus
from mahis.domain.reminders import Reminders
from mahis.queries import cards, party_search
from mahis.queries.cards import PartyCard
from mahis.queries.party_text import PartyText
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import loading, provision
from mahis.store.models import Mandate, Provider, Source

SHOWN = 50


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProviderRow:
    """The quality of provider of one enterprise, as it is on a day."""

    enterprise: EnterpriseNumber
    #: As a service provider, whatever else the enterprise is.
    status: ProviderStatus
    begins: datetime.date
    ends: datetime.date | None
    #: None while nobody has said how it can be reached.
    contact: ContactData | None
    #: Whether a request accepted here made it, and no register file has confirmed it yet.
    made_here: bool
    #: Whether an officer or the clock made the status, so that register files leave it.
    held: bool
    #: The last day for the first mandate; None where there was one, or no time runs.
    first_mandate_by: datetime.date | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Listed:
    """One provider in a list."""

    card: PartyCard
    provider: ProviderRow


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found:
    """A page of providers."""

    rows: tuple[Listed, ...]
    total: int
    page: int
    pages: int


def own(*, actor: Actor, rules: Reminders, on: datetime.date) -> ProviderRow | None:
    """Give the quality of the actor's own enterprise; None where it has none."""
    if actor.is_officer:
        return None
    row = Provider.objects.filter(pk=actor.enterprise).first()
    return None if row is None else _row(row, rules=rules, on=on)


def is_blocked(*, enterprise: EnterpriseNumber) -> bool:
    """Say whether an enterprise is blocked as a service provider."""
    return Provider.objects.filter(pk=enterprise, status=ProviderStatus.BLOCKED).exists()


def one(
    *,
    actor: Actor,
    enterprise: EnterpriseNumber,
    rules: Reminders,
    on: datetime.date,
    language: str,
) -> tuple[PartyCard, ProviderRow | None] | None:
    """Give an enterprise with its quality of provider, if it has one; raises OfficersOnly.

    None where the register does not know the enterprise.
    """
    _require_officer(actor)
    known = cards.of_enterprises([enterprise], on=on, language=language).get(enterprise)
    if known is None:
        return None
    row = Provider.objects.filter(pk=enterprise).first()
    return known, None if row is None else _row(row, rules=rules, on=on)


def find(
    *,
    actor: Actor,
    text: PartyText | None,
    statuses: frozenset[ProviderStatus],
    rules: Reminders,
    on: datetime.date,
    language: str,
    page: int = 1,
) -> Found:
    """Give the providers by number or name and status, the newest quality first.

    `text` None means any; no status means every one. Raises OfficersOnly.
    """
    _require_officer(actor)
    found = _of_status(_meant(text), statuses, on=on).order_by("-begins", "pk")
    total = found.count()
    pages = max(1, -(-total // SHOWN))
    page = min(max(1, page), pages)
    rows = list(found[(page - 1) * SHOWN : page * SHOWN])
    known = cards.of_enterprises([row.pk for row in rows], on=on, language=language)
    return Found(
        rows=tuple(
            Listed(card=known[row.pk], provider=_row(row, rules=rules, on=on))
            for row in rows
            if row.pk in known
        ),
        total=total,
        page=page,
        pages=pages,
    )


def _require_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise OfficersOnly


def _meant(text: PartyText | None) -> QuerySet[Provider]:
    everybody = Provider.objects.all()
    if text is None:
        return everybody
    numbers = party_search.numbered(text, on=None)
    if numbers:
        return everybody.filter(pk__in=numbers)
    if not text.words:
        return everybody.none()
    return everybody.filter(pk__in=party_search.named(text.words).values("entity"))


def _of_status(
    rows: QuerySet[Provider], statuses: frozenset[ProviderStatus], *, on: datetime.date
) -> QuerySet[Provider]:
    """Give those of some statuses; one that ended by its date counts as lapsed."""
    if not statuses:
        return rows
    over = rows.filter(status=ProviderStatus.ACTIVE, ends__lt=on)
    found = rows.filter(status__in=statuses)
    if ProviderStatus.ACTIVE not in statuses and ProviderStatus.LAPSED in statuses:
        return found | over
    if ProviderStatus.LAPSED not in statuses:
        return found.exclude(pk__in=over.values("pk"))
    return found


def _row(row: Provider, *, rules: Reminders, on: datetime.date) -> ProviderRow:
    status = provision.status_of(row, on=on)
    return ProviderRow(
        enterprise=row.enterprise,
        status=status,
        begins=row.begins,
        ends=row.ends,
        contact=row.contact,
        made_here=row.source is Source.IDENTIFICATION,
        held=row.held,
        first_mandate_by=_first_mandate_by(row, status, rules=rules, on=on),
    )


def _first_mandate_by(
    row: Provider, status: ProviderStatus, *, rules: Reminders, on: datetime.date
) -> datetime.date | None:
    if status is not ProviderStatus.ACTIVE:
        return None
    last_day = reminders.last_day_for_first_mandate(
        row.begins, months=rules.months_to_first_mandate
    )
    received = Mandate.objects.filter(
        mandatary=loading.number_of(row.enterprise), state__in=HOLDING_STATES
    )
    return last_day if last_day >= on and not received.exists() else None
