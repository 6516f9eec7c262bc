"""Looking at a PDF of somebody else's: whether it can be read, and its pages as pictures."""

import contextlib
import io
import struct
import zlib
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from mahis.domain.form_refusals import FileNotAPdf
from mahis.gateways.scans import activity, beginnings, pictures, png
from mahis.gateways.scans.refusals import (
    FileActive,
    PageUnknown,
    ScanProtected,
    ScanUnreadable,
    TooManyPages,
)

_ENDS = b"%%EOF"
#: How far before its end a whole file says that it ends.
_END_WITHIN = 1024
_NOT_ENCRYPTED = -1
_QUICK = 3
_LOCKED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


def page_count(data: bytes, *, most: int) -> int:
    """Require a PDF that can be read and does nothing by itself; gives its number of pages.

    Raises FileNotAPdf, ScanUnreadable, ScanProtected, TooManyPages, PageOutOfShape, FileActive.
    """
    if not data.startswith(beginnings.PDF):
        raise FileNotAPdf
    if _ENDS not in data[-_END_WITHIN:]:
        raise ScanUnreadable
    with _opened(data) as document:
        count = len(document)
        if count > most:
            raise TooManyPages(most=most)
        for number in range(count):
            pictures.require_shape(*_size(document, number))
        _require_inactive(document, data)
    return count


def picture(data: bytes, *, page: int, width: int) -> bytes:
    """Draw a page, from 1, so many pixels wide, as a PNG; raises PageUnknown and the above."""
    with _opened(data) as document:
        if not 1 <= page <= len(document):
            raise PageUnknown
        across, down = _size(document, page - 1)
        pictures.require_shape(across, down)
        with contextlib.closing(document[page - 1]) as drawn:
            bitmap = drawn.render(scale=width / across, rev_byteorder=True)
            with contextlib.closing(bitmap):
                return _png(bitmap)


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    # Opened by hand: the library asks for the reason of a failure also where a file opened but has
    # no page, and then PDFium gives the reason why an earlier file failed.
    raw = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not raw:
        reason = pdfium.FPDF_GetLastError()
        raise ScanProtected if reason in _LOCKED else ScanUnreadable
    with contextlib.closing(pypdfium2.PdfDocument(raw)) as document:
        # A file that opens with an empty password is encrypted all the same.
        if pdfium.FPDF_GetSecurityHandlerRevision(document) != _NOT_ENCRYPTED:
            raise ScanProtected
        if not len(document):
            raise ScanUnreadable
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise ScanUnreadable from error


def _size(document: pypdfium2.PdfDocument, number: int) -> tuple[float, float]:
    width, height = document.get_page_size(number)
    if not (width > 1 and height > 1):
        raise ScanUnreadable
    return width, height


def _require_inactive(document: pypdfium2.PdfDocument, data: bytes) -> None:
    if document.count_attachments():
        raise FileActive
    # Written anew, every object stands open and every name is spelt in one way.
    plain = io.BytesIO()
    document.save(plain, flags=pdfium.FPDF_NO_INCREMENTAL)
    if activity.is_active(plain.getvalue()) or activity.seems_active(data):
        raise FileActive


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Write a drawn page as a PNG."""
    row, pixels = bitmap.width * bitmap.n_channels, memoryview(bitmap.buffer).cast("B")
    packer = zlib.compressobj(_QUICK)
    packed = []
    for number in range(bitmap.height):
        begins = number * bitmap.stride
        packed.append(packer.compress(b"\0" + pixels[begins : begins + row].tobytes()))
    packed.append(packer.flush())
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 2, 0, 0, 0)
    return png.written(header, b"".join(packed))
