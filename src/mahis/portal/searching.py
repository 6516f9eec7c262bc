"""Searching the mandates of one's enterprise (F1, F2, F4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahis.web import access, mandate_search


@access.consults
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the mandates that were searched for; without criteria, all of the enterprise."""
    return render(request, "portal/search.html", mandate_search.context(request))
