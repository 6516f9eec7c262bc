"""One enterprise as officers see it: register, qualities, mandates, people, notices (N2)."""

import dataclasses
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mahis.backoffice import change_words
from mahis.backoffice.opening import officers
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.parties import Side
from mahis.queries import enterprise_page, notices_of
from mahis.queries.enterprise_page import EnterprisePage, SideCounts
from mahis.queries.enterprises import EnterpriseUnknown
from mahis.web import asking, clock
from mahis.web.notice_pages import Told

#: Notices shown, the newest first.
_MOST_NOTICES = 20


@dataclasses.dataclass(frozen=True, kw_only=True)
class Counted:
    """The mandates of an enterprise on one side in one state."""

    state: State
    count: int
    address: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OnSide:
    """The mandates of an enterprise on one side, as the screen shows them."""

    side: Side
    total: int
    more: bool
    #: The search that shows all of them.
    address: str
    blocks: tuple[Counted, ...]


@officers
@require_safe
def enterprise(request: HttpRequest, number: EnterpriseNumber) -> HttpResponse:
    """Show one enterprise; raises EnterpriseUnknown."""
    actor, on, language = asking.actor(request), clock.today(), get_language() or ""
    found = enterprise_page.page(actor=actor, number=number, on=on, language=language)
    if found is None:
        raise EnterpriseUnknown(number=number)
    told = notices_of.of_enterprise(
        actor=actor, enterprise=number, most=_MOST_NOTICES, on=on, language=language
    )
    context = {
        "page": found,
        "sides": tuple(_on_side(number, each) for each in found.sides),
        "told": tuple(map(Told.of, told)),
        "most_told": _MOST_NOTICES,
        "changes": _changes(found),
    }
    return render(request, "backoffice/enterprise.html", context)


def _on_side(number: EnterpriseNumber, counted: SideCounts) -> OnSide:
    def search(**more: str) -> str:
        query = urlencode({counted.side.value: number.screen, **more})
        return f"{reverse('backoffice:search')}?{query}"

    return OnSide(
        side=counted.side,
        total=min(counted.total, enterprise_page.COUNTED_AT_MOST),
        more=counted.more,
        address=search(),
        blocks=tuple(
            Counted(state=state, count=count, address=search(states=state.value))
            for state, count in counted.counts.items()
        ),
    )


def _changes(found: EnterprisePage) -> tuple[change_words.Entry, ...]:
    return tuple(
        entry
        for subject, change in found.changes
        for entry in change_words.entries([change], subject=subject)
    )
