"""The documents of authorisations, and the reports on them, for officers and auditors (L5)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.domain.mandate import AuthorisationReference
from mahis.web import document_pages


@officers
@require_safe
def download(request: HttpRequest, reference: AuthorisationReference, number: int) -> HttpResponse:
    """Give a document to be kept, never to be opened in the browser."""
    return document_pages.download(request, reference, number)


@officers
@require_safe
def report(request: HttpRequest, reference: AuthorisationReference, number: int) -> HttpResponse:
    """Show the report on a signed form."""
    template = "backoffice/document_report.html"
    return document_pages.report(request, reference, number, template=template)


@officers
@require_safe
def report_for_machines(
    request: HttpRequest, reference: AuthorisationReference, number: int
) -> HttpResponse:
    """Give the report on a signed form as JSON."""
    return document_pages.report_for_machines(request, reference, number)
