"""Withdrawing mandates that took the place of others, before they begin (C6)."""

import dataclasses

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import RUNNING_STATES, AuthorisationReference
from mahis.domain.refusals import Refused
from mahis.queries.mandate_details import AuthorisationDetails, MandateDetails
from mahis.usecases import withdraw as withdrawing
from mahis.web import (
    access,
    acting,
    asking,
    clock,
    house_rules,
    refusals,
    showing,
    showing_one,
    typed,
)

_LONGEST_PLACE = 3


class PlacesForm(forms.Form):
    """The one field: which mandates; the rules say what is wrong with it."""

    places = forms.Field(required=False)


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Ticked:
    """What was ticked, as it was sent and as it is read."""

    texts: list[str]
    places: tuple[int, ...]


@access.manages
@require_http_methods(["GET", "POST"])
def withdraw_replacement(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Ask which replacements are to be withdrawn, or withdraw them."""
    if request.method == "GET":
        return _page(request, reference)
    ticked = _ticked(request)
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
            places=ticked.places,
        ),
        page=lambda refusal: _page(request, reference, ticked=ticked, refusal=refusal),
        is_as_wanted=lambda: _are_withdrawn(request, reference, ticked.places),
    )


def can_be_withdrawn(details: AuthorisationDetails) -> tuple[MandateDetails, ...]:
    """Give the mandates that both have signed and that can still be withdrawn."""
    return tuple(each for each in details.may(Act.WITHDRAW) if each.state in RUNNING_STATES)


def _ticked(request: HttpRequest) -> _Ticked:
    texts = typed.texts(request.POST, "places")
    return _Ticked(
        texts=texts,
        places=tuple(
            int(text)
            # What is no place is the place of no mandate.
            if text.isascii() and text.isdigit() and len(text) <= _LONGEST_PLACE
            else 0
            for text in texts
        ),
    )


def _are_withdrawn(
    request: HttpRequest, reference: AuthorisationReference, places: tuple[int, ...]
) -> bool:
    """Say whether none of the mandates ticked runs any more."""
    details = showing_one.details_of(request, reference)
    running = {each.place for each in details.mandates if each.state in RUNNING_STATES}
    return not running & set(places)


def _page(
    request: HttpRequest,
    reference: AuthorisationReference,
    *,
    ticked: _Ticked | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    details = showing_one.details_of(request, reference)
    possible = can_be_withdrawn(details)
    texts = ticked.texts if ticked else typed.texts(request.GET, "place")
    if ticked is None and len(possible) == 1:
        texts = [str(possible[0].place)]
    form = PlacesForm({"places": texts})
    status = 200
    if refusal is not None:
        form.add_error("places" if refusal.field == "places" else None, refusals.explain(refusal))
        status = refusals.status_of(refusal)
    context = showing_one.context(request, details)
    context |= {"form": form, "possible": [_option(each) for each in possible]}
    return render(request, "portal/withdraw_replacement.html", context, status=status)


def _option(mandate: MandateDetails) -> tuple[str, str, str]:
    """Give a mandate as a box to tick, with what happens to the one that it replaces."""
    older, end = mandate.neighbours.older, mandate.neighbours.end_of_older
    if older is None or end is None:
        happens = _("Nothing else changes by this.")
    else:
        happens = _(
            "Then the mandate of %(name)s has no end quarter any more; now it ends on %(day)s."
        ) % {"name": older.mandatary_name, "day": showing.day(end.last_day)}
    return (
        str(mandate.place),
        mandate.group_name,
        f"{mandate.reference} · {showing.period(mandate.period)} · {happens}",
    )
