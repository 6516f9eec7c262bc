"""Delegations that one's enterprise has given and received, and their end (L8)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from mahis.domain.parties import Quality
from mahis.web import access, delegation_pages

#: Who can stand on the side of mandataries.
PROVIDERS = frozenset({Quality.SERVICE_PROVIDER, Quality.SOCIAL_SECRETARIAT})
_COMPANIES = frozenset(Quality) - {Quality.NSSO_OFFICER}


@access.for_capacity(qualities=PROVIDERS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the delegations that were asked for; without criteria, all of the enterprise."""
    return render(request, "portal/delegations.html", delegation_pages.listed(request))


@access.for_capacity(qualities=_COMPANIES)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one delegation to whom it concerns: delegator, delegate, principal."""
    return delegation_pages.shown(request, number, template="portal/delegation.html")


@access.for_capacity(manages=True, qualities=PROVIDERS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether a delegation is to end, or end it."""
    return delegation_pages.end(request, number, template="portal/delegation_end.html")
