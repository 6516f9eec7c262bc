"""Where things stand on the page: measures that the template and the fields share."""

import dataclasses

from mahis.domain.parties import Side

_POINTS_PER_MILLIMETRE = 72 / 25.4

#: Left, bottom, right and top in points, from the page's lower left corner.
Box = tuple[float, float, float, float]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Geometry:
    """Measures in millimetres."""

    page_width: float = 210
    page_height: float = 297
    #: Margins of the text.
    side: float = 20
    top: float = 18
    bottom: float = 24
    #: Between two columns.
    gap: float = 6
    #: Height of the box of each party, at the foot of the last page, for one signatory.
    box: float = 62
    #: From the edge of such a box to what is in it.
    inset: float = 4
    #: Height of the signature field, and of the line below it for signing by hand.
    field: float = 24
    hand: float = 10


GEOMETRY = Geometry()


def box_height(signatories: int) -> float:
    """Give the height of the box of each party with room for so many, in millimetres."""
    return GEOMETRY.box + (signatories - 1) * (GEOMETRY.field + GEOMETRY.hand)


def field_box(side: Side, *, place: int = 1, signatories: int = 1) -> Box:
    """Give where a party's signature field is on the last page, of so many one below the other."""
    page = GEOMETRY
    width = (page.page_width - 2 * page.side - page.gap) / 2
    left = page.side + page.inset
    if side is Side.MANDATARY:
        left += width + page.gap
    below = (signatories - place) * (page.field + page.hand)
    bottom = page.bottom + page.inset + page.hand + below
    return (
        _points(left),
        _points(bottom),
        _points(left + width - 2 * page.inset),
        _points(bottom + page.field),
    )


def _points(millimetres: float) -> float:
    return round(millimetres * _POINTS_PER_MILLIMETRE, 2)
