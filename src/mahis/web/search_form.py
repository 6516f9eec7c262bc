"""The form in which mandates are searched: any mix of criteria, in the address (F1)."""

import dataclasses

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mahis.domain.mandate import State
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.queries.find_mandates import Criteria
from mahis.web import explaining, typed

_LONGEST_PARTY = 200
_LONGEST_QUARTER = 20
_LONGEST_REFERENCE = 40


class SearchForm(forms.Form):
    """The fields; which of them are wrong is said by `read` and by the search itself."""

    mandator = forms.CharField(required=False, label=gettext_lazy("Principal"))
    mandatary = forms.CharField(required=False, label=gettext_lazy("Mandatary"))
    quarter = forms.CharField(required=False, label=gettext_lazy("Quarter"))
    reference = forms.CharField(required=False, label=gettext_lazy("Reference"))
    groups = forms.Field(required=False)
    states = forms.Field(required=False)
    side = forms.CharField(required=False)
    awaited = forms.CharField(required=False)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Search:
    """A search, read as far as it can be."""

    form: SearchForm
    #: What is searched for; None where something typed is wrong.
    criteria: Criteria | None
    sort: str
    page: int


def read(data: QueryDict) -> Search:
    """Read a search from an address; what makes no sense becomes an error at its field."""
    form = SearchForm(
        {
            "mandator": typed.text(data, "mandator", longest=_LONGEST_PARTY),
            "mandatary": typed.text(data, "mandatary", longest=_LONGEST_PARTY),
            "quarter": typed.text(data, "quarter", longest=_LONGEST_QUARTER),
            "reference": typed.text(data, "reference", longest=_LONGEST_REFERENCE),
            "groups": typed.texts(data, "groups"),
            "states": typed.texts(data, "states"),
            "side": typed.text(data, "side", longest=_LONGEST_QUARTER),
            "awaited": typed.text(data, "awaited", longest=_LONGEST_QUARTER),
        }
    )
    return Search(
        form=form,
        criteria=_criteria(form),
        sort=typed.text(data, "sort", longest=_LONGEST_QUARTER),
        page=typed.page(data),
    )


def _criteria(form: SearchForm) -> Criteria | None:
    states, quarter = _states(form), _quarter(form)
    if form.errors:
        return None
    return Criteria(
        mandator_text=form.data["mandator"],
        mandatary_text=form.data["mandatary"],
        groups=tuple(form.data["groups"]),
        states=states,
        quarter=quarter,
        reference=form.data["reference"],
        side=_side(form.data["side"]),
        awaited=_side(form.data["awaited"]),
    )


def _states(form: SearchForm) -> tuple[State, ...]:
    known = {state.value: state for state in State}
    ticked = form.data["states"]
    if any(code not in known for code in ticked):
        form.add_error("states", _("There is no such status."))
    return tuple(known[code] for code in ticked if code in known)


def _quarter(form: SearchForm) -> Quarter | None:
    if not form.data["quarter"]:
        return None
    try:
        return Quarter.parse(form.data["quarter"])
    except Refused as refusal:
        form.add_error("quarter", explaining.text_of(refusal))
        return None


def _side(code: str) -> Side | None:
    return next((side for side in Side if side.value == code), None)
