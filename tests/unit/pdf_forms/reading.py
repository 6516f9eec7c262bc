"""What can be read in a form, with libraries that had no part in making it."""

import dataclasses
import io
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader


@dataclasses.dataclass(frozen=True)
class Line:
    """A run of text and the box around it, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, box: tuple[float, float, float, float]) -> bool:
        """Say whether it shares more than a hair with a box."""
        left, bottom, right, top = box
        wide = min(self.right, right) - max(self.left, left)
        high = min(self.top, top) - max(self.bottom, bottom)
        return wide > 0.5 and high > 0.5

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The box alone."""
        return self.left, self.bottom, self.right, self.top


def pages(pdf: bytes) -> int:
    """Count the pages."""
    with _opened(pdf) as document:
        return len(document)


def text(pdf: bytes) -> str:
    """Give the text of all pages, on one line, without the marks where words may break."""
    with _opened(pdf) as document:
        found = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(found.replace("\u200b", "").split())


def lines(pdf: bytes, page: int = -1) -> list[Line]:
    """Give the runs of text of a page, the last one unless told."""
    with _opened(pdf) as document:
        textpage = document[page % len(document)].get_textpage()
        boxes = [textpage.get_rect(place) for place in range(textpage.count_rects())]
        return [Line(textpage.get_text_bounded(*box), *box) for box in boxes]


def opened(pdf: bytes) -> PdfFileReader:
    """Open a file for looking at its objects."""
    return PdfFileReader(io.BytesIO(pdf))


def fonts(pdf: bytes) -> Iterator[tuple[str, bool]]:
    """Give the fonts of all pages and whether each is embedded."""
    for page in opened(pdf).root["/Pages"]["/Kids"]:
        for font in page.get_object()["/Resources"]["/Font"].values():
            described = font.get_object()
            inner = described["/DescendantFonts"][0]["/FontDescriptor"]
            embedded = any(key in inner for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            yield str(described["/BaseFont"]), embedded


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf)
