"""Finding the other party, by its numbers or a part of its name, and showing who it is (C2)."""

import dataclasses
import datetime
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from mahis.domain import parties
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, ProviderStatus, Side
from mahis.domain.refusals import NotFound, Refused
from mahis.queries import cards, labels, party_search, party_text
from mahis.queries.cards import PartyCard
from mahis.queries.party_text import PartyText
from mahis.store import loading
from mahis.store.models import Enterprise, EnterpriseName, Provider, Secretariat

#: The form's field that refusals are about.
FIELD = "other_party"


class EnterpriseUnknown(NotFound):
    """The register knows no enterprise by this number."""

    code = "enterpriseUnknown"


class NothingFound(NotFound):
    """No enterprise that could be this party has such a name or number."""

    code = "nothingFound"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found:
    """What a search for the other party found."""

    kind: Literal["one", "several", "none", "refused"]
    #: Enterprises that can be this party, best matches first.
    cards: tuple[PartyCard, ...] = ()
    #: Why there is none to choose.
    refusal: Refused | None = None
    #: Whether more were found than `cards` holds.
    more: bool = False


def card(*, number: EnterpriseNumber, on: datetime.date, language: str) -> PartyCard | None:
    """Show one enterprise; None where the register does not know it."""
    return cards.of_enterprises([number], on=on, language=language).get(number)


def name(*, number: EnterpriseNumber, language: str) -> str:
    """Give the name of one enterprise alone; its number where the register has no name."""
    return loading.names_of([number], language=labels.language_of(language))[number]


def found(
    *,
    text: str,
    side: Side,
    actor: Actor,
    on: datetime.date,
    language: str,
    limit: int = 10,
) -> Found:
    """Find the party that is to stand on `side`, from what was typed.

    Never raises for what was typed: the refusal is part of the answer.
    """
    try:
        typed = party_text.read(text, side=side)
        if typed.is_number:
            fitting = _by_number(typed, side, actor, on=on, language=language)
        else:
            fitting = _by_name(typed, side, actor, on=on, language=language, limit=limit)
    except NothingFound as refusal:
        return Found(kind="none", refusal=refusal.on(FIELD))
    except Refused as refusal:
        return Found(kind="refused", refusal=refusal.on(FIELD))
    return Found(
        kind="one" if len(fitting) == 1 else "several",
        cards=fitting[:limit],
        more=len(fitting) > limit,
    )


def _by_number(
    typed: PartyText, side: Side, actor: Actor, *, on: datetime.date, language: str
) -> tuple[PartyCard, ...]:
    """Give the enterprises that a number stands for; raises why not where none fits."""
    known = cards.of_enterprises(
        party_search.numbered(typed, on=on), on=on, language=language
    ).values()
    if not known:
        raise EnterpriseUnknown(number=typed.enterprise) if typed.enterprise else NothingFound
    refusals = {each: _why_not(each, side, actor, on) for each in known}
    fitting = tuple(each for each, refusal in refusals.items() if refusal is None)
    for refusal in refusals.values():
        if not fitting and refusal is not None:
            raise refusal
    return fitting


def _why_not(card: PartyCard, side: Side, actor: Actor, on: datetime.date) -> Refused | None:
    """Say why an enterprise cannot stand on a side across the actor's; None where it can."""
    if card.number == actor.enterprise:
        return parties.PartiesAreTheSame()
    if on not in card.activity:
        return parties.PartyNotActive(side=side, name=card.name, activity=card.activity)
    if side is Side.MANDATARY and card.provider is not ProviderStatus.ACTIVE:
        return parties.NotAProvider(name=card.name, status=card.provider)
    return None


def _by_name(
    typed: PartyText, side: Side, actor: Actor, *, on: datetime.date, language: str, limit: int
) -> tuple[PartyCard, ...]:
    """Give the enterprises that have the words in a name, at most one more than `limit`."""
    matching = party_search.best_matches(_fitting_names(typed, side, on), " ".join(typed.words))
    others = [number for number in matching if number != actor.enterprise]
    if matching and not others:
        raise parties.PartiesAreTheSame
    if not others:
        raise typed.not_a_number or NothingFound
    known = cards.of_enterprises(others[: limit + 1], on=on, language=language)
    return tuple(known.values())


def _fitting_names(typed: PartyText, side: Side, on: datetime.date) -> QuerySet[EnterpriseName]:
    """Give the names with the words, of active enterprises that can stand on a side."""
    entity = OuterRef("entity")
    active = Q(begins__lte=on) & (Q(ceased_on=None) | Q(ceased_on__gt=on))
    names = party_search.named(typed.words).filter(
        Exists(Enterprise.objects.filter(active, number=entity))
    )
    if side is Side.MANDATOR:
        return names
    valid = loading.in_force(on)
    providing = Provider.objects.filter(valid, enterprise=entity, status=ProviderStatus.ACTIVE)
    recognised = Secretariat.objects.filter(valid, enterprise=entity)
    return names.filter(Exists(providing) | Exists(recognised))
