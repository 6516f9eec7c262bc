"""Documents of an authorisation: to download, the report on one, and new versions (L5, C17)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from mahis.domain.mandate import AuthorisationReference
from mahis.web import access, attaching, document_pages


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
    return attaching.attach(request, reference, template="portal/attach.html")
