"""Documents as both doors give them: to download, and the report on one, in words and as JSON."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mahis.domain.mandate import AuthorisationReference
from mahis.queries import documents
from mahis.web import asking, downloads, house_documents, report_words, showing_one


def download(request: HttpRequest, reference: AuthorisationReference, number: int) -> HttpResponse:
    """Give a document to be kept; raises DocumentUnknown and FileLost."""
    found = documents.content(
        actor=asking.actor(request),
        reference=reference,
        number=number,
        files=house_documents.files(),
    )
    if found is None:
        raise downloads.DocumentUnknown
    return downloads.attachment(data=found.data, name=found.name, media_type=found.media_type)


def report(
    request: HttpRequest, reference: AuthorisationReference, number: int, *, template: str
) -> HttpResponse:
    """Show the report on a signed form in words; raises DocumentUnknown."""
    found = _report(request, reference, number)
    details = showing_one.details_of(request, reference)
    context = showing_one.context(request, details)
    context |= {"number": number, "report": report_words.of(found)}
    return render(request, template, context)


def report_for_machines(
    request: HttpRequest, reference: AuthorisationReference, number: int
) -> HttpResponse:
    """Give the same report as JSON to be kept; raises DocumentUnknown."""
    found = _report(request, reference, number)
    return downloads.attachment(
        data=json.dumps(found, indent=2, ensure_ascii=False).encode(),
        name=f"mahis-{reference}-report-{number}.json",
        media_type="application/json",
    )


def _report(request: HttpRequest, reference: AuthorisationReference, number: int) -> dict[str, Any]:
    found = documents.report(actor=asking.actor(request), reference=reference, number=number)
    if found is None:
        raise downloads.DocumentUnknown
    return found
