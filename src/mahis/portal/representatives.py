"""Who may sign: the matrix for a legal form, and one's own enterprise (R1, R2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mahis.domain.matrix_versions import MatrixVersionUnknown, Standing
from mahis.queries import matrix_versions, representatives
from mahis.web import access, asking, clock, typed

_LONGEST_FORM = 20
_LONGEST_NUMBER = 9


@access.consults
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show who may sign for the legal form that was chosen, by the version that was chosen.

    Raises MatrixVersionUnknown.
    """
    on, language = clock.today(), get_language() or ""
    form = typed.text(request.GET, "form", longest=_LONGEST_FORM)
    number = _version(request)
    versions = matrix_versions.all_of_them(on=on)
    shown = next((each for each in versions if _is_shown(each, number)), None)
    if number is not None and shown is None:
        raise MatrixVersionUnknown
    view = representatives.matrix(legal_form=form or None, on=on, language=language, version=number)
    context = {
        "view": view,
        "shown": shown,
        "versions": versions,
        "chosen": form,
        "unknown": bool(form) and view is not None and view.legal_form is None,
        "forms": representatives.legal_forms(language=language),
    }
    return render(request, "portal/matrix.html", context)


@access.consults
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the people of the enterprise, and who of them may sign and why or why not."""
    found = representatives.own(
        actor=asking.actor(request), on=clock.today(), language=get_language() or ""
    )
    return render(request, "portal/own_representatives.html", {"own": found})


def _version(request: HttpRequest) -> int | None:
    """Read which version is asked for; None: the one of today; 0, which none has, for no number."""
    text = typed.text(request.GET, "version", longest=_LONGEST_NUMBER)
    if not text:
        return None
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else 0


def _is_shown(version: matrix_versions.Version, number: int | None) -> bool:
    if number is None:
        return version.standing is Standing.IN_FORCE
    return version.number == number
