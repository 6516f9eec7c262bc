"""Identification: whether an enterprise can ask to become a service provider (H1, R3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahis.queries import identification
from mahis.web import access, asking, clock


@access.consults
@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """Show the conditions one by one, and which of them hold."""
    found = identification.conditions(actor=asking.actor(request), on=clock.today())
    return render(request, "portal/identification.html", {"conditions": found})
