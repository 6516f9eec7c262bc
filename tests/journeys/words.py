"""What screens say in a language: the catalogues are asked, so that one journey fits all four."""

import enum

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from mahis.domain.quarters import Quarter
from mahis.web import clock, words

LANGUAGES = ("fr", "nl", "de", "en")


def say(
    language: str,
    message: str,
    *,
    plural: str = "",
    count: int = 1,
    context: str = "",
    **values: object,
) -> str:
    """Give a message of the catalogues in a language, with its values filled in."""
    with translation.override(language):
        if plural:
            text = ngettext(message, plural, count)
            values["count"] = count
        else:
            text = pgettext(context, message) if context else gettext(message)
    return text % values if values else text


def word(language: str, value: enum.Enum) -> str:
    """Give the word for a value of the domain: a state, a quality, a side."""
    with translation.override(language):
        return str(words.of(value))


def quarter(ahead: int = 0) -> str:
    """Give the quarter so many quarters from now, as people type it: `1/2027`."""
    return (Quarter.containing(clock.today()) + ahead).screen
