"""The press: tagged, archivable pages from a template, the same bytes for the same content."""

import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path

import typst

from mahis.gateways.typesetting.glyphs import FONTS

#: Whose documents they are.
MAKER = "Mahis"

#: What each file claims to be: archivable and accessible.
_STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
#: Templates lie in the rooms beside this one, and may use what all of them share.
_ROOT = Path(__file__).parents[1]
_PAGE = re.compile(rb"/Type ?/Page\b")


class Press:
    """One compiler, with its template and typeface in memory; it sets one document at a time."""

    def __init__(self, template: Path) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
        self._compiler = typst.Compiler(
            template, root=_ROOT, font_paths=fonts, ignore_system_fonts=True
        )
        self._one_at_a_time = threading.Lock()

    def print(self, data: Mapping[str, object], *, made_at: int) -> bytes:
        """Set a document from what its template reads; `made_at` is in seconds since 1970."""
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


def pages(pdf: bytes) -> int:
    """Count the pages of a document that the press has set."""
    return len(_PAGE.findall(pdf))
