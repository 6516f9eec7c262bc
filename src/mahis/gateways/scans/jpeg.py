"""Reading a JPEG: checked whole, and rid of everything but what its pixels are made from.

What is dropped: where, when and with what a photograph was taken, colour profiles, small previews,
and whatever stands behind its end.
"""

import re
import struct
from collections.abc import Iterator

from mahis.gateways.scans import beginnings, pictures
from mahis.gateways.scans.pictures import Picture
from mahis.gateways.scans.refusals import PictureUnusual, ScanUnreadable

# Markers, as T.81 names them.
_MARK, _SOI, _EOI, _SOS, _DQT, _DHT, _DRI = 0xFF, 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD
_APP1, _APP14 = 0xE1, 0xEE
#: Baseline, extended and progressive, in Huffman codes; nothing else is in use.
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_OTHER_FRAMES = frozenset(range(0xC0, 0xD0)) - _FRAMES - {_DHT}
_KEPT = _FRAMES | {_DQT, _DHT, _DRI, _SOS, _APP14}
_FRAME = struct.Struct(">BHHB")
_BITS = 8
_SHORTEST_LENGTH = 2
_COLOURS = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
_INKS = 4
#: Where the data of a scan end: a marker that is neither stuffing nor a restart nor filling.
_DATA_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_EXIF, _ADOBE = b"Exif\0\0", b"Adobe"
_BYTE_ORDERS = {b"II": "<", b"MM": ">"}
_ORIENTATION, _SHORT = 0x0112, 3
_ORIENTATIONS = range(1, 9)


def read(data: bytes) -> Picture:
    """Read a JPEG; raises ScanUnreadable, PictureUnusual, PictureTooLarge, PageOutOfShape."""
    try:
        return _read(data)
    except (struct.error, IndexError) as error:
        raise ScanUnreadable from error


def _read(data: bytes) -> Picture:
    kept: list[bytes] = []
    frames: list[bytes] = []
    orientation, scans, by_adobe = 1, 0, False
    for marker, content, coded in _segments(data):
        if marker in _OTHER_FRAMES:
            raise PictureUnusual
        if marker in _FRAMES:
            frames.append(content)
        scans += marker == _SOS
        by_adobe |= marker == _APP14 and content.startswith(_ADOBE)
        if marker == _APP1 and content.startswith(_EXIF):
            orientation = _orientation(content[len(_EXIF) :])
        if marker in _KEPT:
            kept.append(struct.pack(">BBH", _MARK, marker, len(content) + 2) + content + coded)
    if len(frames) != 1 or not scans:
        raise ScanUnreadable
    width, height, components = _frame(frames[0])
    return Picture(
        width=width,
        height=height,
        reading=_reading(components, by_adobe=by_adobe),
        data=b"".join([bytes((_MARK, _SOI)), *kept, bytes((_MARK, _EOI))]),
        orientation=orientation,
    )


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Give marker, content and coded data of each segment up to the end of the picture."""
    place = len(beginnings.JPEG) - 1
    while True:
        if data[place] != _MARK:
            raise ScanUnreadable
        while data[place] == _MARK:
            place += 1
        marker = data[place]
        if marker == _EOI:
            return
        (length,) = struct.unpack_from(">H", data, place + 1)
        begins, ends = place + 3, place + 1 + length
        if length < _SHORTEST_LENGTH or ends > len(data):
            raise ScanUnreadable
        place = _end_of_data(data, ends) if marker == _SOS else ends
        yield marker, data[begins:ends], data[ends:place]


def _end_of_data(data: bytes, begins: int) -> int:
    found = _DATA_END.search(data, begins)
    if found is None:
        raise ScanUnreadable
    return found.start()


def _frame(content: bytes) -> tuple[int, int, int]:
    """Give width, height and number of colours."""
    bits, height, width, components = _FRAME.unpack_from(content)
    if bits != _BITS or components not in _COLOURS:
        raise PictureUnusual
    pictures.require_size(width, height)
    return width, height, components


def _reading(components: int, *, by_adobe: bool) -> str:
    words = f"/ColorSpace /{_COLOURS[components]} /BitsPerComponent {_BITS} /Filter /DCTDecode"
    # Adobe writes how little ink there is.
    if components == _INKS and by_adobe:
        words += " /Decode [1 0 1 0 1 0 1 0]"
    return words


def _orientation(tiff: bytes) -> int:
    """Say how a photograph has to be turned: 1 where it does not, or does not say."""
    order = _BYTE_ORDERS.get(tiff[:2])
    if order is None:
        return 1
    try:
        (place,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, place)
        for entry in range(count):
            at = place + 2 + 12 * entry
            tag, kind, values, value = struct.unpack_from(f"{order}HHIH", tiff, at)
            if (tag, kind, values) == (_ORIENTATION, _SHORT, 1) and value in _ORIENTATIONS:
                return int(value)
    except struct.error:
        # Only what is dropped anyway is damaged.
        return 1
    return 1
