"""When the clock warns of a day that comes near, and when it does so no more (L6, R3, T1)."""

import calendar
import dataclasses
import datetime
from collections.abc import Collection, Iterator

from mahis.domain.mandate import EXPIRING_STATES, RUNNING_STATES, Mandate
from mahis.domain.quarters import Quarter

_MONTHS_IN_YEAR = 12
_ONE_DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reminders:
    """So many days before something happens by itself, people are warned of it."""

    #: Before an unfinished authorisation expires; its last day to sign counts.
    to_sign: tuple[int, ...] = (30, 7)
    #: Before the last day of an end quarter.
    of_the_end: tuple[int, ...] = (30,)
    #: Before the last day for the first mandate of a provider.
    of_the_lapse: tuple[int, ...] = (30,)
    #: How long a provider has for its first mandate (R3).
    months_to_first_mandate: int = 6


@dataclasses.dataclass(frozen=True, kw_only=True)
class Due:
    """A warning that is due."""

    #: The last day before that of which it warns.
    warns_of: datetime.date
    #: It was due so many days before.
    days_before: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Window:
    """Days that a warning is due of; both are included."""

    #: The warning was due so many days before each of them.
    days_before: int
    first: datetime.date
    last: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last

    @property
    def ending(self) -> Iterator[Quarter]:
        """Give the quarters whose last day is one of these days."""
        quarter = Quarter.containing(self.first)
        while quarter.last_day <= self.last:
            yield quarter
            quarter += 1


def windows(*, days: Collection[int], on: datetime.date) -> tuple[Window, ...]:
    """Give the days that a warning is due of, for a clock that looks on a day.

    A day lies in one of them at most: where several warnings of it are due, because the clock
    stood still, the latest stands for those that it overtook.
    """
    found, first = [], on
    for days_before in sorted(set(days)):
        last = on + days_before * _ONE_DAY
        found.append(Window(days_before=days_before, first=first, last=last))
        first = last + _ONE_DAY
    return tuple(found)


def due(
    *,
    warns_of: datetime.date,
    days: Collection[int],
    told_on: datetime.date,
    on: datetime.date,
) -> Due | None:
    """Say which warning of a day is due; None: none is.

    Nobody is warned of a day that is over, nor by a warning that was due before they were last
    told about the same thing (`told_on`).
    """
    for window in windows(days=days, on=on):
        if warns_of in window:
            since = warns_of - window.days_before * _ONE_DAY
            found = Due(warns_of=warns_of, days_before=window.days_before)
            return found if since > told_on else None
    return None


def to_sign(
    mandate: Mandate, *, days: Collection[int], told_on: datetime.date, on: datetime.date
) -> Due | None:
    """Say which reminder to sign is due, if any; `mandate.awaited` must sign.

    None where signing would help no more, because the end quarter is over.
    """
    if mandate.state_on(on) not in EXPIRING_STATES or mandate.is_over(on):
        return None
    if mandate.expires_on is None:
        return None
    return due(warns_of=mandate.expires_on, days=days, told_on=told_on, on=on)


def of_the_end(
    mandate: Mandate, *, days: Collection[int], told_on: datetime.date, on: datetime.date
) -> Due | None:
    """Say which warning is due that a mandate will end, if any; both are warned.

    It is in force, or waits until the mandator is an employer.
    """
    last_day = mandate.period.last_day
    if mandate.state_on(on) not in RUNNING_STATES or last_day is None:
        return None
    return due(warns_of=last_day, days=days, told_on=told_on, on=on)


def last_day_for_first_mandate(accepted_on: datetime.date, *, months: int) -> datetime.date:
    """Give the last day on which the first mandate of a provider keeps its quality (R3).

    It bears the number of the day of acceptance; a month without it ends the time on its last day.
    """
    years, month = divmod(accepted_on.month - 1 + months, _MONTHS_IN_YEAR)
    year, month = accepted_on.year + years, month + 1
    day = min(accepted_on.day, calendar.monthrange(year, month)[1])
    return datetime.date(year, month, day)


def of_the_lapse(
    *, accepted_on: datetime.date, months: int, days: Collection[int], on: datetime.date
) -> Due | None:
    """Say which warning is due that a quality as provider, without a mandate, will lapse."""
    last_day = last_day_for_first_mandate(accepted_on, months=months)
    return due(warns_of=last_day, days=days, told_on=accepted_on, on=on)
