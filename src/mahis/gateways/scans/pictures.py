"""One picture as a page of a PDF can hold it: its pixels as they came, and how to read them."""

import dataclasses

from mahis.gateways.scans.refusals import PageOutOfShape, PictureTooLarge, ScanUnreadable

#: An A4 page at 600 dots an inch has 35 million, the photographs of a good telephone 50.
MOST_PIXELS = 60_000_000
#: How many times longer than wide a page may be, or wider than long.
MOST_STRETCHED = 4
_MILLION = 1_000_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Picture:
    """Pixels packed as PNG or JPEG packs them, which PDF does too: nothing is packed anew."""

    width: int
    height: int
    #: The words of PDF for everything that says how the pixels are to be read.
    reading: str
    data: bytes
    #: How a photograph has to be turned, from 1 (not at all) to 8, in the words of Exif.
    orientation: int = 1
    #: How opaque each pixel is; None where all are.
    mask: "Picture | None" = None

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height once it is turned."""
        lies = self.orientation > 4  # noqa: PLR2004 - the quarter turns
        return (self.height, self.width) if lies else (self.width, self.height)


def require_size(width: int, height: int) -> None:
    """Require what can be looked at; raises ScanUnreadable, PictureTooLarge or PageOutOfShape."""
    if width < 1 or height < 1:
        raise ScanUnreadable
    if width * height > MOST_PIXELS:
        raise PictureTooLarge(most=MOST_PIXELS // _MILLION)
    require_shape(width, height)


def require_shape(width: float, height: float) -> None:
    """Require the shape of paper; raises PageOutOfShape."""
    if max(width, height) > MOST_STRETCHED * min(width, height):
        raise PageOutOfShape
