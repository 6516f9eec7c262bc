"""The form in which mandates are closed: which ones, when they end, and for officers why (L2)."""

import dataclasses

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mahis.domain.conditions import ReasonMissing, ReasonTooLong
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.queries.mandate_details import MandateDetails
from mahis.usecases.close import Closing
from mahis.web import explaining, house_rules, showing, typed

_LONGEST_QUARTER = 20
_LONGEST_PLACE = 3


class ClosingForm(forms.Form):
    """The fields; which of them are wrong is said by `read`."""

    places = forms.Field(required=False)
    end = forms.CharField(required=False, label=gettext_lazy("End quarter"))
    reason = forms.CharField(required=False, label=gettext_lazy("Reason"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Read:
    """What was typed, read as far as it can be."""

    form: ClosingForm
    #: What is to be closed; None while something is missing or wrong.
    closing: Closing | None


def beginning(data: QueryDict, *, closable: tuple[MandateDetails, ...]) -> ClosingForm:
    """Give the form with the mandate ticked that one came from, or the only one there is."""
    asked = typed.texts(data, "place")
    alone = [str(mandate.place) for mandate in closable] if len(closable) == 1 else []
    return ClosingForm({"places": asked or alone})


def options(closable: tuple[MandateDetails, ...]) -> list[tuple[str, str, str]]:
    """Give mandates as boxes to tick: value, label and what stands below it."""
    return [
        (
            str(mandate.place),
            mandate.group_name,
            f"{mandate.reference} · {showing.period(mandate.period)}",
        )
        for mandate in closable
    ]


def read(
    data: QueryDict, *, reference: AuthorisationReference, version: int, with_reason: bool = False
) -> Read:
    """Read a form that is to be finished; officers have to give a reason."""
    ticked = typed.texts(data, "places")
    form = ClosingForm(
        {
            "places": ticked,
            "end": typed.text(data, "end", longest=_LONGEST_QUARTER),
            "reason": typed.lines(data.get("reason", "")) if with_reason else "",
        }
    )
    places, end = _places(form, ticked), _end(form)
    reason = _reason(form) if with_reason else ""
    if form.errors or end is None:
        return Read(form=form, closing=None)
    closing = Closing(reference=reference, version=version, places=places, end=end, reason=reason)
    return Read(form=form, closing=closing)


def _places(form: ClosingForm, ticked: list[str]) -> tuple[int, ...]:
    if not ticked:
        form.add_error("places", _("Tick at least one mandate."))
    for place in ticked:
        if not (place.isascii() and place.isdigit() and len(place) <= _LONGEST_PLACE):
            form.add_error("places", _("One of the mandates ticked does not exist."))
            return ()
    return tuple(int(place) for place in ticked)


def _reason(form: ClosingForm) -> str:
    reason, longest = form.data["reason"], house_rules.limits().longest_reason
    if not reason:
        form.add_error("reason", explaining.text_of(ReasonMissing()))
    elif len(reason) > longest:
        form.add_error("reason", explaining.text_of(ReasonTooLong(longest=longest)))
    return str(reason)


def _end(form: ClosingForm) -> Quarter | None:
    text = form.data["end"]
    if not text:
        form.add_error("end", _("Enter the end quarter, for example 1/2027."))
        return None
    try:
        return Quarter.parse(text)
    except Refused as refusal:
        form.add_error("end", explaining.text_of(refusal))
        return None
