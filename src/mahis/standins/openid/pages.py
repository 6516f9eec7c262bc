"""The pages that people see at the practice login, in four languages."""

import dataclasses
import pathlib
import urllib.parse
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from mahis.domain.parties import Language
from mahis.standins.openid.means import Means, level_asked
from mahis.standins.openid.people import People, PracticePerson
from mahis.standins.openid.provider import Login

_TEMPLATES = pathlib.Path(__file__).parent / "templates"
_ENGINE = Engine(
    dirs=[str(_TEMPLATES)],
    libraries={"i18n": "django.templatetags.i18n"},
    builtins=["django.templatetags.i18n"],
)
_PEOPLE_PER_PAGE = 20
#: Each language by its own name, so that everybody finds theirs.
_OWN_NAMES = {
    Language.FRENCH: "Français",
    Language.DUTCH: "Nederlands",
    Language.GERMAN: "Deutsch",
    Language.ENGLISH: "English",
}
_CODES = {language.value for language in Language}

LOGIN_GONE = gettext_lazy("This login has been used already, or it has waited too long.")
REQUEST_WRONG = gettext_lazy("The service sent a request that cannot be understood.")
PAGE_MISSING = gettext_lazy("There is no such page here.")
PERSON_WRONG = gettext_lazy("Choose one of the persons and means in the list.")
LOGOUT_WRONG = gettext_lazy("The request to log out cannot be trusted.")


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


def language_of(request: HttpRequest, *, ui_locales: str = "") -> str:
    """Choose the page's language: the one clicked, else what the service or the browser asks."""
    wanted = [request.GET.get("lang", ""), *ui_locales.split()]
    accepted = request.headers.get("Accept-Language", "").split(",")
    codes = (tag.strip()[:2].lower() for tag in [*wanted, *accepted])
    return next((code for code in codes if code in _CODES), Language.ENGLISH.value)


def login_page(
    request: HttpRequest, *, login: Login, people: People, problem: Promise | None = None
) -> HttpResponse:
    """Show the persons that fit the words typed, a page at a time."""
    language = language_of(request, ui_locales=login.asked.get("ui_locales", ""))
    text = request.GET.get("q", "")[:100]
    found = people.find(text)
    pages = max(1, -(-len(found) // _PEOPLE_PER_PAGE))
    page = min(max(1, _whole_number(request.GET.get("page", ""))), pages)
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
        "earlier": _address(request, lang=language, q=text, page=page - 1) if page > 1 else "",
        "later": _address(request, lang=language, q=text, page=page + 1) if page < pages else "",
        "problem": problem,
    }
    return _render(
        request,
        "practice/login.html",
        context,
        language=language,
        targets=login.client.origins,
        status=400 if problem else 200,
    )


def problem_page(
    request: HttpRequest, message: Promise, *, detail: str = "", home: str = "", status: int = 400
) -> HttpResponse:
    """Say what went wrong and where to go on."""
    context = {"message": message, "detail": detail, "home": home}
    return _render(
        request, "practice/problem.html", context, language=language_of(request), status=status
    )


def leave_page(request: HttpRequest, *, ui_locales: str) -> HttpResponse:
    """Ask whether to log out, because the request does not prove which service sent it."""
    language = language_of(request, ui_locales=ui_locales)
    return _render(request, "practice/leave.html", {}, language=language)


def left_page(request: HttpRequest, *, ui_locales: str) -> HttpResponse:
    """Say that the session here has ended."""
    language = language_of(request, ui_locales=ui_locales)
    return _render(request, "practice/left.html", {}, language=language)


def style_sheet() -> HttpResponse:
    """Give the pages' style."""
    css = (_TEMPLATES / "practice" / "practice.css").read_text(encoding="utf-8")
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


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


def _render(
    request: HttpRequest,
    name: str,
    context: Mapping[str, object],
    *,
    language: str,
    targets: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    with translation.override(language):
        page = _ENGINE.get_template(name).render(
            Context(
                {
                    **context,
                    "language": language,
                    "title": gettext("Practice login"),
                    "languages": [
                        {
                            "code": each.value,
                            "name": own_name,
                            "address": _address(
                                request, lang=each.value, q=request.GET.get("q", "")
                            ),
                        }
                        for each, own_name in _OWN_NAMES.items()
                    ],
                }
            )
        )
    response = HttpResponse(page, status=status)
    # Choosing a person ends in a redirect to the service, and browsers hold that to this list.
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {' '.join(targets)}"
    ).rstrip()
    return response


def _address(request: HttpRequest, **parameters: str | int) -> str:
    kept = {name: value for name, value in parameters.items() if value}
    return f"{request.path}?{urllib.parse.urlencode(kept)}"


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004
