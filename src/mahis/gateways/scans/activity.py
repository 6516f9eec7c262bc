"""Whether a PDF does things by itself: runs scripts, starts programs, sends or carries files."""

import re
from collections.abc import Iterator

#: Names that stand only where a PDF does more than show pages.
_ACTIVE = frozenset(
    {
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/EmbeddedFile",
        b"/EmbeddedFiles",
        b"/RichMedia",
        b"/XFA",
        b"/GoToE",
        b"/SubmitForm",
        b"/ImportData",
        b"/Rendition",
        b"/Movie",
        b"/Sound",
    }
)
#: Those long enough never to come about by chance in packed pixels.
_TELLING = re.compile(rb"/(?:JavaScript|EmbeddedFile|RichMedia|SubmitForm|ImportData)\b")
_TABLE_BEGINS = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
#: What an object consists of, up to the data of its stream; text is passed over as a whole.
_TOKEN = re.compile(
    rb"%[^\r\n]*"
    rb"|<<"
    rb"|<[^>]*>"
    rb"|(?P<text>\()"
    rb"|(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<end>\bstream\b|\bendobj\b)"
)
_IN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)


class NotPlain(Exception):
    """What was to be a PDF written by PDFium is none."""


def is_active(plain: bytes) -> bool:
    """Say whether a PDF is active that PDFium has written: objects open, names spelt one way.

    Raises NotPlain where it is no such PDF.
    """
    table = _TABLE_BEGINS.search(plain)
    if table is None:
        raise NotPlain
    begins = int(table[1])
    objects = _TABLE_ENTRY.findall(plain, begins, table.start())
    return any(
        name in _ACTIVE for place in (begins, *map(int, objects)) for name in _names(plain, place)
    )


def seems_active(data: bytes) -> bool:
    """Say whether a PDF as it came names such a thing in the open, wherever that stands.

    Readers differ in what they make of a file that breaks the rules; this one asks none of them.
    """
    return _TELLING.search(data) is not None


def _names(plain: bytes, place: int) -> Iterator[bytes]:
    """Give the names in one object, outside its texts and its stream."""
    while (token := _TOKEN.search(plain, place)) is not None and not token["end"]:
        place = _end_of_text(plain, token.end()) if token["text"] else token.end()
        if token["name"]:
            yield token["name"]


def _end_of_text(plain: bytes, place: int) -> int:
    """Give the place behind a text in brackets, which may hold further brackets."""
    depth = 1
    while depth:
        found = _IN_TEXT.search(plain, place)
        if found is None:
            raise NotPlain
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        place = found.end()
    return place
