"""Delegations as both doors show them: a list with a filter, one of them, and its end (L8)."""

import dataclasses

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy

from mahis.domain.delegation import DelegationUnknown, Part, Standing
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import Forbidden, NotFound, Refused
from mahis.queries import delegations
from mahis.queries.delegations import Criteria, DelegationRow
from mahis.usecases import end_delegation
from mahis.web import asking, clock, done, doors, explaining, house_rules, refusals, typed

_LONGEST_PARTY = 200
_LONGEST_CODE = 20


class ListForm(forms.Form):
    """The filter of a list of delegations."""

    text = forms.CharField(required=False, label=gettext_lazy("Enterprise"))
    part = forms.CharField(required=False)
    standing = forms.CharField(required=False)


class EndForm(forms.Form):
    """The one field of ending a delegation, which only officers fill in."""

    reason = forms.CharField(required=False, label=gettext_lazy("Reason"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Listed:
    """What a list was asked for."""

    form: ListForm
    criteria: Criteria


def listed(request: HttpRequest) -> dict[str, object]:
    """Give templates the delegations that were asked for, and what was asked."""
    asked = _asked(request.GET)
    found = None
    try:
        found = delegations.find(
            actor=asking.actor(request),
            criteria=asked.criteria,
            page=typed.page(request.GET),
            page_size=house_rules.rows_a_page(),
            limit=house_rules.most_found(),
            on=clock.today(),
            language=get_language() or "",
        )
    except Refused as refusal:
        _put_on(request, asked.form, refusal)
    return {
        "form": asked.form,
        "found": found,
        "most": house_rules.most_found(),
        "narrowed": any(asked.form.data.values()),
        "part": asked.criteria.part,
        "parts": (Part.DELEGATOR, Part.DELEGATE),
        "standings": tuple(Standing),
        "earlier": found and _page_query(request.GET, found.page - 1),
        "later": found and _page_query(request.GET, found.page + 1),
    }


def of_authorisation(
    request: HttpRequest, reference: AuthorisationReference, *, place: int | None = None
) -> tuple[DelegationRow, ...]:
    """Give what was delegated of an authorisation, or of one mandate of it."""
    rows = delegations.of_authorisation(
        actor=asking.actor(request),
        reference=reference,
        on=clock.today(),
        language=get_language() or "",
    )
    return tuple(row for row in rows if place is None or row.mandate.place == place)


def one(request: HttpRequest, number: int) -> DelegationRow:
    """Give one delegation for the person who asks; raises DelegationUnknown."""
    row = delegations.one(
        actor=asking.actor(request),
        number=number,
        on=clock.today(),
        language=get_language() or "",
    )
    if row is None:
        raise DelegationUnknown
    return row


def shown(request: HttpRequest, number: int, *, template: str) -> HttpResponse:
    """Show one delegation, and what was just done with it."""
    row = one(request, number)
    context = {
        "delegation": row,
        "just_done": done.take(request, reference=row.mandate.authorisation),
    }
    return render(request, template, context)


def end(request: HttpRequest, number: int, *, template: str) -> HttpResponse:
    """Ask whether a delegation is to end, or end it."""
    row = one(request, number)
    reason = typed.lines(request.POST.get("reason", ""))
    form = EndForm({"reason": reason[: house_rules.limits().longest_reason + 1]})
    if request.method == "GET":
        return _show_end(request, row, form, template)
    try:
        end_delegation.end(
            actor=asking.actor(request),
            number=number,
            reason=str(form.data["reason"]),
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        )
    except Refused as refusal:
        # A second click finds it ended, and leads where the first did.
        if one(request, number).standing is Standing.RUNNING:
            if isinstance(refusal, NotFound | Forbidden):
                raise
            _put_on(request, form, refusal)
            return _show_end(request, row, form, template, status=refusals.status_of(refusal))
    else:
        done.remember(request, act=Act.END_DELEGATION, reference=row.mandate.authorisation)
    return redirect(doors.screen(request, "delegation", number))


def _show_end(
    request: HttpRequest,
    row: DelegationRow,
    form: EndForm,
    template: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "delegation": row,
        "form": form,
        "longest_reason": house_rules.limits().longest_reason,
    }
    return render(request, template, context, status=status)


def _asked(data: QueryDict) -> Listed:
    form = ListForm(
        {
            "text": typed.text(data, "text", longest=_LONGEST_PARTY),
            "part": typed.text(data, "part", longest=_LONGEST_CODE),
            "standing": typed.text(data, "standing", longest=_LONGEST_CODE),
        }
    )
    return Listed(
        form=form,
        criteria=Criteria(
            text=form.data["text"],
            part=next((each for each in Part if each.value == form.data["part"]), None),
            standing=next((each for each in Standing if each.value == form.data["standing"]), None),
        ),
    )


def _put_on(request: HttpRequest, form: forms.Form, refusal: Refused) -> None:
    explaining.put_on(form, [refusal], actor=asking.actor(request), language=get_language() or "")


def _page_query(asked: QueryDict, page: int) -> str:
    query = asked.copy()
    query["page"] = str(page)
    return query.urlencode()
