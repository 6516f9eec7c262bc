"""What a search for mandates shows: a filter and a table that can be sorted (F1, F2, F4)."""

import dataclasses
from collections.abc import Iterator

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mahis.domain.mandate import State
from mahis.domain.refusals import Refused
from mahis.queries import find_mandates, groups
from mahis.queries.find_mandates import Results
from mahis.queries.groups import BranchOfGroups
from mahis.web import asking, clock, explaining, house_rules, search_form, words
from mahis.web.search_form import Search

#: The columns, by the keys that the look-up sorts by, in the order in which they stand.
_COLUMNS: dict[str, Promise] = {
    "reference": _("Reference"),
    "mandatorName": _("Principal"),
    "mandataryName": _("Mandatary"),
    "group": _("Application group"),
    "start": _("Period"),
    "state": _("Status"),
}
#: References count up as mandates are drawn up, so their column shows this order as its own.
_ORDER_OF_REFERENCES = "drawnUp"
_TURNED = "-"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Column:
    """One heading of the table."""

    label: Promise
    #: The address behind the heading: the same search, sorted by this column or turned round.
    query: str
    #: How the table stands now by this column: `ascending`, `descending` or `none`.
    direction: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Chip:
    """One criterion that came with a link, shown above the results."""

    text: str
    #: The same search without it.
    query: str


def context(request: HttpRequest) -> dict[str, object]:
    """Give templates the mandates that were searched for, and the search; without criteria, all."""
    on, language = clock.today(), get_language() or ""
    asked = search_form.read(request.GET)
    results = _found(request, asked)
    branches = groups.all_groups(on=on, language=language)
    return {
        "form": asked.form,
        "results": results,
        "columns": _columns(request.GET, results.sort) if results else (),
        "earlier": results and _page_query(request.GET, results.page - 1),
        "later": results and _page_query(request.GET, results.page + 1),
        "most": house_rules.most_found(),
        "narrowed": any(asked.form.data.values()),
        "chips": tuple(_chips(request.GET, asked)),
        "branches": branches,
        "states": tuple(State),
        "ticked": _ticked(asked, branches),
    }


def _ticked(asked: Search, branches: tuple[BranchOfGroups, ...]) -> str:
    """Name the states and groups that were ticked, for when their boxes are folded away."""
    states, codes = asked.form.data["states"], asked.form.data["groups"]
    names = [str(words.of(state)) for state in State if state.value in states]
    names += [group.name for branch in branches for group in branch.groups if group.code in codes]
    return ", ".join(names)


def _found(request: HttpRequest, asked: Search) -> Results | None:
    if asked.criteria is None:
        return None
    try:
        return find_mandates.find(
            actor=asking.actor(request),
            criteria=asked.criteria,
            sort=asked.sort,
            page=asked.page,
            page_size=house_rules.rows_a_page(),
            limit=house_rules.most_found(),
            on=clock.today(),
            language=get_language() or "",
        )
    except Refused as refusal:
        explaining.put_on(
            asked.form, [refusal], actor=asking.actor(request), language=get_language() or ""
        )
        return None


def _chips(asked: QueryDict, search: Search) -> Iterator[Chip]:
    """Give what narrows a search without standing in a field: it came with a link."""
    criteria = search.criteria
    if criteria is not None and criteria.side is not None:
        text = gettext("Your enterprise is: %(side)s") % {"side": words.of(criteria.side)}
        yield Chip(text=text, query=_query(asked, side="", page=""))
    if criteria is not None and criteria.awaited is not None:
        text = gettext("To be signed by: %(side)s") % {"side": words.of(criteria.awaited)}
        yield Chip(text=text, query=_query(asked, awaited="", page=""))


def _columns(asked: QueryDict, sort: str) -> tuple[Column, ...]:
    return tuple(_column(asked, key, label, sort) for key, label in _COLUMNS.items())


def _column(asked: QueryDict, key: str, label: Promise, sort: str) -> Column:
    if key == "reference":
        sort = sort.replace(_ORDER_OF_REFERENCES, key)
    directions = {key: "ascending", _TURNED + key: "descending"}
    turned = _TURNED + key if sort == key else key
    return Column(
        label=label,
        query=_query(asked, sort=turned, page=""),
        direction=directions.get(sort, "none"),
    )


def _page_query(asked: QueryDict, page: int) -> str:
    return _query(asked, page=str(page))


def _query(asked: QueryDict, **changed: str) -> str:
    """Give the same search with some of it changed; what is empty is left out."""
    query = asked.copy()
    for name, value in changed.items():
        query[name] = value
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        kept.setlist(name, [value for value in values if value])
    return kept.urlencode()
