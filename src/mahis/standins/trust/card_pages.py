"""The pages of the practice card, in four languages: take a file, choose who signs it where."""

import pathlib

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from mahis.standins.openid.people import People
from mahis.standins.pages import Pages, address, language_of, whole_number
from mahis.standins.trust.documents import Document

START = "/card"
_PEOPLE_PER_PAGE = 20

REQUEST_WRONG = gettext_lazy("The browser sent a request that cannot be understood.")
NO_FILE = gettext_lazy("Choose the PDF file of the form.")
FILE_TOO_LARGE = gettext_lazy("This file is too large for the practice card.")
FILE_WRONG = gettext_lazy(
    "This file cannot be signed: it is no PDF, it is damaged or encrypted, or it has no empty "
    "place for a signature."
)
FILE_GONE = gettext_lazy("This file has waited too long. Choose it once more.")
CHOICE_WRONG = gettext_lazy("Choose one of the places and one of the persons.")

_PAGES = Pages(pathlib.Path(__file__).parent / "templates", title=gettext_lazy("Practice card"))


def file_page(request: HttpRequest, *, problem: Promise | None = None) -> HttpResponse:
    """Ask for the file."""
    return _PAGES.render(
        request,
        "card/file.html",
        {"problem": problem},
        language=language_of(request),
        status=400 if problem else 200,
    )


def person_page(
    request: HttpRequest,
    *,
    document: Document,
    people: People,
    problem: Promise | None = None,
) -> HttpResponse:
    """Ask who signs, and in which place."""
    language = language_of(request)
    text = request.GET.get("q", "")[:100]
    found = people.find(text)
    pages = max(1, -(-len(found) // _PEOPLE_PER_PAGE))
    page = min(max(1, whole_number(request.GET.get("page", ""))), pages)
    first = (page - 1) * _PEOPLE_PER_PAGE
    context = {
        "file_name": document.file_name,
        "start": f"{START}?lang={language}",
        "fields": document.fields,
        "chosen": request.POST.get("field", document.fields[0].name),
        "text": text,
        "count": len(found),
        "rows": [
            {
                "handle": each.handle,
                "name": each.person.name,
                "description": each.description(language),
            }
            for each in found[first : first + _PEOPLE_PER_PAGE]
        ],
        "page": page,
        "pages": pages,
        "earlier": address(request, lang=language, q=text, page=page - 1) if page > 1 else "",
        "later": address(request, lang=language, q=text, page=page + 1) if page < pages else "",
        "problem": problem,
    }
    return _PAGES.render(
        request, "card/person.html", context, language=language, status=400 if problem else 200
    )


def problem_page(request: HttpRequest, message: Promise, *, status: int = 400) -> HttpResponse:
    """Say what went wrong, with the way back to the start."""
    return _PAGES.problem(request, message, home=START, status=status)


def download(document: Document, content: bytes) -> HttpResponse:
    """Hand over a signed file."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=document.signed_name
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
