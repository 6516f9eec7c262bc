"""Signing, refusing and withdrawing an authorisation that is not finished (C8, C15, L6)."""

import functools

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import Refused
from mahis.usecases import refuse as refusing
from mahis.usecases import sign as signing
from mahis.usecases import withdraw as withdrawing
from mahis.web import access, acting, asking, clock, house_rules, refusals, showing_one, typed


@access.manages
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show what is to be signed, or accept and sign it by authentication."""
    page = functools.partial(_page, request, reference, "portal/sign.html")
    if request.method == "GET":
        return page()
    return acting.answer(
        request,
        act=Act.VALIDATE,
        reference=reference,
        do=lambda: signing.sign(
            actor=asking.actor(request),
            reference=reference,
            version=acting.version_in(request),
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        ),
        page=page,
    )


@access.manages
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Ask for the reason of a refusal, or refuse with it."""
    page = functools.partial(_page, request, reference, "portal/refuse.html")
    if request.method == "GET":
        return page()
    return acting.answer(
        request,
        act=Act.REFUSE,
        reference=reference,
        do=lambda: refusing.refuse(
            actor=asking.actor(request),
            reference=reference,
            version=acting.version_in(request),
            reason=_reason(request),
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        ),
        page=page,
    )


@access.manages
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Ask whether an authorisation is to be withdrawn, or withdraw it."""
    page = functools.partial(_page, request, reference, "portal/withdraw.html")
    if request.method == "GET":
        return page()
    return acting.answer(
        request,
        act=Act.WITHDRAW,
        reference=reference,
        do=lambda: withdrawing.withdraw(
            actor=asking.actor(request),
            reference=reference,
            version=acting.version_in(request),
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        ),
        page=page,
    )


class RefusingForm(forms.Form):
    """The one field of refusing; the rules say what is wrong with it."""

    reason = forms.CharField(required=False, label=gettext_lazy("Reason"))


def _page(
    request: HttpRequest,
    reference: AuthorisationReference,
    template: str,
    refusal: Refused | None = None,
) -> HttpResponse:
    """Show the page of an act, with why it was refused if it was."""
    context = showing_one.context(request, showing_one.details_of(request, reference))
    form = RefusingForm({"reason": _reason(request)})
    status = 200
    if refusal is not None:
        form.add_error("reason" if refusal.field == "reason" else None, refusals.explain(refusal))
        status = refusals.status_of(refusal)
    context |= {"form": form, "longest_reason": house_rules.limits().longest_reason}
    return render(request, template, context, status=status)


def _reason(request: HttpRequest) -> str:
    longest = house_rules.limits().longest_reason
    return typed.lines(request.POST.get("reason", ""))[: longest + 1]
