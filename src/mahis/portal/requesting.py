"""Asking to become a service provider: contact data, a check, a receipt, withdrawing (R3)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mahis.domain.contacts import ContactData
from mahis.domain.identification import (
    ConditionNotMet,
    RequestReference,
    RequestState,
    RequestUnknown,
)
from mahis.domain.refusals import Conflict, Refused
from mahis.portal import contact_form
from mahis.portal.contact_form import ContactForm
from mahis.queries import enterprises, identification, identification_requests
from mahis.queries.identification_requests import Request
from mahis.usecases import ask_identification, withdraw_request
from mahis.web import access, asking, clock, explaining, refusals

_KEPT = "identification_contact"
_JUST_ASKED = "identification_asked"
_TICKED = "yes"


class TermsForm(forms.Form):
    """The one box to tick before a request is sent."""

    terms = forms.Field(required=False, label=gettext_lazy("e-Box for service providers"))


@access.manages
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Ask how the enterprise can be reached; only where every condition holds."""
    actor = asking.actor(request)
    if not identification.conditions(actor=actor, on=clock.today()).may_ask:
        return redirect("portal:identification")
    if request.method == "GET":
        return _ask(request, contact_form.beginning(_kept(request), actor=actor))
    read = contact_form.read(request.POST, actor=actor)
    if read.contact is None:
        return _ask(request, read.form, status=422)
    request.session[_KEPT] = {
        "for": actor.enterprise.digits,
        **contact_form.kept(read.contact),
    }
    return redirect("portal:identification_check")


@access.manages
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show what is about to be sent, with the terms to accept, or send it."""
    actor, found = asking.actor(request), _kept(request)
    if found is None:
        return _to_own_request(request)
    if request.method == "GET":
        return _check(request, found, TermsForm({"terms": []}))
    ticked = request.POST.get("terms") == _TICKED
    try:
        reference = ask_identification.ask(
            actor=actor,
            contact=found,
            terms_accepted=ticked,
            at=clock.now(),
            on=clock.today(),
        )
    except ConditionNotMet:
        return redirect("portal:identification")
    except Refused as refusal:
        form = TermsForm({"terms": [_TICKED] if ticked else []})
        explaining.put_on(form, [refusal], actor=actor, language=get_language() or "")
        return _check(request, found, form, status=refusals.status_of(refusal))
    del request.session[_KEPT]
    request.session[_JUST_ASKED] = str(reference)
    return redirect("portal:identification_request", reference)


@access.consults
@require_safe
def receipt(request: HttpRequest, reference: RequestReference) -> HttpResponse:
    """Show a request of one's own enterprise: its number, what was sent, and where it stands."""
    found = _own(request, reference)
    just_asked = request.session.get(_JUST_ASKED) == str(reference)
    if just_asked:
        del request.session[_JUST_ASKED]
    context = {
        "found": found,
        "waits": found.state is RequestState.SUBMITTED,
        "just_asked": just_asked,
    }
    return render(request, "portal/identification_request.html", context)


@access.manages
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: RequestReference) -> HttpResponse:
    """Ask whether a request is to be withdrawn, or withdraw it."""
    found, refusal = _own(request, reference), None
    if request.method == "POST":
        try:
            withdraw_request.withdraw(
                actor=asking.actor(request),
                reference=reference,
                at=clock.now(),
                on=clock.today(),
            )
        except Conflict as conflict:
            refusal = conflict
        else:
            return redirect("portal:identification_request", reference)
    if found.state is not RequestState.SUBMITTED:
        # A second click, or the office was quicker: its page says what came of it.
        return redirect("portal:identification_request", reference)
    context = {"found": found, "refusal": "" if refusal is None else refusals.explain(refusal)}
    status = 200 if refusal is None else refusals.status_of(refusal)
    return render(request, "portal/identification_withdraw.html", context, status=status)


def _own(request: HttpRequest, reference: RequestReference) -> Request:
    found = identification_requests.own(actor=asking.actor(request), reference=reference)
    if found is None:
        raise RequestUnknown
    return found


def _kept(request: HttpRequest) -> ContactData | None:
    """Give what was typed before, for the enterprise acted for now; None where nothing was."""
    found = dict(request.session.get(_KEPT) or {})
    if found.pop("for", "") != asking.actor(request).enterprise.digits:
        return None
    return ContactData.parse(**found)


def _to_own_request(request: HttpRequest) -> HttpResponse:
    """Lead to the request that waits, which a second click has made already, or to the start."""
    for each in identification_requests.of_enterprise(actor=asking.actor(request)):
        if each.state is RequestState.SUBMITTED:
            return redirect("portal:identification_request", each.reference)
    return redirect("portal:identification")


def _ask(request: HttpRequest, form: ContactForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "languages": contact_form.languages()}
    return render(request, "portal/identification_contact.html", context, status=status)


def _check(
    request: HttpRequest, found: ContactData, form: TermsForm, *, status: int = 200
) -> HttpResponse:
    own = enterprises.card(
        number=asking.actor(request).enterprise, on=clock.today(), language=get_language() or ""
    )
    context = {"own": own, "contact": found, "form": form, "ticked": _TICKED}
    return render(request, "portal/identification_check.html", context, status=status)
