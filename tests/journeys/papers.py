"""What people do with paper: print a form, sign it with a pen, and scan it."""

import math
import struct
import zlib
from collections.abc import Iterator, Sequence

from mahis.gateways.scans import looking, png
from tests.unit.scans import making

_WIDTH = 1000
_INK = (24, 42, 140)
_PEN = 3


def signed_by_hand(form: bytes, *, places: Sequence[tuple[float, float]]) -> list[bytes]:
    """Print a form, sign its first page at some places, and scan it: a picture of each page.

    Places go from 0 to 1 across and down.
    """
    count = looking.page_count(form, most=20)
    pages = [looking.picture(form, page=page + 1, width=_WIDTH) for page in range(count)]
    return [_scribbled(pages[0], places), *pages[1:]]


def _scribbled(page: bytes, places: Sequence[tuple[float, float]]) -> bytes:
    width, height, rows = making.pixels_of(page)
    inked = [bytearray(row) for row in rows]
    for place in places:
        for x, y in _stroke(place, width, height):
            for down in range(_PEN):
                if 0 <= y + down < height:
                    inked[y + down][x * 3 : (x + _PEN) * 3] = bytes(_INK * _PEN)
    packed = zlib.compress(b"".join(b"\0" + bytes(row) for row in inked), 1)
    return png.written(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), packed)


def _stroke(place: tuple[float, float], width: int, height: int) -> Iterator[tuple[int, int]]:
    """Give the points of a signature that begins at a place."""
    left, middle = int(place[0] * width), int(place[1] * height)
    for step in range(700):
        at = step / 700
        x = left + int(170 * at + 9 * math.sin(60 * at))
        y = middle + int((22 - 14 * at) * math.sin(38 * at) + 6 * math.cos(97 * at))
        if 0 <= x < width - _PEN:
            yield x, y
