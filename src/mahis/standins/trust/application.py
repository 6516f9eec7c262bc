"""The practice card as a WSGI application."""

import datetime
import secrets
import time
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from mahis.standins import application
from mahis.standins.openid.people import People
from mahis.standins.openid.shelf import Shelf
from mahis.standins.pages import PAGE_MISSING, style_sheet
from mahis.standins.trust import card_pages, documents
from mahis.standins.trust.authority import Authority
from mahis.standins.trust.documents import Document, NotToBeSigned

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST = 12 * 2**20
_SECONDS = 1800
_MOST_FILES = 30


class CardApplication(application.Application):
    """Takes files, and signs them as whoever is chosen."""

    def __init__(self, authority: Authority, people: People) -> None:
        self._authority = authority
        self._people = people
        #: Name of each person's card, by the handle that pages know.
        self._cards: Mapping[str, str] = {
            each.handle: authority.issue(each.person) for each in people.find("")
        }
        self._documents: Shelf[Document] = Shelf(seconds=_SECONDS, most=_MOST_FILES)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        method = "GET" if request.method == "HEAD" else request.method
        path = request.path
        if path in {"/practice.css", "/", card_pages.START} and method == "GET":
            return self._fixed(request)
        if path == card_pages.START and method == "POST":
            return self._take(request)
        if path.startswith(f"{card_pages.START}/") and method in {"GET", "POST"}:
            return self._sign(request, path.removeprefix(f"{card_pages.START}/"))
        return card_pages.problem_page(request, PAGE_MISSING, status=404)

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Say that a request cannot be understood."""
        return card_pages.problem_page(request, card_pages.REQUEST_WRONG)

    def _fixed(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/":
            return HttpResponseRedirect(card_pages.START)
        if request.path == card_pages.START:
            return card_pages.file_page(request)
        return style_sheet()

    def _take(self, request: HttpRequest) -> HttpResponse:
        """Take a file, and lead on to the choice of a person."""
        if int(request.headers.get("Content-Length") or 0) > _LARGEST:
            return card_pages.file_page(request, problem=card_pages.FILE_TOO_LARGE)
        file = request.FILES.get("pdf")
        if file is None:
            return card_pages.file_page(request, problem=card_pages.NO_FILE)
        try:
            document = documents.read(file.name or "form.pdf", file.read())
        except NotToBeSigned:
            return card_pages.file_page(request, problem=card_pages.FILE_WRONG)
        name = secrets.token_urlsafe(16)
        self._documents.put(name, document)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponse(
            status=303,
            headers={"Location": f"{card_pages.START}/{name}{'?' if query else ''}{query}"},
        )

    def _sign(self, request: HttpRequest, name: str) -> HttpResponse:
        """Ask who signs where, or sign."""
        document = self._documents.get(name)
        if document is None:
            return card_pages.problem_page(request, card_pages.FILE_GONE, status=404)
        if request.method != "POST":
            return card_pages.person_page(request, document=document, people=self._people)
        field, card = request.POST.get("field"), self._cards.get(request.POST.get("person", ""))
        if card is None or field not in {each.name for each in document.fields}:
            return card_pages.person_page(
                request,
                document=document,
                people=self._people,
                problem=card_pages.CHOICE_WRONG,
            )
        at = datetime.datetime.fromtimestamp(time.time(), tz=datetime.UTC)
        try:
            signed = document.signed(field=str(field), card=self._authority.card(card), at=at)
        except NotToBeSigned:
            return card_pages.problem_page(request, card_pages.FILE_WRONG)
        return card_pages.download(document, signed)
