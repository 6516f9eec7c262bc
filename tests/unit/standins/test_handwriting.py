"""Invented scans show a signature where each party signs, and still the form around them."""

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pypdfium2 import raw

from mahis.domain.parties import Side
from mahis.gateways import pdf_forms
from mahis.gateways.pdf_forms.geometry import field_box
from mahis.standins.register.handwriting import signed_by_hand
from tests.factories import forms

FORM = pdf_forms.set_form(forms.ordinary())


def drawn(pdf):
    """Give the text of the last page, and the bounds of every line that is drawn on it."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[len(document) - 1]
    lines = [each.get_bounds() for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    textpage.close()
    document.close()
    return text, lines


@pytest.mark.parametrize("name", ["Ann", "Jean-Claude van den Bossche-Vandenbrande"])
@pytest.mark.parametrize("side", Side)
def test_a_signature_is_drawn_inside_its_box_and_nothing_else_changes(name, side):
    box = field_box(side)
    text, before = drawn(FORM)
    signed_text, after = drawn(signed_by_hand(FORM, signatures=[(name, box)]))
    assert signed_text == text
    assert after[: len(before)] == before
    ((left, bottom, right, top),) = after[len(before) :]
    assert (box[0] <= left, box[1] <= bottom, right <= box[2], top <= box[3]) == (True,) * 4
    assert right - left > (box[2] - box[0]) / 2


def test_a_name_is_written_the_same_each_time_and_unlike_another():
    box = field_box(Side.MANDATOR)
    lines = [
        drawn(signed_by_hand(FORM, signatures=[(name, box)]))[1][-1]
        for name in ("Anna Peeters", "Anna Peeters", "Bram Peeters")
    ]
    assert lines[0] == lines[1] != lines[2]
