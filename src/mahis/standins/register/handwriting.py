"""Signatures by hand on invented scans: a few strokes of ink, the same each time for a name."""

import io
import random
from collections.abc import Iterable

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

#: Left, bottom, right and top in points, from the lower left corner of the page.
Box = tuple[float, float, float, float]

_INK = (24, 42, 120, 255)
_STROKE = 1.4


def signed_by_hand(form: bytes, *, signatures: Iterable[tuple[str, Box]]) -> bytes:
    """Give a form as if people had signed it, each in a box on its last page, and scanned it."""
    document = pypdfium2.PdfDocument(form)
    try:
        page = document[len(document) - 1]
        for name, box in signatures:
            raw.FPDFPage_InsertObject(page.raw, _strokes(name, box))
        page.gen_content()
        scan = io.BytesIO()
        document.save(scan)
        return scan.getvalue()
    finally:
        document.close()


def _strokes(name: str, box: Box) -> object:
    """Draw a line that rises and falls about as often as the name has letters."""
    # Nobody is taken in by this randomness; a name has to look the same each time.
    dice = random.Random(name)  # noqa: S311
    left, bottom, right, top = box
    middle, height = (bottom + top) / 2, (top - bottom) / 2
    letters = max(5, min(len(name), 16))
    step = (right - left) * 0.8 / letters
    across = left + (right - left) * 0.08
    path = raw.FPDFPageObj_CreateNewPath(across, middle)
    for letter in range(letters):
        swing = height * dice.uniform(0.2, 0.9 if letter in {0, letters // 2} else 0.5)
        back = step * dice.uniform(0.2, 0.9)
        raw.FPDFPath_BezierTo(
            path,
            across + back,
            middle + swing,
            across - back + step,
            middle - swing,
            across + step,
            middle + height * dice.uniform(-0.12, 0.12),
        )
        across += step
    raw.FPDFPath_SetDrawMode(path, raw.FPDF_FILLMODE_NONE, 1)
    raw.FPDFPageObj_SetStrokeColor(path, *_INK)
    raw.FPDFPageObj_SetStrokeWidth(path, _STROKE)
    return path
