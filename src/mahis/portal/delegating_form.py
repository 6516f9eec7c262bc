"""The form in which past quarters are delegated: to whom, which ones, and for what (L8)."""

import dataclasses

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries.may_be_delegated import Choice
from mahis.usecases.delegate import Wanted
from mahis.web import explaining, showing, typed

_LONGEST_NUMBER = 20
_LONGEST_CODE = 60


class DelegatingForm(forms.Form):
    """The fields; which of them are wrong is said by `read`."""

    delegate = forms.CharField(required=False, label=gettext_lazy("Former mandatary"))
    start = forms.CharField(required=False, label=gettext_lazy("First quarter"))
    until = forms.CharField(required=False, label=gettext_lazy("Last quarter"))
    application = forms.CharField(required=False, label=gettext_lazy("For what"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Read:
    """What was typed, read as far as it can be."""

    form: DelegatingForm
    #: What is to be delegated; None while something is missing or wrong.
    wanted: Wanted | None


def beginning(data: QueryDict, choice: Choice) -> DelegatingForm:
    """Give the form as it was left; else with all that the only former mandatary had."""
    typed_before = _typed(data)
    if any(typed_before.values()):
        return DelegatingForm(typed_before)
    if len(choice.formers) != 1:
        return DelegatingForm({})
    (former,) = choice.formers
    had = former.quarters[-1]
    return DelegatingForm(
        {
            "delegate": former.number.digits,
            "start": had.start.screen,
            "until": had.end.screen if had.end else "",
        }
    )


def formers(choice: Choice) -> list[tuple[str, str, str]]:
    """Give former mandataries as a choice: value, label and what stands below it."""
    return [
        (
            former.number.digits,
            former.card.name,
            _("%(number)s · mandatary in %(quarters)s")
            % {
                "number": former.number.screen,
                "quarters": ", ".join(map(showing.period, former.quarters)),
            },
        )
        for former in choice.formers
    ]


def picks(choice: Choice) -> tuple[Quarter, ...]:
    """Give the quarters offered for one click: first and last of what former mandataries had."""
    found = {
        quarter
        for former in choice.formers
        for had in former.quarters
        for quarter in (had.start, had.end)
        if quarter is not None
    }
    return tuple(sorted(found)[-6:])


def applications(choice: Choice) -> list[tuple[str, str]]:
    """Give what can be delegated as a choice: all of the group, or one of its applications."""
    whole = _("The whole group: %(group)s") % {"group": choice.group_name}
    return [("", whole), *choice.applications]


def query(wanted: Wanted) -> list[tuple[str, str]]:
    """Give what was typed as the address of the next page holds it."""
    return [
        ("delegate", wanted.delegate.digits),
        ("start", wanted.quarters.start.screen),
        ("until", wanted.quarters.end.screen if wanted.quarters.end else ""),
        ("application", wanted.application or ""),
        ("version", str(wanted.version)),
    ]


def read(data: QueryDict, *, choice: Choice, version: int) -> Read:
    """Read a form that is to be finished."""
    form = DelegatingForm(_typed(data))
    delegate, application = _delegate(form), _application(form, choice)
    quarters = _quarters(form)
    if form.errors or delegate is None or quarters is None:
        return Read(form=form, wanted=None)
    wanted = Wanted(
        mandate=choice.mandate,
        version=version,
        delegate=delegate,
        application=application,
        quarters=quarters,
    )
    return Read(form=form, wanted=wanted)


def _typed(data: QueryDict) -> dict[str, str]:
    return {
        "delegate": typed.text(data, "delegate", longest=_LONGEST_NUMBER),
        "start": typed.text(data, "start", longest=_LONGEST_NUMBER),
        "until": typed.text(data, "until", longest=_LONGEST_NUMBER),
        "application": typed.text(data, "application", longest=_LONGEST_CODE),
    }


def _delegate(form: DelegatingForm) -> EnterpriseNumber | None:
    text = form.data.get("delegate", "")
    try:
        return EnterpriseNumber.parse(text)
    except Refused:
        form.add_error("delegate", _("Choose a former mandatary."))
        return None


def _application(form: DelegatingForm, choice: Choice) -> str | None:
    code = form.data.get("application", "")
    if code and code not in dict(choice.applications):
        form.add_error("application", _("There is no such application in this group."))
    return code or None


def _quarters(form: DelegatingForm) -> QuarterPeriod | None:
    start = _quarter(form, "start", _("Enter the first quarter, for example 1/2025."))
    until = _quarter(form, "until", _("Enter the last quarter, for example 4/2025."))
    if start is None or until is None:
        return None
    try:
        return QuarterPeriod(start, until)
    except Refused as refusal:
        form.add_error("until", explaining.text_of(refusal))
        return None


def _quarter(form: DelegatingForm, name: str, missing: str) -> Quarter | None:
    text = form.data.get(name, "")
    if not text:
        form.add_error(name, missing)
        return None
    try:
        return Quarter.parse(text)
    except Refused as refusal:
        form.add_error(name, explaining.text_of(refusal))
        return None
