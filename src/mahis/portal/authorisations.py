"""Consulting: an authorisation, one mandate of it, and the summary after drawing up (L7, C16)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mahis.domain.mandate import AuthorisationReference
from mahis.portal import form_signing, papers
from mahis.usecases.meanwhile import AuthorisationUnknown
from mahis.web import access, delegation_pages, done, notice_pages, showing_one


@access.consults
@require_safe
def authorisation(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show one authorisation with all its mandates, and what was just done with it.

    Who is no party, but has a delegation, is led to that: notices name the authorisation.
    """
    try:
        details = showing_one.details_of(request, reference)
    except AuthorisationUnknown:
        received = delegation_pages.of_authorisation(request, reference)
        if not received:
            raise
        return redirect("portal:delegation", received[0].number)
    context = showing_one.context(request, details)
    context["told_about"] = notice_pages.told_about(request, reference)
    context["delegations"] = delegation_pages.of_authorisation(request, reference)
    context["just_done"] = done.take(request, reference=reference)
    return render(request, "portal/authorisation.html", context)


@access.consults
@require_safe
def mandate(request: HttpRequest, reference: AuthorisationReference, place: int) -> HttpResponse:
    """Show one mandate of an authorisation."""
    details = showing_one.details_of(request, reference)
    found = next((each for each in details.mandates if each.place == place), None)
    if found is None:
        raise AuthorisationUnknown
    context = showing_one.context(request, details, only=found)
    context["delegations"] = delegation_pages.of_authorisation(request, reference, place=place)
    return render(request, "portal/mandate.html", context)


@access.consults
@require_safe
def summary(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show the third step of drawing up: what was registered and what it waits for."""
    details = showing_one.details_of(request, reference)
    documents = showing_one.documents_of(request, details)
    context = showing_one.context(request, details, documents=documents)
    not_made = papers.take_not_made(request, reference=reference)
    context["papers"] = found = papers.of(details, documents, not_made=not_made)
    context["with_steps"] = bool(found.to_sign or not_made) and bool(details.awaited)
    context["download_first"] = found.to_sign is not None
    context["form"] = form_signing.SignedFormForm({})
    return render(request, "portal/summary.html", context)
