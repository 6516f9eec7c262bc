"""Delegations as screens show them: lists, one of them, and those of an authorisation (L8)."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from mahis.domain.delegation import EndedBecause, Part, Standing
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import labels, party_search, party_text
from mahis.store import delegations, loading
from mahis.store.models import Application, Delegation


@dataclasses.dataclass(frozen=True, kw_only=True)
class Named:
    """An enterprise by number and name."""

    number: EnterpriseNumber
    name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Criteria:
    """Which delegations are looked for; what is left empty does not narrow the list."""

    #: Number or part of a name of the principal, the delegator or the delegate, as typed.
    text: str = ""
    #: As which party the actor's enterprise is concerned; of no account for officers.
    part: Part | None = None
    #: How they stand on the day.
    standing: Standing | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class DelegationRow:
    """One delegation."""

    number: int
    #: The mandate that it is a part of.
    mandate: MandateReference
    mandator: Named
    delegator: Named
    delegate: Named
    group_name: str
    #: Empty: all of the group.
    application_name: str
    quarters: QuarterPeriod
    created_at: datetime.datetime
    standing: Standing
    #: None while it runs.
    ended_because: EndedBecause | None
    #: None while it runs, or where it ended with its mandate and the clock has not recorded it.
    ended_at: datetime.datetime | None
    #: As which party the actor's enterprise is concerned; None for officers.
    part: Part | None
    #: Whether the actor may end it.
    may_end: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class DelegationPage:
    """One page of delegations, the newest first."""

    rows: tuple[DelegationRow, ...]
    #: How many there are; one more than the limit where there are `too_many`.
    total: int
    too_many: bool
    page: int
    pages: int


def find(
    *,
    actor: Actor,
    criteria: Criteria,
    page: int = 1,
    page_size: int = 25,
    limit: int = 1000,
    on: datetime.date,
    language: str,
) -> DelegationPage:
    """Give the delegations that an actor's enterprise has given or received, all for officers.

    No more than `limit` + 1 are counted and none beyond `limit` is shown, so that the work is
    bounded. Raises the refusals of `party_text.read`, with the field `text`.
    """
    found = Delegation.objects.filter(_concerning(actor, criteria.part), _with(criteria.text))
    if criteria.standing is not None:
        runs = delegations.running(on)
        found = found.filter(runs if criteria.standing is Standing.RUNNING else ~runs)
    total = found.values("pk")[: limit + 1].count()
    pages = max(1, -(-min(total, limit) // page_size))
    page = min(max(1, page), pages)
    window = _read(found)[(page - 1) * page_size : min(page * page_size, limit)]
    return DelegationPage(
        rows=_rows(list(window), actor, on=on, language=language),
        total=total,
        too_many=total > limit,
        page=page,
        pages=pages,
    )


def one(*, actor: Actor, number: int, on: datetime.date, language: str) -> DelegationRow | None:
    """Give one delegation; None where there is none, or not for the eyes of this actor."""
    found = _read(Delegation.objects.filter(_visible_to(actor), pk=number))
    rows = _rows(list(found), actor, on=on, language=language)
    return rows[0] if rows else None


def of_authorisation(
    *, actor: Actor, reference: AuthorisationReference, on: datetime.date, language: str
) -> tuple[DelegationRow, ...]:
    """Give the delegations that mandates of an authorisation gave, the newest first."""
    found = Delegation.objects.filter(
        _visible_to(actor),
        mandate__authorisation=reference.number,
        mandate__authorisation__year=reference.year,
    )
    return _rows(list(_read(found)), actor, on=on, language=language)


def _visible_to(actor: Actor) -> Q:
    """Give the condition that a delegation is for the eyes of an actor, in any capacity."""
    if actor.is_officer:
        return Q()
    return (
        _by_part(Part.DELEGATOR, actor)
        | _by_part(Part.DELEGATE, actor)
        | _by_part(Part.MANDATOR, actor)
    )


def _concerning(actor: Actor, part: Part | None) -> Q:
    """Give the condition that a delegation stands in the list of an actor."""
    if actor.is_officer:
        return Q()
    if part is not None:
        return _by_part(part, actor)
    return _by_part(Part.DELEGATOR, actor) | _by_part(Part.DELEGATE, actor)


_COLUMNS = {
    Part.DELEGATOR: "mandate__mandatary",
    Part.DELEGATE: "delegate",
    Part.MANDATOR: "mandate__mandator",
}


def _by_part(part: Part, actor: Actor) -> Q:
    return Q(**{_COLUMNS[part]: actor.enterprise})


def _with(text: str) -> Q:
    """Give the condition that one of the three is meant by a text; raises what is wrong with it."""
    if not text.strip():
        return Q()
    try:
        typed = party_text.read(text, side=Side.MANDATOR)
    except Refused as refusal:
        raise refusal.on("text") from None
    condition = Q(pk__in=[])
    for column in _COLUMNS.values():
        condition |= (
            Q(**{f"{column}__in": party_search.numbered(typed, on=None)})
            if typed.is_number
            else Q(**{f"{column}__in": party_search.named(typed.words).values("entity")})
        )
    return condition


def _read(found: QuerySet[Delegation]) -> QuerySet[Delegation]:
    return found.select_related("application", "mandate__authorisation", "mandate__group").order_by(
        "-pk"
    )


def _rows(
    rows: Sequence[Delegation], actor: Actor, *, on: datetime.date, language: str
) -> tuple[DelegationRow, ...]:
    names = loading.names_of(delegations.numbers_of(rows), language=labels.language_of(language))
    return tuple(_row(row, actor, names, on=on, language=language) for row in rows)


def _row(
    row: Delegation,
    actor: Actor,
    names: dict[EnterpriseNumber, str],
    *,
    on: datetime.date,
    language: str,
) -> DelegationRow:
    parties = {
        Part.MANDATOR: loading.number_of(row.mandate.mandator_id),
        Part.DELEGATOR: loading.number_of(row.mandate.mandatary_id),
        Part.DELEGATE: loading.number_of(row.delegate_id),
    }
    named = {part: Named(number=each, name=names[each]) for part, each in parties.items()}
    known = delegations.of_row(row)
    part = _part_of(actor, parties)
    runs = known.standing(on) is Standing.RUNNING
    ends = actor.is_officer or (actor.side is Side.MANDATARY and part in _ENDING)
    return DelegationRow(
        number=row.pk,
        mandate=row.mandate.reference,
        mandator=named[Part.MANDATOR],
        delegator=named[Part.DELEGATOR],
        delegate=named[Part.DELEGATE],
        group_name=row.mandate.group.name_in(language),
        application_name="" if row.application is None else name_of(row.application, language),
        quarters=row.quarters,
        created_at=row.created_at,
        standing=known.standing(on),
        ended_because=known.because(on),
        ended_at=row.ended_at,
        part=part,
        may_end=runs and actor.manages and ends,
    )


_ENDING = frozenset({Part.DELEGATOR, Part.DELEGATE})


def _part_of(actor: Actor, parties: dict[Part, EnterpriseNumber]) -> Part | None:
    if actor.is_officer:
        return None
    return next((part for part, number in parties.items() if number == actor.enterprise), None)


def name_of(application: Application, language: str) -> str:
    """Give the name of an application in a language."""
    names = {
        "fr": application.name_fr,
        "nl": application.name_nl,
        "de": application.name_de,
    }
    return names.get(language[:2], application.name_en)
