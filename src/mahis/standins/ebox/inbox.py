"""The pages: who has messages, and what lies in the e-Box of an enterprise, in four languages."""

import dataclasses
import itertools
import pathlib
import zoneinfo

from aiohttp import web
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.refusals import Refused
from mahis.standins.ebox import reading
from mahis.standins.ebox.reading import Block, Form
from mahis.standins.ebox.storage import Accepted, BoxState, KeptFile, Storage
from mahis.standins.pages import (
    PAGE_MISSING,
    Pages,
    address,
    language_of,
    style_sheet,
    whole_number,
)

_BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
_PER_PAGE = 20
_STATES = {
    BoxState.NEVER: gettext_lazy("Nobody ever looked into this e-Box."),
    BoxState.NONE: gettext_lazy("This enterprise has no e-Box."),
}
_NAMES = {
    "fr": gettext_lazy("French"),
    "nl": gettext_lazy("Dutch"),
    "de": gettext_lazy("German"),
}
_PAGES = Pages(pathlib.Path(__file__).parent / "templates", title=gettext_lazy("Practice e-Box"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Inbox:
    """Shows what was accepted."""

    storage: Storage

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses."""
        return [
            web.get("/", self._all),
            web.get("/practice.css", self._style),
            web.get("/inbox/{number}", self._one),
            web.get("/inbox/{number}/{message}/{position}", self._file),
        ]

    async def missing(self, request: web.Request) -> web.Response:
        """Say that there is no such page."""
        asked = _asked(request)
        home = f"/?lang={language_of(asked)}"
        return _given(_PAGES.problem(asked, PAGE_MISSING, home=home, status=404))

    async def _all(self, request: web.Request) -> web.Response:
        asked = _asked(request)
        text = asked.GET.get("q", "")[:40]
        beginning = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
        count = self.storage.count_recipients(beginning=beginning)
        pages = _Pages(asked, count, text=text)
        rows = self.storage.recipients(beginning=beginning, first=pages.first, most=_PER_PAGE)
        context = {
            "text": text,
            "count": count,
            "rows": [
                {
                    "address": f"/inbox/{number}?lang={language_of(asked)}",
                    "screen": _screen(number),
                    "count": messages,
                }
                for number, messages in rows
            ],
            **pages.context(),
        }
        return _page(asked, "inbox/all.html", context)

    async def _one(self, request: web.Request) -> web.Response:
        try:
            number = EnterpriseNumber.parse(request.match_info["number"]).digits
        except Refused:
            return await self.missing(request)
        asked = _asked(request)
        count = self.storage.count_of(number)
        # The newest come last, so the last page is the one to begin with.
        pages = _Pages(asked, count, begin_last=True)
        messages = self.storage.messages_of(number, first=pages.first, most=_PER_PAGE)
        context = {
            "home": f"/?lang={language_of(asked)}",
            "screen": _screen(number),
            "count": count,
            "warning": _STATES.get(self.storage.box(number).state),
            "messages": [
                self._shown(each, place)
                for place, each in enumerate(messages, start=pages.first + 1)
            ],
            **pages.context(),
        }
        return _page(asked, "inbox/one.html", context)

    async def _file(self, request: web.Request) -> web.Response:
        try:
            message = self.storage.message(request.match_info["message"])
            position = whole_number(request.match_info["position"])
            (file,) = (
                each for each in self.storage.files_of(message.id) if each.position == position
            )
            content = self.storage.content(message.id, position)
        except (LookupError, ValueError):
            return await self.missing(request)
        return web.Response(
            body=content,
            headers={
                "Content-Type": file.media_type,
                "Content-Disposition": content_disposition_header(
                    as_attachment=True, filename=file.file_name
                )
                or "attachment",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "no-store",
            },
        )

    async def _style(self, _: web.Request) -> web.Response:
        return _given(style_sheet())

    def _shown(self, message: Accepted, place: int) -> dict[str, object]:
        files = self.storage.files_of(message.id)
        main = files[0]
        body = reading.blocks(
            self.storage.content(message.id, main.position), media_type=main.media_type
        )
        return {
            "place": place,
            "message": message,
            "received": message.received.astimezone(_BRUSSELS).strftime("%d/%m/%Y %H:%M:%S"),
            "received_machine": message.received.isoformat(timespec="seconds"),
            "sender": _screen(message.sender),
            "spoken": _NAMES[message.language],
            "body": _grouped(body, message.subject),
            "files": [
                _told(each, message.recipient) for each in files if not (each.is_main and body)
            ],
        }


class _Pages:
    """Which page of a long list is asked for."""

    def __init__(
        self, asked: HttpRequest, count: int, *, text: str = "", begin_last: bool = False
    ) -> None:
        self._asked = asked
        self._text = text
        self._pages = max(1, -(-count // _PER_PAGE))
        usual = self._pages if begin_last else 1
        named = asked.GET.get("page", "")
        self._page = min(max(1, whole_number(named)), self._pages) if named else usual

    @property
    def first(self) -> int:
        """How many stand before this page."""
        return (self._page - 1) * _PER_PAGE

    def context(self) -> dict[str, object]:
        """Give what the page tells of its neighbours."""
        return {
            "page": self._page,
            "pages": self._pages,
            "earlier": self._address(self._page - 1) if self._page > 1 else "",
            "later": self._address(self._page + 1) if self._page < self._pages else "",
        }

    def _address(self, page: int) -> str:
        return address(self._asked, lang=language_of(self._asked), q=self._text, page=page)


def _page(asked: HttpRequest, name: str, context: dict[str, object]) -> web.Response:
    return _given(_PAGES.render(asked, name, context, language=language_of(asked)))


def _grouped(body: tuple[Block, ...], subject: str) -> list[dict[str, object]]:
    """Put items that follow each other into lists; leave out a title that the subject says."""
    if body and body[0].form is Form.HEADING and body[0].text == subject:
        body = body[1:]
    groups = itertools.groupby(body, key=lambda block: block.form)
    return [{"form": form.value, "blocks": list(blocks)} for form, blocks in groups]


def _told(file: KeptFile, recipient: str) -> dict[str, object]:
    return {
        "file": file,
        "address": f"/inbox/{recipient}/{file.message}/{file.position}",
        "kilobytes": max(1, round(file.size / 1024)),
    }


def _screen(number: str) -> str:
    return EnterpriseNumber(number).screen


def _asked(request: web.Request) -> HttpRequest:
    """Give a request in the form that the common pages of stand-ins want."""
    asked = HttpRequest()
    asked.method = "GET"
    asked.path = request.path
    asked.META = {"HTTP_ACCEPT_LANGUAGE": request.headers.get("Accept-Language", "")}
    asked.GET = QueryDict(request.query_string)
    return asked


def _given(response: HttpResponse) -> web.Response:
    headers = dict(response.items())
    headers.setdefault("Cache-Control", "no-store")
    return web.Response(body=response.content, status=response.status_code, headers=headers)
