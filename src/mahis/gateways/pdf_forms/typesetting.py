"""Setting the page of a form: tagged, archivable, the same bytes for the same content."""

import dataclasses
import functools
from pathlib import Path

from mahis.gateways.pdf_forms import words
from mahis.gateways.pdf_forms.content import FormContent, describe
from mahis.gateways.pdf_forms.geometry import GEOMETRY, box_height
from mahis.gateways.typesetting import MAKER, Press, pages

_TEMPLATE = Path(__file__).parent / "authorisation.typ"
#: How much smaller the text is set where it would not fit on one page otherwise.
_SMALLER = 0.85


def set_form(content: FormContent) -> bytes:
    """Set a form; what comes out depends on the content and on nothing else.

    A form has one page, in smaller letters if need be, and more only where these do not help.
    """
    data = {
        **words.of(content),
        "geometry": {
            **dataclasses.asdict(GEOMETRY),
            "box": box_height(content.signatories),
        },
        "language": content.language.value,
        "maker": MAKER,
        "document_title": words.title(content),
        "reference": str(content.reference),
        "keywords": [describe(content)],
    }
    made_at = int(content.made_at.timestamp())
    usual = _press().print(data | {"scale": 1}, made_at=made_at)
    if pages(usual) == 1:
        return usual
    smaller = _press().print(data | {"scale": _SMALLER}, made_at=made_at)
    return smaller if pages(smaller) == 1 else usual


@functools.cache
def _press() -> Press:
    return Press(_TEMPLATE)
