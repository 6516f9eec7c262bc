"""Scans that companies send: made one PDF, checked, and shown to officers as pictures.

Foreign files are read in a process apart only. A PDF is kept byte for byte, since it is evidence;
pictures are bound into one PDF without packing a pixel anew.
"""

from collections.abc import Sequence

from mahis.gateways.contained import Ending, Pool, Result
from mahis.gateways.scans import beginnings, refusals
from mahis.gateways.scans.refusals import (
    NothingScanned,
    ScanTooCostly,
    ScanUnreadable,
    TooManyPages,
)

#: Pages of a scan: an authorisation has two or three.
MOST_PAGES = 20
#: Pages of a document that is attached.
MOST_PAGES_ATTACHED = 200
#: Pixels across with which a page is drawn to learn whether it can be.
_TRIAL_WIDTH = 120
_JOB = "mahis.gateways.scans.reading"


class Scans:
    """Reads scans in workers of its own; share one between the threads of a process."""

    def __init__(self, *, workers: int = 1) -> None:
        """Set up; the workers start with the first scan."""
        self._pool = Pool(job=_JOB, workers=workers)

    def as_pdf(self, *, pages: Sequence[tuple[bytes, str]]) -> bytes:
        """Give a scan as one PDF: the one that came, or its pictures in their order.

        Each file comes with the media type that its sender claims, which is not believed. Raises
        a FileRefused that says what is wrong, or Busy.
        """
        if not pages:
            raise NothingScanned
        if len(pages) > MOST_PAGES:
            raise TooManyPages(most=MOST_PAGES)
        files = [data for data, _claimed in pages]
        if len(files) == 1 and files[0].startswith(beginnings.PDF):
            pdf = files[0]
        else:
            sizes = [len(each) for each in files]
            pdf = self._run(b"".join(files), work="bind", sizes=sizes).body
        self._try_pages(pdf)
        return pdf

    def check_pdf(self, *, data: bytes) -> int:
        """Require a PDF that can be read and does nothing by itself; gives its number of pages."""
        return self._count(data, most=MOST_PAGES_ATTACHED)

    def page_count(self, *, pdf: bytes) -> int:
        """Give the number of pages of a scan."""
        return self._count(pdf, most=MOST_PAGES)

    def page_picture(self, *, pdf: bytes, page: int, width: int) -> bytes:
        """Draw a page, from 1, so many pixels wide, as a PNG; raises PageUnknown."""
        return self._run(pdf, work="draw", page=page, width=width).body

    def close(self) -> None:
        """End the workers."""
        self._pool.close()

    def _try_pages(self, pdf: bytes) -> None:
        """Require that an officer will be able to see every page."""
        for number in range(1, self._count(pdf, most=MOST_PAGES) + 1):
            self.page_picture(pdf=pdf, page=number, width=_TRIAL_WIDTH)

    def _count(self, pdf: bytes, *, most: int) -> int:
        return int(self._run(pdf, work="count", most=most).header["pages"])

    def _run(self, body: bytes, **header: object) -> Result:
        result = self._pool.run(header, body)
        if result.ending is Ending.TOO_COSTLY:
            raise ScanTooCostly
        if result.ending is Ending.BROKEN:
            raise ScanUnreadable
        refused = result.header.get("refused")
        if refused is not None:
            raise refusals.CROSSING[refused](**result.header["found"])
        return result
