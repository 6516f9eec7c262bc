"""The job of the process apart in which foreign scans are read; see `mahis.gateways.contained`."""

from collections.abc import Callable
from typing import Any

from mahis.domain.refusals import Refused
from mahis.gateways.scans import beginnings, binding, jpeg, looking, png
from mahis.gateways.scans.pictures import Picture
from mahis.gateways.scans.refusals import NotAScan, ScanOfSeveralKinds

_Header = dict[str, Any]
_Ask = Callable[[_Header, bytes], tuple[_Header, bytes]]


def work(header: _Header, body: bytes, _ask: _Ask) -> tuple[_Header, bytes]:
    """Do one piece of work; a refusal is answered as its code with what was found."""
    try:
        return _WORK[header["work"]](header, body)
    except Refused as refusal:
        return {"refused": refusal.code, "found": refusal.found}, b""


def _bind(header: _Header, body: bytes) -> tuple[_Header, bytes]:
    """Bind pictures that came one behind the other into one PDF."""
    pictures, place = [], 0
    for size in header["sizes"]:
        pictures.append(_picture(body[place : place + size]))
        place += size
    return {}, binding.bound(pictures)


def _picture(data: bytes) -> Picture:
    if data.startswith(beginnings.PNG):
        return png.read(data)
    if data.startswith(beginnings.JPEG):
        return jpeg.read(data)
    if data.startswith(beginnings.PDF):
        raise ScanOfSeveralKinds
    raise NotAScan


def _count(header: _Header, body: bytes) -> tuple[_Header, bytes]:
    return {"pages": looking.page_count(body, most=header["most"])}, b""


def _draw(header: _Header, body: bytes) -> tuple[_Header, bytes]:
    return {}, looking.picture(body, page=header["page"], width=header["width"])


_WORK: dict[str, Callable[[_Header, bytes], tuple[_Header, bytes]]] = {
    "bind": _bind,
    "count": _count,
    "draw": _draw,
}
