"""Scans made by hand, right and wrong ones: pictures, PDFs, and the pixels of what is drawn."""

import itertools
import struct
import zlib
from collections.abc import Callable, Sequence

GREY, COLOUR, PALETTE, GREY_AND_OPACITY, COLOUR_AND_OPACITY = 0, 2, 3, 4, 6
_VALUES = {GREY: 1, COLOUR: 3, PALETTE: 1, GREY_AND_OPACITY: 2, COLOUR_AND_OPACITY: 4}
_PNG = b"\x89PNG\r\n\x1a\n"

Pixel = tuple[int, ...]


# ------------------------------------------------------------------------------------------- PNG


def chunk(kind: bytes, content: bytes) -> bytes:
    """Give one chunk of a PNG."""
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def header(width: int, height: int, *, bits: int = 8, kind: int = COLOUR, laced: int = 0) -> bytes:
    """Give the header of a PNG."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, laced))


def png(
    width: int,
    height: int,
    *,
    pixel: Callable[[int, int], Pixel] = lambda _x, _y: (255, 255, 255),
    kind: int = COLOUR,
    filtering: Sequence[int] = (0,),
    extra: bytes = b"",
    behind: bytes = b"",
) -> bytes:
    """Give a PNG with 8 bits a value, its rows filtered in turn by these filters."""
    values = _VALUES[kind]
    filters = itertools.cycle(filtering)
    above, rows = bytes(width * values), []
    for y in range(height):
        row = bytes(value for x in range(width) for value in pixel(x, y))
        chosen = next(filters)
        rows.append(bytes([chosen]) + _filtered(row, above, values, chosen))
        above = row
    return (
        _PNG
        + header(width, height, kind=kind)
        + extra
        + chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + chunk(b"IEND", b"")
        + behind
    )


def plain_png(width: int, height: int, *, kind: int = COLOUR) -> bytes:
    """Give a large PNG, all white, quickly."""
    row = b"\0" + b"\xff" * (width * _VALUES[kind])
    packer = zlib.compressobj(1)
    packed = [packer.compress(row) for _ in range(height)]
    body = b"".join([*packed, packer.flush()])
    return _PNG + header(width, height, kind=kind) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _filtered(row: bytes, above: bytes, step: int, chosen: int) -> bytes:
    out = bytearray()
    for place, value in enumerate(row):
        left = row[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        guess = (0, left, above[place], (left + above[place]) // 2, 0)[chosen]
        if chosen == 4:
            guess = _paeth(left, above[place], corner)
        out.append((value - guess) % 256)
    return bytes(out)


def _paeth(left: int, above: int, corner: int) -> int:
    towards = left + above - corner
    return min((left, above, corner), key=lambda each: abs(towards - each))


def pixels_of(drawn: bytes) -> tuple[int, int, list[bytes]]:
    """Read a PNG as Mahis draws it: width, height and the rows of colours."""
    assert drawn.startswith(_PNG)
    width, height = struct.unpack_from(">II", drawn, 16)
    place, packed = len(_PNG), b""
    while place < len(drawn):
        (length,) = struct.unpack_from(">I", drawn, place)
        if drawn[place + 4 : place + 8] == b"IDAT":
            packed += drawn[place + 8 : place + 8 + length]
        place += 12 + length
    rows = zlib.decompress(packed)
    size = 1 + width * 3
    return width, height, [rows[y * size + 1 : (y + 1) * size] for y in range(height)]


def colour_at(drawn: bytes, across: float, down: float) -> Pixel:
    """Give the colour at a place of a drawn page, from 0 to 1 across and down."""
    width, height, rows = pixels_of(drawn)
    x, y = int(across * width), int(down * height)
    return tuple(rows[y][x * 3 : x * 3 + 3])


# ------------------------------------------------------------------------------------------ JPEG


def segment(marker: int, content: bytes) -> bytes:
    """Give one segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(
    width: int,
    height: int,
    *,
    block: Callable[[int, int], Pixel] = lambda _x, _y: (255,),
    colours: int = 1,
    frame: int = 0xC0,
    bits: int = 8,
    extra: bytes = b"",
    behind: bytes = b"",
    ends: bool = True,
) -> bytes:
    """Give a baseline JPEG whose blocks of 8 times 8 pixels have one value for each colour."""
    components = b"".join(bytes((number + 1, 0x11, 0)) for number in range(colours))
    scanned = b"".join(bytes((number + 1, 0)) for number in range(colours))
    return (
        b"\xff\xd8"
        + extra
        + segment(0xDB, b"\0" + b"\x08" * 64)
        + segment(frame, struct.pack(">BHHB", bits, height, width, colours) + components)
        + segment(0xC4, b"\x00" + bytes((0, 0, 0, 12)) + bytes(12) + bytes(range(12)))
        + segment(0xC4, b"\x10" + bytes((1,)) + bytes(15) + b"\0")
        + segment(0xDA, bytes((colours,)) + scanned + b"\0\x3f\0")
        + _coded(width, height, block, colours)
        + (b"\xff\xd9" if ends else b"")
        + behind
    )


def _coded(width: int, height: int, block: Callable[[int, int], Pixel], colours: int) -> bytes:
    bits: list[str] = []
    before = [0] * colours
    for y in range(-(-height // 8)):
        for x in range(-(-width // 8)):
            for number, value in enumerate(block(x, y)):
                level = value - 128
                difference, before[number] = level - before[number], level
                size = abs(difference).bit_length()
                bits.append(f"{size:04b}")
                if size:
                    written = difference if difference > 0 else difference + 2**size - 1
                    bits.append(f"{written:0{size}b}")
                bits.append("0")
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    data = bytes(int(text[place : place + 8], 2) for place in range(0, len(text), 8))
    return data.replace(b"\xff", b"\xff\0")


def exif(orientation: int, *, order: str = "<", more: bytes = b"") -> bytes:
    """Give the segment in which a telephone says how a photograph has to be turned."""
    mark = b"II" if order == "<" else b"MM"
    tiff = struct.pack(f"{order}2sHIHHHIHHI", mark, 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return segment(0xE1, b"Exif\0\0" + tiff + more)


# ------------------------------------------------------------------------------------------- PDF


def pdf(
    *,
    pages: int = 1,
    catalog: str = "",
    page: str = "",
    objects: Sequence[str | bytes] = (),
    trailer: str = "",
    size: str = "0 0 595 842",
) -> bytes:
    """Give a PDF with a black square on each page, and words of one's own in its objects.

    `objects` begin at number 4.
    """
    drawing = "0 0 0 rg 100 600 100 100 re f"
    first = 4 + len(objects)
    kids = " ".join(f"{first + number} 0 R" for number in range(pages))
    leaf = f"<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Contents 3 0 R {page} >>"
    return written(
        [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
            f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
            f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
            *objects,
            *[leaf] * pages,
        ],
        trailer=trailer,
    )


def written(objects: Sequence[str | bytes], *, trailer: str = "") -> bytes:
    """Write objects, from number 1, as a PDF."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        text = each if isinstance(each, bytes) else each.encode("latin-1")
        out += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return out + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


def packed(objects: Sequence[tuple[int, str]]) -> bytes:
    """Give the object stream that holds objects, packed."""
    places, body = [], ""
    for number, text in objects:
        places.append(f"{number} {len(body)}")
        body += f"{text} "
    head = " ".join(places) + " "
    data = zlib.compress((head + body).encode("latin-1"))
    return (
        (
            f"<< /Type /ObjStm /N {len(objects)} /First {len(head)} /Length {len(data)}"
            f" /Filter /FlateDecode >>\nstream\n"
        ).encode()
        + data
        + b"\nendstream"
    )


def with_object_stream(hidden: Sequence[tuple[int, str]], *, catalog: str) -> bytes:
    """Give a PDF of one page, some of whose objects (from 5 on) stand packed in a stream."""
    drawing = "0 0 0 rg 100 600 100 100 re f"
    objects: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream".encode(),
    ]
    out, rows = b"%PDF-1.7\n", [b"\0" + (0).to_bytes(4, "big") + b"\xff\xff"]
    for number, each in enumerate(objects, start=1):
        rows.append(b"\1" + len(out).to_bytes(4, "big") + b"\0\0")
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    holder = 5 + len(hidden)
    rows += [
        b"\2" + holder.to_bytes(4, "big") + index.to_bytes(2, "big") for index in range(len(hidden))
    ]
    rows.append(b"\1" + len(out).to_bytes(4, "big") + b"\0\0")
    out += b"%d 0 obj\n%b\nendobj\n" % (holder, packed(hidden))
    place = len(out)
    rows.append(b"\1" + place.to_bytes(4, "big") + b"\0\0")
    table = zlib.compress(b"".join(rows))
    out += (
        f"{holder + 1} 0 obj\n<< /Type /XRef /Size {holder + 2} /W [1 4 2] /Root 1 0 R"
        f" /Length {len(table)} /Filter /FlateDecode >>\nstream\n"
    ).encode()
    return out + table + f"\nendstream\nendobj\nstartxref\n{place}\n%%EOF\n".encode()
