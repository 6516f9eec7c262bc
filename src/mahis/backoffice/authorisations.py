"""Consulting an authorisation or one mandate of it; officers are led on to its history (L7, N2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.domain.mandate import AuthorisationReference
from mahis.queries import scan_queue
from mahis.usecases.meanwhile import AuthorisationUnknown
from mahis.web import asking, delegation_pages, done, notice_pages, showing_one


@officers
@require_safe
def authorisation(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show one authorisation with all its mandates, and what was just done with it."""
    details = showing_one.details_of(request, reference)
    context = showing_one.context(request, details)
    context["told_about"] = notice_pages.told_about(request, reference)
    context["delegations"] = delegation_pages.of_authorisation(request, reference)
    just_done = done.take(request, reference=reference)
    context["just_done"] = just_done
    if just_done is not None and just_done.decided_scan:
        context["more_scans"] = scan_queue.count(actor=asking.actor(request))
    return render(request, "backoffice/authorisation.html", context)


@officers
@require_safe
def mandate(request: HttpRequest, reference: AuthorisationReference, place: int) -> HttpResponse:
    """Show one mandate of an authorisation."""
    details = showing_one.details_of(request, reference)
    found = next((each for each in details.mandates if each.place == place), None)
    if found is None:
        raise AuthorisationUnknown
    context = showing_one.context(request, details, only=found)
    context["delegations"] = delegation_pages.of_authorisation(request, reference, place=place)
    return render(request, "backoffice/mandate.html", context)
