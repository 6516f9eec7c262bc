"""Days as people type them: `31/12/2026`, and as programs write them: `2026-12-31`."""

import datetime
import re

from mahis.domain.refusals import Refused

LONGEST = 20
_TYPED = re.compile(
    r"(?P<day>[0-9]{1,2})\s*[/.\- ]\s*(?P<month>[0-9]{1,2})\s*[/.\- ]\s*(?P<year>[0-9]{4})"
)
_WRITTEN = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_EARLIEST = 1800


class DayUnreadable(Refused):
    """The text is no day that exists."""

    code = "dayUnreadable"


def read(text: str) -> datetime.date:
    """Read a day; raises DayUnreadable."""
    bare = text.strip()
    found = _TYPED.fullmatch(bare) or _WRITTEN.fullmatch(bare)
    if found is None:
        raise DayUnreadable
    try:
        day = datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise DayUnreadable from error
    if day.year < _EARLIEST:
        raise DayUnreadable
    return day


def write(day: datetime.date | None) -> str:
    """Write a day as `read` reads it: `31/12/2026`; nothing for no day."""
    return "" if day is None else f"{day:%d/%m/%Y}"
