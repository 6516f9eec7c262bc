"""Finds national numbers where none may be: in addresses, their tokens, and the text of pages."""

import base64
import binascii
import re
from collections.abc import Iterable
from urllib.parse import unquote

_NUMBER_LIKE = re.compile(r"\d[\d.\- /]{9,16}\d")
_TOKEN_PART = re.compile(r"[A-Za-z0-9_-]{20,}")


def national_numbers(text: str, *, of: Iterable[str]) -> list[str]:
    """Give the places in a text that hold one of these numbers, plain or with dots and dashes."""
    wanted = set(of)
    found = (match[0] for match in _NUMBER_LIKE.finditer(text))
    dressed = [each for each in found if re.sub(r"\D", "", each) in wanted]
    return dressed + [number for number in wanted if number in text]


def in_address(address: str, *, of: Iterable[str]) -> list[str]:
    """The same for an address, including what its parameters hold as encoded tokens."""
    numbers = tuple(of)
    plain = unquote(address)
    inside = " ".join(map(_decoded, _TOKEN_PART.findall(plain)))
    return national_numbers(plain, of=numbers) + national_numbers(inside, of=numbers)


def _decoded(part: str) -> str:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
