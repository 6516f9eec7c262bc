"""The mandates that were touched since a party ceased, or the principal as an employer (N2)."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.queries import ceased as look
from mahis.web import asking, clock, typed

_BACK = "back"


@officers
@require_safe
def ceased(request: HttpRequest) -> HttpResponse:
    """List them, the newest first; or only those of whom the register says otherwise by now."""
    only_back = _BACK in request.GET
    page = max(typed.page(request.GET), 1)
    found = look.all_settled(
        actor=asking.actor(request),
        on=clock.today(),
        language=get_language() or "",
        page=page,
        only_back=only_back,
    )
    context = {
        "found": found,
        "only_back": only_back,
        "page": page,
        "earlier": _address(page - 1, only_back=only_back),
        "later": _address(page + 1, only_back=only_back),
    }
    return render(request, "backoffice/ceased.html", context)


def _address(page: int, *, only_back: bool) -> str:
    """Give what stands behind the question mark in the address of another page."""
    return urlencode({"page": page} | ({_BACK: 1} if only_back else {}))
