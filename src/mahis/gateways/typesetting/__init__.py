"""Setting pages: a compiler, a typeface and what of a text they can show; for every document."""

from mahis.gateways.typesetting.glyphs import cleaned, shortened, shown
from mahis.gateways.typesetting.press import MAKER, Press, pages

__all__ = ["MAKER", "Press", "cleaned", "pages", "shortened", "shown"]
