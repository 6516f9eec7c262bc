"""Quarters of a year, periods of quarters, and their notations and bounds."""

import dataclasses
import datetime
import re
from collections.abc import Iterable

from mahis.domain.refusals import Refused

# DmfA starts at 2003; earlier quarters can have no declaration behind them, later ones
# than 2199 are slips of the keyboard. Both bounds are far outside every legal rule.
FIRST_YEAR = 1945
LAST_YEAR = 2199

_MONTHS_IN_QUARTER = 3
_QUARTERS_IN_YEAR = 4

_NOTATIONS = (
    # What people type on screens, with some mercy for the separator: 1/2027, 1-2027, 1.2027
    re.compile(r"(?P<quarter>[0-9])\s*[/.\- ]\s*(?P<year>[0-9]{4})"),
    # The Belgif schema YearQuarter: 2027Q1
    re.compile(r"(?P<year>[0-9]{4})\s*[Qq]\s*(?P<quarter>[0-9])"),
    # The DmfA zone 00013, five digits: 20271
    re.compile(r"(?P<year>[0-9]{4})(?P<quarter>[0-9])"),
)


class QuarterUnreadable(Refused):
    """The text is in none of the three notations (1/2027, 2027Q1, 20271)."""

    code = "quarterUnreadable"


class QuarterDoesNotExist(Refused):
    """There is no such quarter, though the notation is known: 5/2027, or a year out of bounds."""

    code = "quarterDoesNotExist"


class PeriodEndsBeforeItStarts(Refused):
    """The end quarter lies before the start quarter."""

    code = "periodEndsBeforeItStarts"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One quarter of one year; quarters are ordered and count in steps of one.

    `index` is `year * 4 + quarter - 1`, the number stored in the database.
    """

    #: Position on the line of quarters.
    index: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise QuarterDoesNotExist

    @classmethod
    def of(cls, year: int, quarter: int) -> "Quarter":
        """Give the quarter 1 to 4 of a year; raises QuarterDoesNotExist."""
        if not 1 <= quarter <= _QUARTERS_IN_YEAR:
            raise QuarterDoesNotExist
        return cls(year * _QUARTERS_IN_YEAR + quarter - 1)

    @classmethod
    def containing(cls, day: datetime.date) -> "Quarter":
        """Give the quarter that a day lies in."""
        return cls.of(day.year, (day.month - 1) // _MONTHS_IN_QUARTER + 1)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read any of the three notations: `1/2027` (screen), `2027Q1` (Belgif), `20271` (DmfA).

        Raises QuarterUnreadable or QuarterDoesNotExist.
        """
        stripped = text.strip()
        for notation in _NOTATIONS:
            match = notation.fullmatch(stripped)
            if match and stripped.isascii():
                return cls.of(int(match["year"]), int(match["quarter"]))
        raise QuarterUnreadable

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.index // _QUARTERS_IN_YEAR

    @property
    def number(self) -> int:
        """The place in the year, 1 to 4."""
        return self.index % _QUARTERS_IN_YEAR + 1

    @property
    def screen(self) -> str:
        """The notation of screens and letters: `4/2026`."""
        return f"{self.number}/{self.year}"

    @property
    def code(self) -> str:
        """The notation of code, API and files (Belgif YearQuarter): `2026Q4`."""
        return f"{self.year:04d}Q{self.number}"

    @property
    def dmfa(self) -> str:
        """The notation of DmfA messages (zone 00013): `20264`."""
        return f"{self.year:04d}{self.number}"

    @property
    def first_day(self) -> datetime.date:
        """The first day of the quarter."""
        return _first_day(self.index)

    @property
    def last_day(self) -> datetime.date:
        """The last day of the quarter."""
        # By index and not by `self + 1`: the quarter after the last one does not exist.
        return _first_day(self.index + 1) - datetime.timedelta(days=1)

    def __add__(self, quarters: int) -> "Quarter":
        """Go forward by a number of quarters; raises QuarterDoesNotExist past the bounds."""
        return Quarter(self.index + quarters)

    def __sub__(self, quarters: int) -> "Quarter":
        """Go back by a number of quarters; raises QuarterDoesNotExist past the bounds."""
        return Quarter(self.index - quarters)

    def __str__(self) -> str:
        return self.code


def _first_day(index: int) -> datetime.date:
    year, place = divmod(index, _QUARTERS_IN_YEAR)
    return datetime.date(year, place * _MONTHS_IN_QUARTER + 1, 1)


@dataclasses.dataclass(frozen=True, slots=True)
class QuarterPeriod:
    """A run of quarters from `start` up to and including `end`; open where `end` is None."""

    #: The first quarter.
    start: Quarter
    #: The last quarter, included; None: no end is known.
    end: Quarter | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise PeriodEndsBeforeItStarts(start=self.start, end=self.end)

    @property
    def first_day(self) -> datetime.date:
        """The first day of the first quarter."""
        return self.start.first_day

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of the last quarter, None where the period is open."""
        return None if self.end is None else self.end.last_day

    def __contains__(self, quarter: Quarter) -> bool:
        return self.start <= quarter and (self.end is None or quarter <= self.end)

    def overlaps(self, other: "QuarterPeriod") -> bool:
        """Say whether the two periods share at least one quarter."""
        return (self.end is None or other.start <= self.end) and (
            other.end is None or self.start <= other.end
        )

    def ending(self, end: Quarter) -> "QuarterPeriod":
        """Give the same period with another end; raises PeriodEndsBeforeItStarts."""
        return QuarterPeriod(self.start, end)

    def without_end(self) -> "QuarterPeriod":
        """Give the same period, open again."""
        return QuarterPeriod(self.start)


def gaps(wanted: QuarterPeriod, held: Iterable[QuarterPeriod]) -> tuple[QuarterPeriod, ...]:
    """Give the runs of quarters of a period that none of some others holds, the earliest first.

    ValueError where the period has no end: nothing but another without end could hold it.
    """
    if wanted.end is None:
        message = "only a period with an end has gaps that can be named"
        raise ValueError(message)
    found = []
    next_one = wanted.start
    for each in sorted(held, key=lambda period: period.start):
        if each.start > wanted.end:
            break
        if each.start > next_one:
            found.append(QuarterPeriod(next_one, each.start - 1))
        if each.end is None or each.end >= wanted.end:
            return tuple(found)
        if each.end >= next_one:
            next_one = each.end + 1
    return (*found, QuarterPeriod(next_one, wanted.end))


def runs(periods: Iterable[QuarterPeriod]) -> tuple[QuarterPeriod, ...]:
    """Join periods that overlap or follow each other without a gap, the earliest first."""
    joined: list[QuarterPeriod] = []
    for each in sorted(periods, key=lambda period: period.start):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and each.start.index > last.end.index + 1):
            joined.append(each)
        elif last.end is not None and (each.end is None or each.end > last.end):
            joined[-1] = QuarterPeriod(last.start, each.end)
    return tuple(joined)
