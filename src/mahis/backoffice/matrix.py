"""The versions of the representatives matrix: all, one, two compared, as a file, withdrawn (R1)."""

import dataclasses

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from mahis.backoffice import matrix_words
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.changes import Subject
from mahis.domain.matrix_versions import MatrixVersionUnknown, Source, Standing
from mahis.domain.refusals import Forbidden, NotFound, Refused
from mahis.gateways import matrix_files
from mahis.queries import changes, matrix_versions
from mahis.queries.matrix_versions import Version
from mahis.usecases import withdraw_matrix
from mahis.web import asking, clock, downloads, explaining, house_rules, refusals, typed

_LONGEST_NUMBER = 9


class WithdrawingForm(forms.Form):
    """Why a version is withdrawn."""

    reason = forms.CharField(required=False, label=_("Reason"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Listed:
    """One version as the screens show it."""

    version: Version
    source: object


@officers
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Show the versions, and offer to compare two and to load another."""
    actor, found = asking.actor(request), matrix_versions.all_of_them(on=clock.today())
    before, after = _compared_at_first(found)
    context = {
        "versions": [_listed(each) for each in found],
        "in_force": next((each for each in found if each.standing is Standing.IN_FORCE), None),
        "withdrawn": matrix_versions.withdrawn(actor=actor),
        "operator": matrix_words.SOURCES[Source.OPERATOR],
        "before": before,
        "after": after,
        "manages": actor.manages,
        "done": "withdrawn" in request.GET,
    }
    return render(request, "backoffice/matrix_versions.html", context)


@officers
@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show one version with all that it says; raises MatrixVersionUnknown."""
    actor, on = asking.actor(request), clock.today()
    found = matrix_versions.one(number=number, on=on)
    record = changes.of(actor=actor, subject=Subject.MATRIX, key=found.name)
    context = {
        "each": _listed(found),
        "contents": matrix_versions.contents(number=number, language=get_language() or ""),
        "record": matrix_words.recorded(record),
        "before": _before(found, matrix_versions.all_of_them(on=on)),
        "manages": actor.manages,
        "loaded": "loaded" in request.GET,
    }
    return render(request, "backoffice/matrix_version.html", context)


@officers
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show what differs between two versions; raises MatrixVersionUnknown."""
    on = clock.today()
    found = matrix_versions.all_of_them(on=on)
    older, newer = _compared_at_first(found)
    before = matrix_versions.one(number=_number(request.GET, "before", older), on=on)
    after = matrix_versions.one(number=_number(request.GET, "after", newer), on=on)
    context = {
        "versions": [_listed(each) for each in found],
        "before": before,
        "after": after,
        "differences": matrix_versions.compared(
            before=before.number, after=after.number, language=get_language() or ""
        ),
    }
    return render(request, "backoffice/matrix_compare.html", context)


@officers
@require_safe
def export(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001
    """Give a version as the file that would load it; raises MatrixVersionUnknown."""
    found = matrix_versions.exported(number=number)
    return downloads.attachment(
        data=found.data, name=found.name, media_type=matrix_files.MEDIA_TYPE
    )


@officers
@require_safe
def export_withdrawn(request: HttpRequest, number: int) -> HttpResponse:
    """Give what a withdrawn version said, as a file; raises MatrixVersionUnknown."""
    found = matrix_versions.exported_withdrawn(actor=asking.actor(request), number=number)
    return downloads.attachment(
        data=found.data, name=found.name, media_type=matrix_files.MEDIA_TYPE
    )


@acting_officers
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why a version is withdrawn before it begins, and withdraw it."""
    found = matrix_versions.one(number=number, on=clock.today())
    if request.method == "GET":
        return _ask_why(request, found, WithdrawingForm({}))
    form = WithdrawingForm({"reason": typed.lines(request.POST.get("reason", ""))})
    try:
        withdraw_matrix.withdraw(
            actor=asking.actor(request),
            name=found.name,
            reason=form.data["reason"],
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        )
    except (NotFound, Forbidden):
        raise
    except Refused as refusal:
        explaining.put_on(
            form, [refusal], actor=asking.actor(request), language=get_language() or ""
        )
        return _ask_why(request, found, form, status=refusals.status_of(refusal))
    response = redirect("backoffice:matrix")
    response["Location"] += "?withdrawn"
    return response


def _ask_why(
    request: HttpRequest, found: Version, form: WithdrawingForm, *, status: int = 200
) -> HttpResponse:
    rest = [each for each in matrix_versions.all_of_them(on=clock.today()) if each != found]
    context = {
        "version": found,
        "form": form,
        "before": next((each for each in rest if each.begins < found.begins), None),
        "longest_reason": house_rules.limits().longest_reason,
    }
    return render(request, "backoffice/matrix_withdraw.html", context, status=status)


def _listed(found: Version) -> Listed:
    return Listed(version=found, source=matrix_words.SOURCES[found.source])


def _before(found: Version, among: tuple[Version, ...]) -> Version | None:
    """Give the version that began last before another."""
    return next((each for each in among if each.begins < found.begins), None)


def _compared_at_first(found: tuple[Version, ...]) -> tuple[int, int]:
    """Give the two newest versions, the older first; the only one twice, 0 where there is none."""
    numbers = [each.number for each in found[:2]] or [0]
    return numbers[-1], numbers[0]


def _number(data: QueryDict, name: str, otherwise: int) -> int:
    """Read the number of a version; raises MatrixVersionUnknown for what is none."""
    if name not in data:
        return otherwise
    text = typed.text(data, name, longest=_LONGEST_NUMBER)
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise MatrixVersionUnknown
    return int(text)
