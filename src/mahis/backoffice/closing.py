"""Closing mandates on behalf of a party: which, when and why, a confirmation, and done (N2, L3).

What was typed goes from page to page by POST only: a reason can name people, and addresses are
logged.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from mahis.backoffice.opening import acting_officers
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import NotFound, Refused
from mahis.usecases import close as closes
from mahis.usecases.close import Closing
from mahis.usecases.meanwhile import StalePage
from mahis.web import acting, asking, clock, closing_form, explaining, house_rules, showing_one
from mahis.web.closing_form import ClosingForm

#: The end quarters offered for one click, counted from the current one; officers look back too.
_PICKS = (-2, -1, 0, 1, 2)


@acting_officers
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Ask which mandates end, when and why; what is right is shown once more before it is done."""
    if request.method == "GET":
        return _show(request, reference)
    read = _read(request, reference)
    if "change" in request.POST:
        return _show(request, reference, form=read.form)
    if read.closing is None:
        return _show(request, reference, form=read.form, status=422)
    closing = read.closing
    try:
        closes.rehearse(
            actor=asking.actor(request),
            closing=closing,
            limits=house_rules.limits(),
            on=clock.today(),
        )
    except NotFound:
        raise
    except StalePage as stale:
        return acting.stale_page(request, stale, reference=reference)
    except Refused as refusal:
        return _refused(request, reference, read.form, refusal)
    return _confirmation(request, closing)


@acting_officers
@require_POST
def confirm(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Close what was confirmed."""
    read = _read(request, reference)
    if read.closing is None:
        return _show(request, reference, form=read.form, status=422)
    closing = read.closing
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
        page=lambda refusal: _refused(request, reference, read.form, refusal),
    )


def _read(request: HttpRequest, reference: AuthorisationReference) -> closing_form.Read:
    return closing_form.read(
        request.POST, reference=reference, version=acting.version_in(request), with_reason=True
    )


def _confirmation(request: HttpRequest, closing: Closing) -> HttpResponse:
    details = showing_one.details_of(request, closing.reference)
    ticked = [mandate for mandate in details.mandates if mandate.place in closing.places]
    context = {
        "details": details,
        "closing": closing,
        "ticked": ticked,
        "current": Quarter.containing(clock.today()),
    }
    return render(request, "backoffice/close_confirm.html", context)


def _refused(
    request: HttpRequest, reference: AuthorisationReference, form: ClosingForm, refusal: Refused
) -> HttpResponse:
    explaining.put_on(form, [refusal], actor=asking.actor(request), language=get_language() or "")
    return _show(request, reference, form=form, status=422)


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
    context |= {
        "form": form,
        "closable": closing_form.options(closable),
        "picks": [Quarter.containing(clock.today()) + ahead for ahead in _PICKS],
        "longest_reason": house_rules.limits().longest_reason,
    }
    return render(request, "backoffice/close.html", context, status=status)
