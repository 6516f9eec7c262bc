"""Searching all mandates (F1, F2, N2), and the short way by a reference."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.domain.mandate import MandateReference
from mahis.queries.find_mandates import Results
from mahis.web import mandate_search

#: In the address where somebody wants to see what a reference names, not a list.
_OPEN = "open"


@officers
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the mandates that were searched for, or go straight to the only one there is."""
    context = mandate_search.context(request)
    wanted = _OPEN in request.GET and context["narrowed"]
    named = _named(context["results"]) if wanted else ()
    if len(named) == 1:
        return redirect("backoffice:mandate", named[0].authorisation, named[0].place)
    if named and len({each.authorisation for each in named}) == 1:
        return redirect("backoffice:authorisation", named[0].authorisation)
    return render(request, "backoffice/search.html", context)


def _named(results: object) -> tuple[MandateReference, ...]:
    """Give the mandates found; none where they do not fit one page."""
    if not isinstance(results, Results) or results.pages > 1:
        return ()
    return tuple(row.reference for row in results.rows)
