"""Who may sign: the matrix for a legal form, and one's own enterprise (R1, R2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mahis.queries import representatives
from mahis.web import access, asking, clock, typed

_LONGEST_FORM = 20


@access.consults
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show the functions that may sign for the legal form that was chosen."""
    on, language = clock.today(), get_language() or ""
    form = typed.text(request.GET, "form", longest=_LONGEST_FORM)
    view = representatives.matrix(legal_form=form or None, on=on, language=language)
    context = {
        "view": view,
        "chosen": form,
        "unknown": bool(form) and view is not None and view.legal_form is None,
        "forms": representatives.legal_forms(on=on, language=language),
    }
    return render(request, "portal/matrix.html", context)


@access.consults
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the functions in the enterprise, and who of their holders may sign and why."""
    found = representatives.own(
        actor=asking.actor(request), on=clock.today(), language=get_language() or ""
    )
    return render(request, "portal/own_representatives.html", {"own": found})
