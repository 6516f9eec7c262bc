"""Setting a letter: tagged, archivable, the same bytes for the same content."""

import dataclasses
import datetime
import functools
from pathlib import Path

from mahis.gateways.letters import geometry, words
from mahis.gateways.letters.content import Letter
from mahis.gateways.typesetting import MAKER, Press, cleaned, pages

_TEMPLATE = Path(__file__).parent / "letter.typ"
#: How much smaller the text is set where that saves a page, as most letters are a page long.
_SMALLER = 0.92


@dataclasses.dataclass(frozen=True, kw_only=True)
class SetLetter:
    """A letter as it is printed."""

    pdf: bytes
    #: Number of its pages.
    pages: int


def set_letter(letter: Letter) -> SetLetter:
    """Set a letter; what comes out depends on the content and on nothing else.

    It has as few pages as it can, in smaller letters if need be.
    """
    data = {
        **words.of(letter),
        "geometry": {
            "address": dataclasses.asdict(geometry.ADDRESS),
            "clear": dataclasses.asdict(geometry.CLEAR),
            "folds": geometry.FOLDS,
        },
        "language": letter.language.value,
        "maker": MAKER,
        "reference": cleaned(letter.reference),
    }
    midnight = datetime.datetime.combine(letter.day, datetime.time(), tzinfo=datetime.UTC)
    made_at = int(midnight.timestamp())
    usual = _press().print(data | {"scale": 1}, made_at=made_at)
    if pages(usual) > 1:
        smaller = _press().print(data | {"scale": _SMALLER}, made_at=made_at)
        if pages(smaller) < pages(usual):
            return SetLetter(pdf=smaller, pages=pages(smaller))
    return SetLetter(pdf=usual, pages=pages(usual))


@functools.cache
def _press() -> Press:
    return Press(_TEMPLATE)
