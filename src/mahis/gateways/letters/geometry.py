"""Where things stand on the first page, so that the window shows the address and nothing else.

The sheet is A4, folded in three, its first fold at 105 mm, and lies in an envelope with a window on
the right: C5/6 (229 by 114 mm) or DL (220 by 110 mm). By the rules of the Belgian post for such
envelopes the window keeps 40 mm from the top, 15 mm from the right and 30 mm from the bottom of the
envelope. Ours is 110 mm wide and 40 mm high.

A folded sheet is smaller than its envelope and slides in it: in C5/6 by 19 mm to the side and 9 mm
up and down, in DL by 10 and 5 mm. What the window shows wherever the sheet lies is the zone of the
address; what it can show at all must hold nothing but the address.
"""

import dataclasses


@dataclasses.dataclass(frozen=True, kw_only=True)
class Area:
    """A part of a page, in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Envelope:
    """An envelope and its window, in millimetres from the envelope's upper left corner."""

    width: float
    height: float
    window: Area


C5_6 = Envelope(width=229, height=114, window=Area(left=104, top=44, right=214, bottom=84))
DL = Envelope(width=220, height=110, window=Area(left=95, top=40, right=205, bottom=80))
ENVELOPES = (C5_6, DL)

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
#: Folds of the sheet, from its top: two parts of 105 mm and a shorter one, which goes inside.
FOLDS = (105, 210)


def always_shown(envelope: Envelope) -> Area:
    """Give the part of the first page that the window shows wherever the sheet lies."""
    aside, down = _play(envelope)
    window = envelope.window
    return Area(
        left=window.left, top=window.top, right=window.right - aside, bottom=window.bottom - down
    )


def ever_shown(envelope: Envelope) -> Area:
    """Give the part of the first page that the window can show at all."""
    aside, down = _play(envelope)
    window = envelope.window
    return Area(
        left=window.left - aside,
        top=window.top - down,
        right=min(window.right, PAGE_WIDTH),
        bottom=min(window.bottom, FOLDS[0]),
    )


def _play(envelope: Envelope) -> tuple[float, float]:
    """Give how far a folded sheet slides, to the side and down."""
    return envelope.width - PAGE_WIDTH, envelope.height - FOLDS[0]


#: Where the address stands: what every envelope always shows.
ADDRESS = Area(
    left=max(always_shown(each).left for each in ENVELOPES),
    top=max(always_shown(each).top for each in ENVELOPES),
    right=min(always_shown(each).right for each in ENVELOPES),
    bottom=min(always_shown(each).bottom for each in ENVELOPES),
)
#: Where nothing else may stand: what some envelope can show.
CLEAR = Area(
    left=min(ever_shown(each).left for each in ENVELOPES),
    top=min(ever_shown(each).top for each in ENVELOPES),
    right=max(ever_shown(each).right for each in ENVELOPES),
    bottom=max(ever_shown(each).bottom for each in ENVELOPES),
)
