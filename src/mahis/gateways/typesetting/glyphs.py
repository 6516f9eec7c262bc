"""Text as pages can show it: one line of plain characters that the typeface has."""

import functools
import re
import struct
import unicodedata
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_UNKNOWN = "\N{WHITE SQUARE}"
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"
#: Longer runs without a space do not fit into a column, so they may be broken anywhere.
_LONGEST_WORD = 20
_LONG_WORDS = re.compile(rf"[^\s\-/]{{{_LONGEST_WORD + 1},}}")
_FULL_UNICODE_TABLE = 12
#: Marks that are not seen but turn the direction of text or hide in it, and what is no character.
_UNSEEN = frozenset({"Cf", "Cc", "Zl", "Zp"})


def cleaned(text: str) -> str:
    """Give a text on one line with nothing unseen in it; what has no letter here becomes a square.

    So a text cannot turn its neighbours around, and a page can be made of any name.
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(map(_seen, composed)).split())


def shown(text: str) -> str:
    """Clean a text and let its longest words break, so that it fits into any column."""
    return _LONG_WORDS.sub(_breakable, cleaned(text))


def shortened(text: str, longest: int) -> str:
    """Cut a text that is longer than a name may be, with an ellipsis for the rest."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in _UNSEEN:
        return ""
    return character if ord(character) in _known() else _UNKNOWN


def _breakable(word: re.Match[str]) -> str:
    run = word[0]
    pieces = (run[at : at + _LONGEST_WORD] for at in range(0, len(run), _LONGEST_WORD))
    return _MAY_BREAK.join(pieces)


@functools.cache
def _known() -> frozenset[int]:
    """Give the characters that every weight of the typeface has."""
    return frozenset.intersection(*(_characters(file) for file in sorted(FONTS.glob("*.otf"))))


def _characters(file: Path) -> frozenset[int]:
    """Read the characters from a font's table `cmap`, in its form for all of Unicode."""
    data = file.read_bytes()
    cmap = _table(data, b"cmap")
    (tables,) = struct.unpack_from(">H", data, cmap + 2)
    for at in range(cmap + 4, cmap + 4 + 8 * tables, 8):
        (offset,) = struct.unpack_from(">I", data, at + 4)
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        if form == _FULL_UNICODE_TABLE:
            return _groups(data, cmap + offset)
    message = f"{file.name} has no table of all its characters"
    raise ValueError(message)


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {data[at : at + 4]: at for at in range(12, 12 + 16 * count, 16)}
    (offset,) = struct.unpack_from(">I", data, tables[tag] + 8)
    return int(offset)


def _groups(data: bytes, table: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">I", data, table + 12)
    known: set[int] = set()
    for first, last, _glyph in struct.iter_unpack(
        ">III", data[table + 16 : table + 16 + 12 * count]
    ):
        known.update(range(first, last + 1))
    return frozenset(known)
