"""What a person typed, as texts that can be kept and shown again: bounded, no control signs."""

import unicodedata
from collections.abc import Iterable

from django.http import QueryDict

#: Stands where a character stood that cannot be kept; no name or number has it.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_MOST_CHOICES = 100
_LONGEST_CHOICE = 60
_LONGEST_PAGE = 6


def text(data: QueryDict, name: str, *, longest: int) -> str:
    """Give one line of text, cut one character beyond `longest` so that it is still too long."""
    return one_line(data.get(name, ""))[: longest + 1]


def texts(data: QueryDict, name: str) -> list[str]:
    """Give what was ticked in a list, each once, in order."""
    ticked = (one_line(value)[:_LONGEST_CHOICE] for value in data.getlist(name)[:_MOST_CHOICES])
    return list(dict.fromkeys(filter(None, ticked)))


def page(data: QueryDict) -> int:
    """Give the page that is asked for; the first for what is no number."""
    found = text(data, "page", longest=_LONGEST_PAGE)
    is_number = found.isascii() and found.isdigit() and len(found) <= _LONGEST_PAGE
    return int(found) if is_number else 1


def one_line(typed: str) -> str:
    """Give a text without line breaks and control characters."""
    return "".join(_kept(typed)).strip()


def lines(typed: str) -> str:
    """Give a text of several lines without other control characters."""
    broken = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(_kept(line)).rstrip() for line in broken).strip()


def _kept(typed: str) -> Iterable[str]:
    for character in typed:
        if character.isspace():
            yield " "
        elif unicodedata.category(character) in {"Cc", "Cs"}:
            yield UNREADABLE
        else:
            yield character
