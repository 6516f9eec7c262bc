"""Closing mandates: which ones and when, a confirmation, and done (L2 to L4)."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import NotFound, Refused
from mahis.usecases import close as closes
from mahis.usecases.close import Closing
from mahis.usecases.meanwhile import StalePage
from mahis.web import (
    access,
    acting,
    asking,
    clock,
    closing_form,
    explaining,
    house_rules,
    showing_one,
)
from mahis.web.closing_form import ClosingForm


@access.manages
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Ask which mandates end, and when; what is right leads to the confirmation."""
    if request.method == "GET":
        return _show(request, reference)
    read = closing_form.read(request.POST, reference=reference, version=acting.version_in(request))
    if read.closing is not None:
        try:
            _rehearse(request, read.closing)
        except NotFound:
            raise
        except StalePage as stale:
            return acting.stale_page(request, stale, reference=reference)
        except Refused as refusal:
            explaining.put_on(
                read.form, [refusal], actor=asking.actor(request), language=get_language() or ""
            )
        else:
            return HttpResponseRedirect(_address_of_confirmation(read.closing))
    return _show(request, reference, form=read.form, status=422)


@access.manages
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show what is about to be closed, or close it."""
    data = request.POST if request.method == "POST" else request.GET
    version = acting.version_in(request)
    read = closing_form.read(data, reference=reference, version=version)
    if read.closing is None:
        return redirect("portal:close", reference)
    closing = read.closing
    if request.method == "POST":
        return acting.answer(
            request,
            act=Act.CLOSE,
            reference=reference,
            do=lambda: closes.close(
                actor=asking.actor(request),
                closing=closing,
                limits=house_rules.limits(),
                at=clock.now(),
                on=clock.today(),
            ),
            page=lambda refusal: _refused(request, closing, refusal),
            is_as_wanted=lambda: _is_closed(request, closing),
        )
    return _show_confirmation(request, closing)


def _show_confirmation(request: HttpRequest, closing: Closing) -> HttpResponse:
    try:
        _rehearse(request, closing)
    except NotFound:
        raise
    except StalePage as stale:
        return acting.stale_page(request, stale, reference=closing.reference)
    except Refused as refusal:
        return _refused(request, closing, refusal)
    details = showing_one.details_of(request, closing.reference)
    ticked = [mandate for mandate in details.mandates if mandate.place in closing.places]
    context = {"details": details, "closing": closing, "ticked": ticked}
    return render(request, "portal/close_confirm.html", context)


def _rehearse(request: HttpRequest, closing: Closing) -> None:
    closes.rehearse(
        actor=asking.actor(request),
        closing=closing,
        limits=house_rules.limits(),
        on=clock.today(),
    )


def _is_closed(request: HttpRequest, closing: Closing) -> bool:
    """Say whether the mandates ticked have the end that was wanted."""
    details = showing_one.details_of(request, closing.reference)
    ended = {each.place for each in details.mandates if each.period.end == closing.end}
    return set(closing.places) <= ended


def _refused(request: HttpRequest, closing: Closing, refusal: Refused) -> HttpResponse:
    """Lead back to the form, with what was ticked and typed and why it cannot be done."""
    form = ClosingForm(
        {"places": [str(place) for place in closing.places], "end": closing.end.screen}
    )
    explaining.put_on(form, [refusal], actor=asking.actor(request), language=get_language() or "")
    return _show(request, closing.reference, form=form, status=422)


def _show(
    request: HttpRequest,
    reference: AuthorisationReference,
    *,
    form: ClosingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    details = showing_one.details_of(request, reference)
    closable = details.may(Act.CLOSE)
    if form is None:
        form = closing_form.beginning(request.GET, closable=closable)
    context = showing_one.context(request, details)
    context |= {"form": form, "closable": closing_form.options(closable)}
    return render(request, "portal/close.html", context, status=status)


def _address_of_confirmation(closing: Closing) -> str:
    query = [("places", str(place)) for place in closing.places]
    query += [("end", closing.end.screen), ("version", str(closing.version))]
    address = reverse("portal:close_confirm", args=[closing.reference])
    return f"{address}?{urlencode(query)}"
