"""What becomes of a mandate when one of its parties ceases, or its mandator as an employer."""

import dataclasses
import datetime
from collections.abc import Mapping

from mahis.domain.parties import Party, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Conflict


class NothingToSettle(Conflict):
    """No party has ceased, or the mandate ends in time without anybody doing anything."""

    code = "nothingToSettle"


class NothingToTell(Conflict):
    """The mandator has not ceased to be an employer, or the parties were told of it already."""

    code = "nothingToTell"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ceased:
    """The party of a mandate that has ceased; the first to do so, where both have."""

    side: Side
    #: The last day on which it was active.
    last_day: datetime.date

    @property
    def last_quarter(self) -> Quarter:
        """The last quarter that shares a day with its activity."""
        return Quarter.containing(self.last_day)


def ceased(parties: Mapping[Side, Party], *, on: datetime.date) -> Ceased | None:
    """Say which party has ceased by a day; None where none has."""
    ends = {side: party.activity.ends for side, party in parties.items()}
    found = [
        Ceased(side=side, last_day=end)
        for side, end in ends.items()
        if end is not None and end < on
    ]
    return min(found, key=lambda each: each.last_day, default=None)


def never_begins(period: QuarterPeriod, gone: Ceased) -> bool:
    """Say whether a mandate was to begin after the last quarter of the party that has ceased."""
    return period.start > gone.last_quarter


def outlasts(period: QuarterPeriod, gone: Ceased) -> bool:
    """Say whether a mandate would go on after the last quarter of the party that has ceased."""
    return period.end is None or period.end > gone.last_quarter


def period_left(period: QuarterPeriod, gone: Ceased) -> QuarterPeriod:
    """Give what remains of a period; that of a mandate which never begins stays as it was."""
    if never_begins(period, gone) or not outlasts(period, gone):
        return period
    return period.ending(gone.last_quarter)
