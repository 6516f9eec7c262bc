"""All delegations of the register, and their end by an officer (L8, N2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from mahis.backoffice.opening import acting_officers, officers
from mahis.web import delegation_pages


@officers
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the delegations that were asked for; without criteria, all of them."""
    return render(request, "backoffice/delegations.html", delegation_pages.listed(request))


@officers
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one delegation."""
    return delegation_pages.shown(request, number, template="backoffice/delegation.html")


@acting_officers
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether and why a delegation is to end, or end it."""
    return delegation_pages.end(request, number, template="backoffice/delegation_end.html")
