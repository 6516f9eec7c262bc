"""Reading a PNG: checked whole, and rid of everything but what its pixels are made from.

PDF reads the pixels of a PNG as they are packed, colours and opacity apart. To part them they are
unpacked, but their filters stay as they are: these work on each byte of a pixel by itself.
"""

import dataclasses
import struct
import zlib
from collections.abc import Iterator, Sequence

from mahis.gateways.scans import beginnings, pictures
from mahis.gateways.scans.pictures import Picture
from mahis.gateways.scans.refusals import PictureUnusual, ScanUnreadable

_BLOCK = 2**18
_QUICK = 1
_HEADER = struct.Struct(">IIBBBBB")
_GREY, _COLOUR, _PALETTE = 0, 2, 3
_OPACITY = 4
#: For each kind of picture: the bits a value may have, and the values a pixel has.
_KINDS = {
    _GREY: ((1, 2, 4, 8, 16), 1),
    _COLOUR: ((8, 16), 3),
    _PALETTE: ((1, 2, 4, 8), 1),
    _GREY | _OPACITY: ((8, 16), 2),
    _COLOUR | _OPACITY: ((8, 16), 4),
}
_LARGEST_PALETTE = 256


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Header:
    """What the first chunk says."""

    width: int
    height: int
    bits: int
    kind: int

    @property
    def values(self) -> int:
        """Values a pixel has, opacity included."""
        return _KINDS[self.kind][1]

    @property
    def row(self) -> int:
        """Bytes of a row with its filter."""
        return 1 + -(-self.width * self.bits * self.values // 8)


def read(data: bytes) -> Picture:
    """Read a PNG; raises ScanUnreadable, PictureUnusual, PictureTooLarge, PageOutOfShape."""
    try:
        return _read(data)
    except (struct.error, zlib.error) as error:
        raise ScanUnreadable from error


def _read(data: bytes) -> Picture:
    chunks = _chunks(data)
    kind, content = next(chunks)
    if kind != b"IHDR":
        raise ScanUnreadable
    header = _header(content)
    palette, clear = b"", b""
    packed: list[bytes] = []
    for kind, content in chunks:
        if kind == b"PLTE":
            palette = content
        elif kind == b"tRNS":
            clear = content
        elif kind == b"IDAT":
            packed.append(content)
    if header.kind & _OPACITY and header.kind != _PALETTE:
        return _parted(header, packed)
    for _row in _rows(header, packed):
        # All rows are there, and they are not kept.
        pass
    words = _palette_words(header, palette, clear)
    return _picture(header, b"".join(packed), words or _colour_words(header, clear))


def written(header: bytes, packed: bytes) -> bytes:
    """Write a PNG from the content of its header and its packed rows."""
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return beginnings.PNG + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))
        for kind, content in chunks
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give kind and content of each chunk up to the last; what stands behind is left out."""
    place = len(beginnings.PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        content = data[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", data, place + 8 + length)
        if check != zlib.crc32(content, zlib.crc32(kind)):
            raise ScanUnreadable
        yield kind, content
        place += 12 + length


def _header(content: bytes) -> _Header:
    width, height, bits, kind, packing, filtering, interlaced = _HEADER.unpack(content)
    if bits not in _KINDS.get(kind, ((), 0))[0] or packing or filtering:
        raise ScanUnreadable
    if interlaced:
        raise PictureUnusual
    pictures.require_size(width, height)
    return _Header(width=width, height=height, bits=bits, kind=kind)


def _rows(header: _Header, packed: Sequence[bytes]) -> Iterator[bytes]:
    """Unpack the rows, a few at a time; raises ScanUnreadable unless there are exactly all."""
    unpacker = zlib.decompressobj()
    rows, rest = 0, b""
    for part in packed:
        left = part
        while left and not unpacker.eof:
            rest += unpacker.decompress(left, _BLOCK)
            left = unpacker.unconsumed_tail
            whole = len(rest) // header.row
            rows += whole
            if rows > header.height:
                raise ScanUnreadable
            for number in range(whole):
                yield rest[number * header.row : (number + 1) * header.row]
            rest = rest[whole * header.row :]
    if rest or rows != header.height or not unpacker.eof:
        raise ScanUnreadable


def _parted(header: _Header, packed: Sequence[bytes]) -> Picture:
    """Part colours from opacity."""
    size = header.bits // 8
    pixel = header.values * size
    coloured = range(pixel - size)
    opaque = range(pixel - size, pixel)
    colours, opacity = zlib.compressobj(_QUICK), zlib.compressobj(_QUICK)
    of_colours, of_opacity = [], []
    for row in _rows(header, packed):
        of_colours.append(colours.compress(_picked(row, coloured, pixel)))
        of_opacity.append(opacity.compress(_picked(row, opaque, pixel)))
    bare = dataclasses.replace(header, kind=header.kind & ~_OPACITY)
    grey = dataclasses.replace(header, kind=_GREY)
    return dataclasses.replace(
        _picture(bare, b"".join([*of_colours, colours.flush()]), _colour_words(bare, b"")),
        mask=_picture(grey, b"".join([*of_opacity, opacity.flush()]), _colour_words(grey, b"")),
    )


def _picked(row: bytes, places: range, pixel: int) -> bytes:
    """Give a row with only some bytes of each pixel, and its filter."""
    width = (len(row) - 1) // pixel
    picked = bytearray(1 + width * len(places))
    picked[0] = row[0]
    for number, place in enumerate(places):
        picked[1 + number :: len(places)] = row[1 + place :: pixel]
    return bytes(picked)


def _picture(header: _Header, data: bytes, colours: str) -> Picture:
    layout = f"/Colors {header.values} /BitsPerComponent {header.bits} /Columns {header.width}"
    return Picture(
        width=header.width,
        height=header.height,
        reading=f"{colours} /BitsPerComponent {header.bits} /Filter /FlateDecode"
        f" /DecodeParms << /Predictor 15 {layout} >>",
        data=data,
    )


def _colour_words(header: _Header, clear: bytes) -> str:
    space = "DeviceGray" if header.values == 1 else "DeviceRGB"
    if not clear:
        return f"/ColorSpace /{space}"
    # One colour counts as clear.
    values = struct.unpack(f">{header.values}H", clear)
    return f"/ColorSpace /{space} /Mask [{' '.join(f'{each} {each}' for each in values)}]"


def _palette_words(header: _Header, palette: bytes, clear: bytes) -> str:
    """Say which colours a palette has, on white where they are not opaque."""
    if header.kind != _PALETTE:
        return ""
    colours = [palette[place : place + 3] for place in range(0, len(palette), 3)]
    if not colours or len(colours[-1]) != 3 or len(colours) > _LARGEST_PALETTE:  # noqa: PLR2004
        raise ScanUnreadable
    opaque = clear.ljust(len(colours), b"\xff")
    on_white = (
        255 - (255 - value) * opacity // 255
        for colour, opacity in zip(colours, opaque, strict=False)
        for value in colour
    )
    listed = "".join(f"{value:02x}" for value in on_white)
    return f"/ColorSpace [/Indexed /DeviceRGB {len(colours) - 1} <{listed}>]"
