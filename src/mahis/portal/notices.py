"""My notices: what one's enterprise was told, when, how, and whether it arrived (T1, T2)."""

import uuid

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mahis.domain.parties import Quality
from mahis.queries import notices_of
from mahis.web import access, asking, clock, house_notices, house_rules, notice_pages, typed
from mahis.web.notice_pages import Told

#: Who receives notices; officers read them in their own screens.
_recipients = access.for_capacity(qualities=frozenset(Quality) - {Quality.NSSO_OFFICER})
_WAITING = "waiting"


@_recipients
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Show what the enterprise was told, the newest first: all, or what still waits for it."""
    waiting = request.GET.get("show") == _WAITING
    found = notices_of.told(
        actor=asking.actor(request),
        waiting=waiting,
        page=typed.page(request.GET),
        page_size=house_rules.rows_a_page(),
        limit=house_rules.most_found(),
        address=house_notices.address,
        on=clock.today(),
        language=get_language() or "",
    )
    context = {
        "found": found,
        "notices": [Told.of(row) for row in found.rows],
        "waiting": waiting,
        "most": house_rules.most_found(),
        "earlier": _query(page=found.page - 1, waiting=waiting),
        "later": _query(page=found.page + 1, waiting=waiting),
    }
    return render(request, "portal/notices.html", context)


@_recipients
@require_safe
def one(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Show one notice as it was told, and how it travels."""
    return notice_pages.notice(request, notice, template="portal/notice.html")


@_recipients
@require_safe
def letter(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Give the letter about a notice as it was printed."""
    return notice_pages.letter(request, notice)


def _query(*, page: int, waiting: bool) -> str:
    query = QueryDict(mutable=True)
    if waiting:
        query["show"] = _WAITING
    query["page"] = str(page)
    return query.urlencode()
