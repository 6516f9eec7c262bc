"""Setting the page of a form: tagged, archivable, the same bytes for the same content."""

import dataclasses
import functools
import json
import re
import threading
from pathlib import Path

import typst

from mahis.gateways.pdf_forms import words
from mahis.gateways.pdf_forms.content import FormContent, describe
from mahis.gateways.pdf_forms.geometry import GEOMETRY
from mahis.gateways.pdf_forms.glyphs import FONTS

_TEMPLATE = Path(__file__).parent / "authorisation.typ"
#: What the file claims to be: archivable and accessible.
_STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
_MAKER = "Mahis"
#: How much smaller the text is set where it would not fit on one page otherwise.
_SMALLER = 0.85
_PAGE = re.compile(rb"/Type ?/Page\b")


def set_form(content: FormContent) -> bytes:
    """Set a form; what comes out depends on the content and on nothing else.

    A form has one page, in smaller letters if need be, and more only where these do not help.
    """
    data = {
        **words.of(content),
        "geometry": dataclasses.asdict(GEOMETRY),
        "language": content.language.value,
        "maker": _MAKER,
        "document_title": words.title(content),
        "reference": str(content.reference),
        "keywords": [describe(content)],
    }
    made_at = int(content.made_at.timestamp())
    usual = _press().print(data | {"scale": 1}, made_at=made_at)
    if _pages(usual) == 1:
        return usual
    smaller = _press().print(data | {"scale": _SMALLER}, made_at=made_at)
    return smaller if _pages(smaller) == 1 else usual


def _pages(pdf: bytes) -> int:
    return len(_PAGE.findall(pdf))


class _Press:
    """One compiler, with its template and typeface in memory; it sets one page at a time."""

    def __init__(self) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
        self._compiler = typst.Compiler(
            _TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True
        )
        self._one_at_a_time = threading.Lock()

    def print(self, data: dict[str, object], *, made_at: int) -> bytes:
        with self._one_at_a_time:
            pdf = self._compiler.compile(
                format="pdf",
                sys_inputs={"content": json.dumps(data)},
                pdf_standards=_STANDARDS,
                timestamp=made_at,
            )
        if not isinstance(pdf, bytes):
            message = "the template gave no document"
            raise TypeError(message)
        return pdf


@functools.cache
def _press() -> _Press:
    return _Press()
