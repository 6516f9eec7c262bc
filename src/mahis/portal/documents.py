"""Documents of an authorisation: to download, the report on one, and new versions (L5, C17)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from mahis.domain.documents import ActUnknown
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import NotFound, Refused
from mahis.portal import form_signing
from mahis.queries import documents
from mahis.queries.documents import ActRow
from mahis.usecases import attach_version
from mahis.web import (
    access,
    asking,
    clock,
    document_pages,
    done,
    house_documents,
    showing,
    showing_one,
    uploads,
    words,
)

_LONGEST_VERSION = 9


class AttachingForm(forms.Form):
    """What is attached to which act; the rules say what is wrong with it."""

    about = forms.CharField(required=False, label=_("What it belongs to"))
    file = forms.FileField(required=False, label=_("The new version"), help_text=_("A PDF."))


@access.consults
@require_safe
def download(request: HttpRequest, reference: AuthorisationReference, number: int) -> HttpResponse:
    """Give a document to be kept."""
    return document_pages.download(request, reference, number)


@access.consults
@require_safe
def report(request: HttpRequest, reference: AuthorisationReference, number: int) -> HttpResponse:
    """Show the report on a signed form."""
    return document_pages.report(request, reference, number, template="portal/document_report.html")


@access.consults
@require_safe
def report_for_machines(
    request: HttpRequest, reference: AuthorisationReference, number: int
) -> HttpResponse:
    """Give the report on a signed form as JSON."""
    return document_pages.report_for_machines(request, reference, number)


@access.manages
@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Ask which version is attached to which act, or attach it."""
    if request.method == "GET":
        return _attaching(request, reference)
    try:
        _attach(request, reference)
    except ActUnknown as refusal:
        return _attaching(request, reference, refusal)
    except NotFound:
        raise
    except Refused as refusal:
        return _attaching(request, reference, refusal)
    done.remember_attached(request, reference=reference)
    return redirect("portal:authorisation", reference)


def _attach(request: HttpRequest, reference: AuthorisationReference) -> None:
    received = uploads.one_pdf(request)
    attach_version.attach(
        actor=asking.actor(request),
        reference=reference,
        about=_about(request.POST.get("about", "")),
        data=received.data,
        file_name=received.name,
        scans=house_documents.scans(),
        files=house_documents.files(),
        at=clock.now(),
        on=clock.today(),
    )


def _about(text: str) -> int:
    """Give the act that was chosen; a tampered one is none."""
    is_count = text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION
    return int(text) if is_count else 0


def _attaching(
    request: HttpRequest, reference: AuthorisationReference, refusal: Refused | None = None
) -> HttpResponse:
    details = showing_one.details_of(request, reference)
    acts = documents.acts(
        actor=asking.actor(request), reference=reference, language=get_language() or ""
    )
    asked = request.POST.get("about") or request.GET.get("about") or ""
    known = [str(act.version) for act in acts]
    form = AttachingForm({"about": asked if asked in known else known[0]})
    context = showing_one.context(request, details)
    context["attachable"] = [_option(act) for act in acts]
    return form_signing.with_form(request, "portal/attach.html", context, form, refusal)


def _option(act: ActRow) -> tuple[str, str, str]:
    who = act.enterprise_name or str(words.of(act.kind))
    return str(act.version), str(words.of(act.act)), f"{who}, {showing.moment(act.at)}"
