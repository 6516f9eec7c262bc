"""Setting the page of a form: tagged, archivable, the same bytes for the same content."""

import dataclasses
import functools
import json
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


def set_form(content: FormContent) -> bytes:
    """Set a form; what comes out depends on the content and on nothing else."""
    data = {
        **words.of(content),
        "geometry": dataclasses.asdict(GEOMETRY),
        "language": content.language.value,
        "maker": _MAKER,
        "document_title": words.title(content),
        "reference": str(content.reference),
        "keywords": [describe(content)],
    }
    return _press().print(json.dumps(data), made_at=int(content.made_at.timestamp()))


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

    def print(self, data: str, *, made_at: int) -> bytes:
        with self._one_at_a_time:
            pdf = self._compiler.compile(
                format="pdf",
                sys_inputs={"content": data},
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
