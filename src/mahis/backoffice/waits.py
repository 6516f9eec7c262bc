"""How long something has waited, in words as short as a queue needs them."""

import datetime

from django.utils.translation import ngettext

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def since(begun: datetime.datetime, *, at: datetime.datetime) -> str:
    """Write how long ago something was: `12 minutes`, `5 hours`, `3 days`."""
    seconds = max(0, int((at - begun).total_seconds()))
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if seconds < _DAY:
        hours = seconds // _HOUR
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = seconds // _DAY
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
