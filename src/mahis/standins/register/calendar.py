"""The days that an invented register turns on, counted back from the quarter it is made in."""

import dataclasses
import datetime
import random

from mahis.domain.quarters import Quarter

_YEAR = 365


@dataclasses.dataclass(frozen=True, kw_only=True)
class Calendar:
    """All days follow from the first day of a quarter, so that files change once a quarter."""

    #: First day of the current quarter.
    today: datetime.date

    @classmethod
    def of(cls, on: datetime.date) -> "Calendar":
        """Give the calendar of the quarter that a day lies in."""
        return cls(today=Quarter.containing(on).first_day)

    @property
    def full(self) -> datetime.date:
        """Day that the full extract shows: three years back."""
        return self.today - datetime.timedelta(days=3 * _YEAR)

    @property
    def updates(self) -> tuple[datetime.date, datetime.date]:
        """Days that the two updates show: one year and three weeks back."""
        return (
            self.today - datetime.timedelta(days=_YEAR),
            self.today - datetime.timedelta(days=21),
        )

    def long_ago(self, dice: random.Random) -> datetime.date:
        """Choose a day four to forty years back."""
        return self._back(dice, 4 * _YEAR, 40 * _YEAR)

    def between_extracts(self, dice: random.Random) -> datetime.date:
        """Choose a day between the full extract and the last update."""
        return self._back(dice, 22, 3 * _YEAR - 1)

    def since(self, begin: datetime.date, dice: random.Random) -> datetime.date:
        """Choose a day within the two years after a beginning, and not after today."""
        after = begin + datetime.timedelta(days=dice.randint(0, 2 * _YEAR))
        return min(after, self.today - datetime.timedelta(days=10))

    def recently(self, dice: random.Random) -> datetime.date:
        """Choose a day within the last two years."""
        return self._back(dice, 30, 2 * _YEAR)

    def _back(self, dice: random.Random, least: int, most: int) -> datetime.date:
        return self.today - datetime.timedelta(days=dice.randint(least, most))
