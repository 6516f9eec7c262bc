"""Search mandates by any mix of criteria, sorted by any column, a page at a time (F1, F2)."""

import dataclasses
import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import (
    EXPIRING_STATES,
    RUNNING_STATES,
    AuthorisationReference,
    MandateReference,
    State,
)
from mahis.domain.parties import Actor, Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import _sorting, labels, own_mandates, party_search, party_text
from mahis.store import loading
from mahis.store.models import Mandate, Validation
from mahis.store.shown_state import shown_state, shows

_LONGEST_SERIES_NUMBER = 12


@dataclasses.dataclass(frozen=True, kw_only=True)
class Criteria:
    """What is searched for; what is left empty does not narrow the search."""

    #: Number or part of a name of the mandator, as typed.
    mandator_text: str = ""
    #: Number or part of a name of the mandatary, as typed.
    mandatary_text: str = ""
    #: Codes of application groups.
    groups: tuple[str, ...] = ()
    #: States as shown on the day, those that come by themselves among them.
    states: tuple[State, ...] = ()
    #: A quarter that the mandate is for.
    quarter: Quarter | None = None
    #: Reference of an authorisation or a mandate, or its series number alone, as typed.
    reference: str = ""
    #: The side that the actor's enterprise stands on.
    side: Side | None = None
    #: The side that has to sign next; narrows to mandates that wait for a signature.
    awaited: Side | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One mandate in a list."""

    reference: MandateReference
    mandator_number: EnterpriseNumber
    mandator_name: str
    mandatary_number: EnterpriseNumber
    mandatary_name: str
    group_code: str
    group_name: str
    period: QuarterPeriod
    #: The state shown on the day.
    state: State
    drawn_up_at: datetime.datetime
    #: The side that the actor's enterprise stands on; None for officers.
    my_side: Side | None
    #: Whether a modification is possible: the actor manages on this side, and the mandate has
    #: been signed by both and has no end. Whether the person may sign for it is asked when they do.
    may_modify: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Results:
    """One page of what was found."""

    rows: tuple[Row, ...]
    #: How many were found; one more than the limit where there are `too_many`.
    total: int
    #: Whether there are more than the limit: to be refined, shown newest first only.
    too_many: bool
    page: int
    pages: int
    page_size: int
    #: The order that the rows stand in.
    sort: str


def find(
    *,
    actor: Actor,
    criteria: Criteria,
    sort: str = "",
    page: int = 1,
    page_size: int = 25,
    limit: int = 1000,
    on: datetime.date,
    language: str,
) -> Results:
    """Find mandates that an actor may see, newest first unless told otherwise.

    No more than `limit` + 1 rows are counted, and none beyond `limit` is shown, so that the work
    is bounded. An unknown sort key or page falls back to the nearest that exists. Raises the
    refusals of `party_text.read` and ReferenceUnreadable, each with its field.
    """
    found = Mandate.objects.filter(
        own_mandates.visible_to(actor, side=criteria.side), _conditions(criteria, on)
    )
    total = found.values("pk")[: limit + 1].count()
    too_many = total > limit
    sort = _sorting.DEFAULT if too_many else _sorting.known(sort)
    pages = max(1, -(-min(total, limit) // page_size))
    page = min(max(1, page), pages)
    spoken = labels.language_of(language)
    rows = (
        found.annotate(shown=shown_state(on))
        .select_related(*loading.WITH_A_MANDATE)
        .order_by(*(_sorting.newest_first() if too_many else _sorting.order(sort, language=spoken)))
    )
    window = rows[(page - 1) * page_size : min(page * page_size, limit)]
    return Results(
        rows=_shown(window, actor, on, spoken),
        total=total,
        too_many=too_many,
        page=page,
        pages=pages,
        page_size=page_size,
        sort=sort,
    )


def _conditions(criteria: Criteria, on: datetime.date) -> Q:
    condition = (
        _party(Side.MANDATOR, criteria.mandator_text)
        & _party(Side.MANDATARY, criteria.mandatary_text)
        & _reference(criteria.reference)
    )
    if criteria.groups:
        condition &= Q(group__code__in=criteria.groups)
    if criteria.states:
        condition &= shows(criteria.states, on=on)
    if criteria.quarter is not None:
        condition &= Q(quarters__overlap=QuarterPeriod(criteria.quarter, criteria.quarter))
    if criteria.awaited is not None:
        signed = Validation.objects.filter(
            authorisation=OuterRef("authorisation"), side=criteria.awaited, completes=True
        )
        condition &= shows(EXPIRING_STATES, on=on) & Q(~Exists(signed))
    return condition


def _party(side: Side, text: str) -> Q:
    """Give the condition on the party of one side; raises what is wrong with the text."""
    if not text.strip():
        return Q()
    try:
        typed = party_text.read(text, side=side)
    except Refused as refusal:
        raise refusal.on(side.value) from None
    if typed.is_number:
        return Q(**{f"{side.value}__in": party_search.numbered(typed, on=None)})
    return Q(**{f"{side.value}__in": party_search.named(typed.words).values("entity")})


def _reference(text: str) -> Q:
    """Give the condition on the reference; raises ReferenceUnreadable."""
    bare = text.strip()
    if not bare:
        return Q()
    if bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST_SERIES_NUMBER:
        return Q(authorisation=int(bare))
    try:
        if "/" in bare:
            mandate = MandateReference.parse(bare)
            return Q(place=mandate.place) & _of_authorisation(mandate.authorisation)
        return _of_authorisation(AuthorisationReference.parse(bare))
    except Refused as refusal:
        raise refusal.on("reference") from None


def _of_authorisation(reference: AuthorisationReference) -> Q:
    return Q(authorisation=reference.number, authorisation__year=reference.year)


def _shown(
    window: QuerySet[Mandate], actor: Actor, on: datetime.date, language: Language
) -> tuple[Row, ...]:
    mandates = list(window)
    numbers = {number for mandate in mandates for number in _parties(mandate).values()}
    names = loading.names_of(numbers, language=language)
    return tuple(_row(mandate, actor, on, names, language) for mandate in mandates)


def _parties(mandate: Mandate) -> dict[Side, EnterpriseNumber]:
    return {Side.MANDATOR: mandate.mandator_id, Side.MANDATARY: mandate.mandatary_id}


def _row(
    mandate: Mandate,
    actor: Actor,
    on: datetime.date,
    names: dict[EnterpriseNumber, str],
    language: Language,
) -> Row:
    parties = _parties(mandate)
    my_side = own_mandates.side_of(actor, parties)
    known = loading.mandate_of(mandate, signed=frozenset(), first_level=None)
    state = known.state_on(on) or mandate.state
    return Row(
        reference=mandate.reference,
        mandator_number=parties[Side.MANDATOR],
        mandator_name=names[parties[Side.MANDATOR]],
        mandatary_number=parties[Side.MANDATARY],
        mandatary_name=names[parties[Side.MANDATARY]],
        group_code=mandate.group.code,
        group_name=mandate.group.name_in(language.value),
        period=mandate.quarters,
        state=state,
        drawn_up_at=mandate.authorisation.drawn_up_at,
        my_side=my_side,
        may_modify=(
            state in RUNNING_STATES
            and mandate.quarters.end is None
            and actor.manages
            and my_side is actor.side
        ),
    )
