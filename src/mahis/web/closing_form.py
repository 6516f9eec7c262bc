"""The form in which mandates are closed: which ones, and in which quarter they end (L2)."""

import dataclasses

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.usecases.close import Closing
from mahis.web import explaining, typed

_LONGEST_QUARTER = 20
_LONGEST_PLACE = 3


class ClosingForm(forms.Form):
    """The fields; which of them are wrong is said by `read`."""

    places = forms.Field(required=False)
    end = forms.CharField(required=False, label=gettext_lazy("End quarter"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Read:
    """What was typed, read as far as it can be."""

    form: ClosingForm
    #: What is to be closed; None while something is missing or wrong.
    closing: Closing | None


def beginning(places: list[str]) -> ClosingForm:
    """Give the form with some mandates ticked."""
    return ClosingForm({"places": places, "end": ""})


def read(data: QueryDict, *, reference: AuthorisationReference, version: int) -> Read:
    """Read a form that is to be finished."""
    ticked = typed.texts(data, "places")
    form = ClosingForm({"places": ticked, "end": typed.text(data, "end", longest=_LONGEST_QUARTER)})
    places, end = _places(form, ticked), _end(form)
    if form.errors or end is None:
        return Read(form=form, closing=None)
    closing = Closing(reference=reference, version=version, places=places, end=end)
    return Read(form=form, closing=closing)


def _places(form: ClosingForm, ticked: list[str]) -> tuple[int, ...]:
    if not ticked:
        form.add_error("places", _("Tick at least one mandate."))
    for place in ticked:
        if not (place.isascii() and place.isdigit() and len(place) <= _LONGEST_PLACE):
            form.add_error("places", _("One of the mandates ticked does not exist."))
            return ()
    return tuple(int(place) for place in ticked)


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
