"""What the pages of stand-ins have in common: four languages, one look, a strict policy."""

import pathlib
import urllib.parse
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from mahis.domain.parties import Language

_TEMPLATES = pathlib.Path(__file__).parent / "templates"
#: Each language by its own name, so that everybody finds theirs.
_OWN_NAMES = {
    Language.FRENCH: "Français",
    Language.DUTCH: "Nederlands",
    Language.GERMAN: "Deutsch",
    Language.ENGLISH: "English",
}
_CODES = {language.value for language in Language}

PAGE_MISSING = gettext_lazy("There is no such page here.")


class Pages:
    """The pages of one stand-in: its templates and its title."""

    def __init__(self, templates: pathlib.Path, *, title: Promise) -> None:
        self._title = title
        self._engine = Engine(
            dirs=[str(templates), str(_TEMPLATES)],
            libraries={"i18n": "django.templatetags.i18n"},
            builtins=["django.templatetags.i18n"],
        )

    def render(
        self,
        request: HttpRequest,
        name: str,
        context: Mapping[str, object],
        *,
        language: str,
        targets: Sequence[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        """Give a page; `targets` are the places that its forms may lead to, beside ourselves."""
        with translation.override(language):
            page = self._engine.get_template(name).render(
                Context(
                    {
                        **context,
                        "language": language,
                        "title": self._title,
                        "languages": _languages(request),
                    }
                )
            )
        response = HttpResponse(page, status=status)
        # Browsers hold the redirect behind a form to this list too.
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
            f"frame-ancestors 'none'; form-action 'self' {' '.join(targets)}"
        ).rstrip()
        return response

    def problem(
        self,
        request: HttpRequest,
        message: Promise,
        *,
        detail: str = "",
        home: str = "",
        status: int = 400,
    ) -> HttpResponse:
        """Say what went wrong and where to go on, on the stand-in's own page for that."""
        context = {"message": message, "detail": detail, "home": home}
        return self.render(
            request, "practice/problem.html", context, language=language_of(request), status=status
        )


def language_of(request: HttpRequest, *, ui_locales: str = "") -> str:
    """Choose the page's language: the one clicked, else what the service or the browser asks."""
    wanted = [request.GET.get("lang", ""), *ui_locales.split()]
    accepted = request.headers.get("Accept-Language", "").split(",")
    codes = (tag.strip()[:2].lower() for tag in [*wanted, *accepted])
    return next((code for code in codes if code in _CODES), Language.ENGLISH.value)


def style_sheet() -> HttpResponse:
    """Give the pages' style."""
    css = (_TEMPLATES / "practice" / "practice.css").read_text(encoding="utf-8")
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def address(request: HttpRequest, **parameters: str | int) -> str:
    """Give the address of the page asked for, with other parameters."""
    kept = {name: value for name, value in parameters.items() if value}
    return f"{request.path}?{urllib.parse.urlencode(kept)}"


def whole_number(text: str) -> int:
    """Read the number of a page; 1 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004


def _languages(request: HttpRequest) -> list[dict[str, str]]:
    return [
        {
            "code": each.value,
            "name": own_name,
            "address": address(request, lang=each.value, q=request.GET.get("q", "")),
        }
        for each, own_name in _OWN_NAMES.items()
    ]
