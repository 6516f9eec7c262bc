"""Where the recipient of a notice goes on: as the screens say it, too."""

from mahis.web.house_notices import address as of

__all__ = ["of"]
