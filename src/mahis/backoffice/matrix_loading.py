"""Loading a version of the matrix: the file, what it would change, and done (R1, N2).

The lines of the file go from page to page by POST, and are read and checked anew each time.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from mahis.backoffice import matrix_form, matrix_words
from mahis.backoffice.matrix_form import LoadingForm, Read
from mahis.backoffice.opening import acting_officers
from mahis.domain.matrix_versions import LONGEST_NAME, MatrixCodesUnknown
from mahis.domain.refusals import Forbidden, Refused
from mahis.queries import matrix_versions
from mahis.usecases import load_matrix
from mahis.usecases.load_matrix import Loading
from mahis.web import asking, clock, dates, explaining, house_rules, refusals

_ILLUSTRATIVE = (
    (
        "1",
        gettext_lazy("This version is illustrative"),
        gettext_lazy("Every screen then says that it is made up."),
    ),
)
_AS_MEANT = (("1", gettext_lazy("These codes are meant so"), ""),)


@acting_officers
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Ask for a file and its dates; what is right is shown with what it changes."""
    if request.method == "GET":
        return _ask(request, matrix_form.beginning())
    read = matrix_form.read(request)
    if "change" in request.POST:
        return _ask(request, read.form, read=read)
    if read.loading is None:
        return _ask(request, read.form, read=read, status=422)
    return _check(request, read, read.loading)


@acting_officers
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Load what was confirmed."""
    read = matrix_form.read(request)
    if read.loading is None:
        return _ask(request, read.form, read=read, status=422)
    try:
        number = load_matrix.load(
            actor=asking.actor(request),
            loading=read.loading,
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        )
    except MatrixCodesUnknown as refusal:
        _explain(request, read.form, refusal)
        return _check(request, read, read.loading, status=refusals.status_of(refusal))
    except Forbidden:
        raise
    except Refused as refusal:
        return _refused(request, read, refusal)
    response = redirect("backoffice:matrix_version", number)
    response["Location"] += "?loaded"
    return response


def _check(
    request: HttpRequest, read: Read, loading: Loading, *, status: int = 200
) -> HttpResponse:
    """Show what a version would change."""
    try:
        report = load_matrix.check(
            actor=asking.actor(request),
            loading=loading,
            limits=house_rules.limits(),
            on=clock.today(),
        )
    except Forbidden:
        raise
    except Refused as refusal:
        return _refused(request, read, refusal)
    context = {
        "form": read.form,
        "loading": loading,
        "begins": dates.write(loading.begins),
        "lines": read.lines,
        "report": report,
        "differences": matrix_versions.labelled(
            differences=report.differences, language=get_language() or ""
        ),
        "as_meant": _AS_MEANT,
        "at_once": loading.begins == clock.today(),
    }
    return render(request, "backoffice/matrix_check.html", context, status=status)


def _refused(request: HttpRequest, read: Read, refusal: Refused) -> HttpResponse:
    _explain(request, read.form, refusal)
    return _ask(request, read.form, read=read, status=refusals.status_of(refusal))


def _explain(request: HttpRequest, form: LoadingForm, refusal: Refused) -> None:
    explaining.put_on(form, [refusal], actor=asking.actor(request), language=get_language() or "")


def _ask(
    request: HttpRequest, form: LoadingForm, *, read: Read | None = None, status: int = 200
) -> HttpResponse:
    refusal = None if read is None else read.refusal
    wrong = () if refusal is None else matrix_words.wrong_lines(refusal)
    total = len(wrong) if refusal is None else refusal.found.get("total", len(wrong))
    context = {
        "form": form,
        "lines": "" if read is None else read.lines,
        "wrong": wrong,
        "more_wrong": total - len(wrong),
        "illustrative": _ILLUSTRATIVE,
        "today": dates.write(clock.today()),
        "longest_name": LONGEST_NAME,
        "longest_reason": house_rules.limits().longest_reason,
    }
    return render(request, "backoffice/matrix_load.html", context, status=status)
