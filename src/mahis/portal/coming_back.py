"""What comes back signed: a form with eID signatures, or a scan of handwritten ones (C10, C12)."""

import functools

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import Refused
from mahis.portal import form_signing
from mahis.usecases import upload_authorisation, upload_scan
from mahis.web import (
    access,
    acting,
    asking,
    clock,
    file_forms,
    house_archive,
    house_documents,
    house_rules,
    showing_one,
    uploads,
)


class ScanForm(forms.Form):
    """The pages of a scan; the rules say what is wrong with them."""

    pages = forms.FileField(
        required=False,
        label=_("The scan"),
        help_text=_("One PDF, or a picture of each page in their order (JPEG or PNG)."),
    )


@access.manages
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show where a signed form is brought back, or take it."""
    if request.method == "GET":
        return form_signing.steps(request, reference)
    return acting.answer(
        request,
        act=Act.UPLOAD_SIGNED,
        reference=reference,
        do=functools.partial(_take_signed, request, reference),
        page=functools.partial(form_signing.steps, request, reference),
    )


@access.manages
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show where a scan of handwritten signatures is sent, or take it."""
    page = functools.partial(_scan_page, request, reference)
    if request.method == "GET":
        return page()
    return acting.answer(
        request,
        act=Act.UPLOAD_SCAN,
        reference=reference,
        do=functools.partial(_take_scan, request, reference),
        page=page,
    )


def _take_signed(request: HttpRequest, reference: AuthorisationReference) -> None:
    received = uploads.one_pdf(request)
    number = upload_authorisation.upload(
        actor=asking.actor(request),
        reference=reference,
        version=acting.version_in(request),
        data=received.data,
        file_name=received.name,
        examiner=house_documents.examiner(),
        trust=house_documents.trusted(),
        rules=house_documents.rules(),
        files=house_documents.files(),
        limits=house_rules.limits(),
        at=clock.now(),
        on=clock.today(),
    )
    house_archive.archive_now(reference=reference, number=number)


def _take_scan(request: HttpRequest, reference: AuthorisationReference) -> None:
    received = uploads.several(request, name="pages")
    upload_scan.upload(
        actor=asking.actor(request),
        reference=reference,
        version=acting.version_in(request),
        pages=[(each.data, str(each.media_type)) for each in received],
        file_name=received[0].name if len(received) == 1 else "",
        scans=house_documents.scans(),
        files=house_documents.files(),
        limits=house_rules.limits(),
        at=clock.now(),
        on=clock.today(),
    )


def _scan_page(
    request: HttpRequest, reference: AuthorisationReference, refusal: Refused | None = None
) -> HttpResponse:
    context = showing_one.context(request, showing_one.details_of(request, reference))
    return file_forms.page(request, "portal/scan.html", context, ScanForm({}), refusal)
