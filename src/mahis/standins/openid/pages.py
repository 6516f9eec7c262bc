"""The pages that people see at the practice login, in four languages."""

import dataclasses
import pathlib
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from mahis.standins.openid.means import Means, level_asked
from mahis.standins.openid.people import People, PracticePerson
from mahis.standins.openid.provider import Login
from mahis.standins.pages import Pages, address, language_of, whole_number

_PEOPLE_PER_PAGE = 20

LOGIN_GONE = gettext_lazy("This login has been used already, or it has waited too long.")
REQUEST_WRONG = gettext_lazy("The service sent a request that cannot be understood.")
PERSON_WRONG = gettext_lazy("Choose one of the persons and means in the list.")
LOGOUT_WRONG = gettext_lazy("The request to log out cannot be trusted.")

_PAGES = Pages(pathlib.Path(__file__).parent / "templates", title=gettext_lazy("Practice login"))
problem_page = _PAGES.problem


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """One button: a means for one person."""

    means: Means
    #: Whether the service will refuse a login at this level.
    is_too_weak: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One person as the list shows them."""

    handle: str
    name: str
    description: str
    choices: Sequence[Choice]


def login_page(
    request: HttpRequest, *, login: Login, people: People, problem: Promise | None = None
) -> HttpResponse:
    """Show the persons that fit the words typed, a page at a time."""
    language = language_of(request, ui_locales=login.asked.get("ui_locales", ""))
    text = request.GET.get("q", "")[:100]
    found = people.find(text)
    pages = max(1, -(-len(found) // _PEOPLE_PER_PAGE))
    page = min(max(1, whole_number(request.GET.get("page", ""))), pages)
    first = (page - 1) * _PEOPLE_PER_PAGE
    least = level_asked(login.asked.get("acr_values", ""))
    context = {
        "client": login.client,
        "text": text,
        "count": len(found),
        "rows": [
            _row(person, language=language, least=least)
            for person in found[first : first + _PEOPLE_PER_PAGE]
        ],
        "page": page,
        "pages": pages,
        "earlier": address(request, lang=language, q=text, page=page - 1) if page > 1 else "",
        "later": address(request, lang=language, q=text, page=page + 1) if page < pages else "",
        "problem": problem,
    }
    return _PAGES.render(
        request,
        "practice/login.html",
        context,
        language=language,
        targets=login.client.origins,
        status=400 if problem else 200,
    )


def leave_page(request: HttpRequest, *, ui_locales: str) -> HttpResponse:
    """Ask whether to log out, because the request does not prove which service sent it."""
    language = language_of(request, ui_locales=ui_locales)
    return _PAGES.render(request, "practice/leave.html", {}, language=language)


def left_page(request: HttpRequest, *, ui_locales: str) -> HttpResponse:
    """Say that the session here has ended."""
    language = language_of(request, ui_locales=ui_locales)
    return _PAGES.render(request, "practice/left.html", {}, language=language)


def _row(person: PracticePerson, *, language: str, least: Means | None) -> Row:
    return Row(
        handle=person.handle,
        name=person.person.name,
        description=person.description(language),
        choices=[
            Choice(means=means, is_too_weak=least is not None and means < least)
            for means in person.means
        ],
    )
