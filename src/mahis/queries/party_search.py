"""Which enterprises a typed number or parts of a name stand for."""

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from mahis.domain.identifiers import EnterpriseNumber
from mahis.queries.party_text import PartyText
from mahis.store import loading
from mahis.store.folding import folded
from mahis.store.models import Employer, EnterpriseName, Secretariat

#: Rows of names looked at in one search, for each way of matching: bounds the work of the
#: vaguest text on the largest register.
_CANDIDATES = 200


def named(words: Iterable[str]) -> QuerySet[EnterpriseName]:
    """Give the rows of names that have every one of some words in them.

    Case and accents do not count; wildcard characters stand for themselves.
    """
    condition = Q()
    for word in words:
        condition &= Q(folded__contains=folded(word))
    return EnterpriseName.objects.filter(condition)


def numbered(typed: PartyText, *, on: datetime.date | None) -> list[EnterpriseNumber]:
    """Give the enterprises that a typed number stands for, known to the register or not.

    `on` is the day on which a number must be in use; None: at any time.
    """
    in_use = Q() if on is None else loading.in_force(on)
    meant = [] if typed.enterprise is None else [typed.enterprise]
    if typed.nsso is not None:
        employers = Employer.objects.filter(in_use, nsso_number=typed.nsso.number)
        meant += employers.order_by("enterprise").values_list("enterprise", flat=True)
    if typed.ssa is not None:
        number = str(typed.ssa)
        # The number of a house stands for its branches too.
        branches = Q() if typed.ssa.branch else Q(ssa_number__startswith=f"{number}/")
        recognised = Secretariat.objects.filter(in_use, Q(ssa_number=number) | branches)
        meant += recognised.order_by("ssa_number").values_list("enterprise", flat=True)
    return meant


def best_matches(names: QuerySet[EnterpriseName], phrase: str) -> list[EnterpriseNumber]:
    """Give the enterprises of names that match, best first.

    Names that are the phrase, or begin with it, are asked for by themselves, so that they are
    found however many others merely hold it.
    """
    wanted = folded(phrase)
    ways = (names.filter(folded=wanted), names.filter(folded__startswith=wanted), names)
    first, *others = (
        way.annotate(wanted=wanted).values_list("entity", "folded", "wanted")[:_CANDIDATES]
        for way in ways
    )
    ranked: dict[int, tuple[int, int, str]] = {}
    for entity, name, text in first.union(*others, all=True):
        rank = (_closeness(name, text), len(name), name)
        ranked[entity] = min(rank, ranked.get(entity, rank))
    best = sorted(ranked, key=lambda entity: (ranked[entity], entity))
    return [EnterpriseNumber.from_int(entity) for entity in best]


def _closeness(name: str, text: str) -> int:
    """Say how close a name comes to what was typed; 0 is the same."""
    if name == text:
        return 0
    if name.startswith(text):
        return 1
    return 2 if f" {text}" in name else 3
