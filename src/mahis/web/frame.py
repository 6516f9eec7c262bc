"""What the frame of every page needs: who acts for whom, the languages, and where one is."""

import dataclasses

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from mahis.domain.parties import Capacity, Person
from mahis.queries import enterprises
from mahis.web import asking, doors


@dataclasses.dataclass(frozen=True, kw_only=True)
class Language:
    """One language that the screens speak."""

    code: str
    #: Its name in itself: `Deutsch`.
    name: str
    is_spoken: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around a page."""

    person: Person | None
    capacity: Capacity | None
    #: Name of the enterprise acted for; empty without a capacity and for officers.
    enterprise_name: str
    languages: tuple[Language, ...]
    #: The address of this page, to come back to it in another language.
    here: str
    #: Where the service's name leads.
    home: str


def frame(request: HttpRequest) -> dict[str, object]:
    """Give templates the frame; looked up only where a template shows it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    person, capacity = asking.person(request), asking.capacity(request)
    return Frame(
        person=person,
        capacity=capacity,
        enterprise_name=_name(capacity),
        languages=languages(),
        here=request.get_full_path(),
        home=doors.home_of(capacity) if person is not None else "/",
    )


def languages() -> tuple[Language, ...]:
    """Give the languages in their order, with the one that is spoken now."""
    spoken = get_language() or settings.LANGUAGE_CODE
    return tuple(
        Language(
            code=code, name=get_language_info(code)["name_local"], is_spoken=code == spoken[:2]
        )
        for code, _ in settings.LANGUAGES
    )


def _name(capacity: Capacity | None) -> str:
    if capacity is None or capacity.side is None:
        return ""
    return enterprises.name(number=capacity.enterprise, language=get_language() or "")
