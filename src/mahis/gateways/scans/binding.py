"""Pictures bound into one PDF, a page each: A4, as large as fits, nothing but the pictures."""

from collections.abc import Sequence

from mahis.gateways.scans.pictures import Picture

#: A4 in points, upright.
_SHORT_EDGE, _LONG_EDGE = 595.28, 841.89
#: Where the unit square of a picture goes for each orientation of Exif.
_TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def bound(pictures: Sequence[Picture]) -> bytes:
    """Bind pictures into one PDF; equal pictures give equal bytes."""
    objects: list[bytes] = [b"", b""]
    pages = [_add(objects, _page(picture, objects)) for picture in pictures]
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode()
    return _written(objects)


def _page(picture: Picture, objects: list[bytes]) -> bytes:
    """Add what a page shows; gives the page itself."""
    across, down = picture.upright
    width, height = (_SHORT_EDGE, _LONG_EDGE) if down >= across else (_LONG_EDGE, _SHORT_EDGE)
    scale = min(width / across, height / down)
    shown = (across * scale, down * scale)
    left, bottom = (width - shown[0]) / 2, (height - shown[1]) / 2
    turn = " ".join(str(value) for value in _TURNS[picture.orientation])
    drawn = f"{shown[0]:.3f} 0 0 {shown[1]:.3f} {left:.3f} {bottom:.3f} cm {turn} cm /Scan Do"
    image = _add_picture(picture, objects)
    content = _add(objects, _stream("", drawn.encode()))
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}]"
        f" /Resources << /XObject << /Scan {image} 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _add_picture(picture: Picture, objects: list[bytes]) -> int:
    words = (
        f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
        f" {picture.reading}"
    )
    if picture.mask is not None:
        words += f" /SMask {_add_picture(picture.mask, objects)} 0 R"
    return _add(objects, _stream(words, picture.data))


def _stream(words: str, data: bytes) -> bytes:
    begins = f"<< {words} /Length {len(data)} >>\nstream\n".encode()
    return begins + data + b"\nendstream"


def _add(objects: list[bytes], written: bytes) -> int:
    objects.append(written)
    return len(objects)


def _written(objects: list[bytes]) -> bytes:
    parts, places, place = [_HEAD], [], len(_HEAD)
    for number, written in enumerate(objects, start=1):
        part = b"%d 0 obj\n%b\nendobj\n" % (number, written)
        parts.append(part)
        places.append(place)
        place += len(part)
    listed = "".join(f"{each:010d} 00000 n \n" for each in places)
    size = len(objects) + 1
    parts.append(
        f"xref\n0 {size}\n0000000000 65535 f \n{listed}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{place}\n%%EOF\n".encode()
    )
    return b"".join(parts)
