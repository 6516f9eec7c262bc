"""Requests to become a service provider: the queue, one of them, and the decision (N2)."""

import contextlib
import dataclasses

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mahis.backoffice import change_words, waits
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.changes import Subject
from mahis.domain.identification import (
    RequestDecided,
    RequestReference,
    RequestState,
    RequestUnknown,
)
from mahis.domain.refusals import Conflict, Refused
from mahis.queries import changes, identification_requests
from mahis.queries.identification_requests import OfficeRequest, ToDecide
from mahis.usecases import accept_provider, claim_request, refuse_provider
from mahis.web import asking, clock, explaining, house_rules, provider_words, refusals, typed


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One request that waits, as the queue shows it."""

    found: OfficeRequest
    #: How long it has waited: `3 days`.
    waits: str


class RefusingForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(required=False, label=gettext_lazy("Why is it refused?"))


@officers
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show the requests that wait, the oldest first, and who is deciding which."""
    at = clock.now()
    found = identification_requests.waiting(
        actor=asking.actor(request),
        at=at,
        on=clock.today(),
        language=get_language() or "",
        page=typed.page(request.GET),
    )
    context = {
        "found": found,
        "rows": [
            Row(found=row, waits=waits.since(row.request.asked_at, at=at)) for row in found.rows
        ],
        "earlier": f"page={found.page - 1}",
        "later": f"page={found.page + 1}",
    }
    return render(request, "backoffice/requests.html", context)


@officers
@require_safe
def show(request: HttpRequest, reference: RequestReference) -> HttpResponse:
    """Show a request with its conditions as they are today; one's own claim lasts while at it."""
    found = _one(request, reference)
    if found.row.claim is not None and found.row.claim.is_mine:
        with contextlib.suppress(Conflict):
            _claim_now(request, reference)
        found = _one(request, reference)
    return _page(request, found)


@acting_officers
@require_POST
def claim(request: HttpRequest, reference: RequestReference) -> HttpResponse:
    """Claim a request; where somebody else was quicker, its page says who."""
    with contextlib.suppress(Conflict):
        _claim_now(request, reference)
    return redirect("backoffice:request", reference)


@acting_officers
@require_POST
def release(request: HttpRequest, reference: RequestReference) -> HttpResponse:
    """Give back a request undecided, for the next officer."""
    claim_request.release(actor=asking.actor(request), reference=reference)
    return redirect("backoffice:requests")


@acting_officers
@require_POST
def accept(request: HttpRequest, reference: RequestReference) -> HttpResponse:
    """Accept a request: the enterprise is a service provider from today on."""
    try:
        accept_provider.accept(
            actor=asking.actor(request),
            reference=reference,
            rules=house_rules.reminders(),
            at=clock.now(),
            on=clock.today(),
        )
    except Conflict as refusal:
        return _refused(request, reference, refusal, wanted=RequestState.ACCEPTED)
    return redirect("backoffice:request", reference)


@acting_officers
@require_POST
def refuse(request: HttpRequest, reference: RequestReference) -> HttpResponse:
    """Refuse a request, with a reason that the enterprise reads."""
    form = RefusingForm({"reason": typed.lines(request.POST.get("reason", ""))})
    try:
        refuse_provider.refuse(
            actor=asking.actor(request),
            reference=reference,
            reason=form.data["reason"],
            limits=house_rules.limits(),
            at=clock.now(),
        )
    except Conflict as refusal:
        return _refused(request, reference, refusal, wanted=RequestState.REFUSED)
    except Refused as refusal:
        if refusal.field is None:
            raise
        explaining.put_on(
            form, [refusal], actor=asking.actor(request), language=get_language() or ""
        )
        return _page(request, _one(request, reference), form=form, status=422)
    return redirect("backoffice:request", reference)


def _claim_now(request: HttpRequest, reference: RequestReference) -> None:
    claim_request.claim(
        actor=asking.actor(request),
        reference=reference,
        limits=house_rules.limits(),
        at=clock.now(),
    )


def _one(request: HttpRequest, reference: RequestReference) -> ToDecide:
    found = identification_requests.one(
        actor=asking.actor(request),
        reference=reference,
        at=clock.now(),
        on=clock.today(),
        language=get_language() or "",
    )
    if found is None:
        raise RequestUnknown
    return found


def _refused(
    request: HttpRequest, reference: RequestReference, refusal: Refused, *, wanted: RequestState
) -> HttpResponse:
    """Show why it cannot be done; a second click finds it done and leads to it."""
    found = _one(request, reference)
    mine = found.row.officer_name == asking.actor(request).person.name
    if isinstance(refusal, RequestDecided) and found.row.request.state is wanted and mine:
        return redirect("backoffice:request", reference)
    return _page(
        request, found, refusal=refusals.explain(refusal), status=refusals.status_of(refusal)
    )


def _page(
    request: HttpRequest,
    found: ToDecide,
    *,
    form: RefusingForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, row = asking.actor(request), found.row
    is_mine = row.claim is not None and row.claim.is_mine
    open_now = row.request.state is RequestState.SUBMITTED and actor.manages
    history = changes.of(
        actor=actor, subject=Subject.IDENTIFICATION, key=str(row.request.reference)
    )
    context = {
        "found": found,
        "row": row,
        "asked": row.request,
        "waits": waits.since(row.request.asked_at, at=clock.now()),
        "lines": [(provider_words.FOR_OFFICERS[each.condition], each.met) for each in found.judged],
        "decides": open_now and is_mine,
        "can_claim": open_now and row.claim is None,
        "form": form or RefusingForm({"reason": ""}),
        "refusal": refusal,
        "entries": change_words.entries(history, subject=Subject.IDENTIFICATION),
        "longest_reason": house_rules.limits().longest_reason,
    }
    return render(request, "backoffice/request.html", context, status=status)
