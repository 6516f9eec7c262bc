"""One box for everything: mandates, enterprises, providers, groups, documents, notices (N2)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.domain.refusals import Refused
from mahis.queries import find_everything
from mahis.queries.find_everything import Everything, PersonsNotSearched
from mahis.web import asking, clock, explaining, refusals, typed

_LONGEST = 200
#: In the address where somebody wants to see what a text names, not a list.
_OPEN = "open"
#: In the address after a national number was looked for.
_PERSON = "person"


class FindForm(forms.Form):
    """What is looked for."""

    q = forms.CharField(required=False, label=_("What do you look for?"))


@officers
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show what was found by kind, or go straight to the only thing there is."""
    text = typed.text(request.GET, "q", longest=_LONGEST)
    form = FindForm({"q": text})
    if _PERSON in request.GET:
        return _refused(request, FindForm({}), PersonsNotSearched())
    if not text:
        return render(request, "backoffice/find.html", {"form": form})
    try:
        found = find_everything.find(
            actor=asking.actor(request), text=text, on=clock.today(), language=get_language() or ""
        )
    except PersonsNotSearched:
        # Neither the page nor its address repeat the number.
        response = redirect("backoffice:find")
        response["Location"] += f"?{_PERSON}"
        return response
    except Refused as refusal:
        return _refused(request, form, refusal)
    straight = _only(found) if _OPEN in request.GET else None
    if straight is not None:
        return straight
    why = explaining.text_of(found.refusal) if found.is_empty and found.refusal else ""
    context = {"form": form, "found": found, "text": text, "why": why}
    return render(request, "backoffice/find.html", context)


def _refused(request: HttpRequest, form: FindForm, refusal: Refused) -> HttpResponse:
    form.add_error("q", explaining.text_of(refusal))
    status = refusals.status_of(refusal)
    return render(request, "backoffice/find.html", {"form": form}, status=status)


def _only(found: Everything) -> HttpResponse | None:
    """Lead to the only thing that was found; None where there are several, or none."""
    references = {row.reference.authorisation for row in found.mandates.rows}
    others = (
        found.enterprises,
        found.groups,
        found.applications,
        found.documents,
        found.requests,
        found.names_delegation,
    )
    if len(references) == 1 and not any(others):
        (reference,) = references
        if len(found.mandates.rows) == 1:
            return redirect("backoffice:mandate", reference, found.mandates.rows[0].reference.place)
        return redirect("backoffice:authorisation", reference)
    if found.only_enterprise is not None:
        return redirect("backoffice:enterprise", found.only_enterprise)
    return None
