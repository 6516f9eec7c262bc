"""What a mandatary may delegate and to whom: its running mandates, and who had them before (L8)."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from mahis.domain import quarters
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import HOLDING_STATES, MandateReference, State
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import cards, delegations, labels, party_search, party_text
from mahis.queries.cards import PartyCard
from mahis.store import delegations as kept
from mahis.store import loading
from mahis.store.models import GroupMembership, Mandate


@dataclasses.dataclass(frozen=True, kw_only=True)
class Source:
    """A mandate of which something can be delegated."""

    mandate: MandateReference
    mandator: delegations.Named
    group_name: str
    period: QuarterPeriod


@dataclasses.dataclass(frozen=True, kw_only=True)
class SourcePage:
    """One page of mandates, the newest first."""

    rows: tuple[Source, ...]
    #: How many there are; one more than the limit where there are `too_many`.
    total: int
    too_many: bool
    page: int
    pages: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Former:
    """A former mandatary."""

    card: PartyCard
    #: Runs of quarters that it had, the earliest first.
    quarters: tuple[QuarterPeriod, ...]

    @property
    def number(self) -> EnterpriseNumber:
        """Its number."""
        return self.card.number


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """Everything that can be chosen when something of one mandate is delegated."""

    mandate: MandateReference
    #: Count of acts of the authorisation; forms send it back.
    version: int
    mandator: PartyCard
    mandatary: PartyCard
    group_name: str
    period: QuarterPeriod
    formers: tuple[Former, ...]
    #: Codes and names of the applications that the group holds or held.
    applications: tuple[tuple[str, str], ...]


def sources(
    *,
    actor: Actor,
    text: str = "",
    page: int = 1,
    page_size: int = 25,
    limit: int = 1000,
    on: datetime.date,
    language: str,
) -> SourcePage:
    """Give the running mandates of an actor's enterprise that somebody else had before.

    `text` is a number or a part of a name of the principal. Raises the refusals of
    `party_text.read`, with the field `text`.
    """
    found = _running_of(actor, on).filter(_given_by(text), Exists(_had_before(on)))
    total = found.values("pk")[: limit + 1].count()
    pages = max(1, -(-min(total, limit) // page_size))
    page = min(max(1, page), pages)
    rows = list(
        found.select_related("authorisation", "group").order_by("-authorisation_id", "place")[
            (page - 1) * page_size : min(page * page_size, limit)
        ]
    )
    names = loading.names_of(
        {loading.number_of(row.mandator_id) for row in rows}, language=labels.language_of(language)
    )
    return SourcePage(
        rows=tuple(_source(row, names, language) for row in rows),
        total=total,
        too_many=total > limit,
        page=page,
        pages=pages,
    )


def choice(
    *, actor: Actor, mandate: MandateReference, on: datetime.date, language: str
) -> Choice | None:
    """Give what can be chosen for one running mandate of an actor's enterprise; else None."""
    reference = mandate.authorisation
    row = (
        _running_of(actor, on)
        .filter(
            place=mandate.place,
            authorisation=reference.number,
            authorisation__year=reference.year,
        )
        .select_related("authorisation", "group")
        .first()
    )
    if row is None:
        return None
    held = {
        number: each.over
        for number, each in kept.held_by_mandatary(row, on=on).items()
        if each.over and not each.still
    }
    mandator, mandatary = loading.number_of(row.mandator_id), loading.number_of(row.mandatary_id)
    known = cards.of_enterprises([mandator, mandatary, *held], on=on, language=language)
    return Choice(
        mandate=mandate,
        version=row.authorisation.version,
        mandator=known[mandator],
        mandatary=known[mandatary],
        group_name=row.group.name_in(language),
        period=row.quarters,
        formers=tuple(
            Former(card=known[number], quarters=quarters.runs(over))
            for number, over in held.items()
        ),
        applications=tuple(_applications(row, language)),
    )


def _running_of(actor: Actor, on: datetime.date) -> QuerySet[Mandate]:
    current = Quarter.containing(on)
    return Mandate.objects.filter(
        mandatary=actor.enterprise,
        state=State.ACTIVE,
        quarters__overlap=QuarterPeriod(current, current),
    )


def _had_before(on: datetime.date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(
        mandator=OuterRef("mandator"),
        group=OuterRef("group"),
        state__in=HOLDING_STATES,
        quarters__fully_lt=QuarterPeriod(Quarter.containing(on)),
    ).exclude(mandatary=OuterRef("mandatary"))


def _given_by(text: str) -> Q:
    if not text.strip():
        return Q()
    try:
        typed = party_text.read(text, side=Side.MANDATOR)
    except Refused as refusal:
        raise refusal.on("text") from None
    if typed.is_number:
        return Q(mandator__in=party_search.numbered(typed, on=None))
    return Q(mandator__in=party_search.named(typed.words).values("entity"))


def _source(row: Mandate, names: dict[EnterpriseNumber, str], language: str) -> Source:
    mandator = loading.number_of(row.mandator_id)
    return Source(
        mandate=row.reference,
        mandator=delegations.Named(number=mandator, name=names[mandator]),
        group_name=row.group.name_in(language),
        period=row.quarters,
    )


def _applications(row: Mandate, language: str) -> Iterable[tuple[str, str]]:
    memberships = GroupMembership.objects.filter(group=row.group_id).select_related("application")
    names = {each.application.code: each.application for each in memberships}
    named = [(code, delegations.name_of(each, language)) for code, each in names.items()]
    return sorted(named, key=lambda pair: pair[1].casefold())
