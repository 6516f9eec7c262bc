"""Checking a signed authorisation without logging in: the file is read, told of, and forgotten."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mahis.domain import signed_forms
from mahis.domain.refusals import Refused
from mahis.gateways.pdf_signatures import report
from mahis.web import (
    access,
    clock,
    errors,
    explaining,
    house_documents,
    refusals,
    report_words,
    uploads,
)
from mahis.web.report_words import Told


class VerifyingForm(forms.Form):
    """The one file that is checked; the rules say what is wrong with it."""

    file = forms.FileField(
        required=False,
        label=_("The signed authorisation"),
        help_text=_("The PDF as you received it."),
    )


# Open without a token, so that visitors need no session: nothing is kept of what they send, and
# another site could make their browser do no more than ask us about a file of that site's.
@access.open_to_everyone
@csrf_exempt
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a file, or say who signed it and what was checked."""
    if request.method == "GET":
        return _page(request, VerifyingForm({}))
    try:
        told = _told(request)
    except Refused as refusal:
        form = VerifyingForm({})
        form.add_error("file", explaining.text_of(refusal))
        return _page(request, form, status=refusals.status_of(refusal))
    return _page(request, VerifyingForm({}), told=told)


verify_urlpatterns = [path("verify/", verify, name="verify")]


def _told(request: HttpRequest) -> Told:
    received = uploads.one_pdf(request)
    rules = house_documents.rules()
    evidence = house_documents.visitors_examiner().examine(
        received.data, trust=house_documents.trusted(), at=clock.now(), rules=rules, fetch=True
    )
    verdict = signed_forms.judge_alone(evidence, rules=rules)
    return report_words.of(report.as_json(verdict, evidence), name=received.name)


def _page(
    request: HttpRequest,
    form: forms.Form,
    *,
    told: Told | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"form": form, "report": told}
    return errors.ask_again(render(request, "web/verify.html", context, status=status))
