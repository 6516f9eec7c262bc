"""What the clock should do on a day, worked out anew with plain dates, to compare it with."""

import dataclasses
import datetime
from collections.abc import Iterator

ONE_DAY = datetime.timedelta(days=1)
UNFINISHED = {"toBeFinalised", "pending"}
#: Signed by both, as recorded until the end quarter is over.
RUNNING = {"active", "identification"}
SIDES = ("mandator", "mandatary")
#: The defaults of the settings.
TO_SIGN, OF_ENDS, OF_LAPSE = (30, 7), (30,), (30,)

#: Authorisation or provider, side, what is told, the day warned of, how many days before.
Warned = tuple[int, str, str, datetime.date, int]


def last_day_of(quarter: str) -> datetime.date:
    """Give the last day of a quarter such as `3/2027`."""
    number, year = map(int, quarter.split("/"))
    first = datetime.date(year + (number == 4), number * 3 % 12 + 1, 1)
    return first - ONE_DAY


def latest(days: tuple[int, ...], *, of: datetime.date, told, on) -> int | None:
    """Give the warning of a day that should be out by now, unless people were told since."""
    reached = [before for before in days if of - before * ONE_DAY <= on]
    if on > of or not reached or of - min(reached) * ONE_DAY <= told:
        return None
    return min(reached)


@dataclasses.dataclass(kw_only=True)
class Place:
    """One mandate."""

    state: str
    employers_only: bool
    #: The last day of its end quarter.
    ends: datetime.date | None
    told: datetime.date

    def is_over(self, on: datetime.date) -> bool:
        return self.ends is not None and self.ends < on


@dataclasses.dataclass(kw_only=True)
class Paper:
    """One authorisation."""

    number: int
    expires: datetime.date
    signed: set[str]
    places: dict[int, Place]
    employer_from: datetime.date | None

    def true_state(self, place: Place, on: datetime.date) -> str:
        if place.state in UNFINISHED and on > self.expires:
            return "expired"
        return "closed" if place.state in RUNNING and place.is_over(on) else place.state

    def states_on(self, on: datetime.date) -> dict[int, str]:
        return {number: self.true_state(place, on) for number, place in self.places.items()}

    def signed_by(self, side: str, on: datetime.date) -> None:
        self.signed.add(side)
        employs = self.employer_from is not None and self.employer_from <= on
        for place in self.places.values():
            waits = place.employers_only and not employs
            both = "identification" if waits else "active"
            place.state = both if self.signed == set(SIDES) else "pending"
            place.told = on

    def becomes(self, state: str, on: datetime.date) -> None:
        for place in self.places.values():
            place.state, place.told = state, on

    def look(self, on: datetime.date) -> Iterator[Warned]:
        """Do what the clock does on a day; gives the warnings that should be out by then."""
        employs = self.employer_from is not None and self.employer_from <= on
        for place in self.places.values():
            if place.state == "identification" and employs and not place.is_over(on):
                place.state, place.told = "active", on
            if self.true_state(place, on) != place.state:
                place.state, place.told = self.true_state(place, on), on
        for place in self.places.values():
            for side, telling, warns_of, days in self._warnings(place, on):
                before = latest(days, of=warns_of, told=place.told, on=on)
                if before is not None:
                    yield self.number, side, telling, warns_of, before

    def _warnings(
        self, place: Place, on: datetime.date
    ) -> Iterator[tuple[str, str, datetime.date, tuple[int, ...]]]:
        if place.state in UNFINISHED and not place.is_over(on):
            for side in set(SIDES) - self.signed:
                yield side, "signReminder", self.expires, TO_SIGN
        if place.state in RUNNING and place.ends:
            for side in SIDES:
                yield side, "endsSoon", place.ends, OF_ENDS


@dataclasses.dataclass(kw_only=True)
class Starter:
    """A provider whose time for a first mandate runs."""

    accepted: datetime.date
    last_day: datetime.date
    #: From when it has one.
    mandate_from: datetime.date | None = None
    warned: bool = False
    lapsed: bool = False

    def look(self, on: datetime.date) -> bool:
        """Do what the clock does on a day; says whether it is warned now."""
        has_one = self.mandate_from is not None and self.mandate_from < on
        if has_one or self.lapsed:
            return False
        self.lapsed = self.warned and on > self.last_day
        before = latest(OF_LAPSE, of=self.last_day, told=self.accepted, on=on)
        warns = before is not None and not self.warned and not self.lapsed
        self.warned = self.warned or warns
        return warns


def run_days(dice, *, first: datetime.date, days: int) -> set[datetime.date]:
    """Give the days on which the clock looks: most of them, but it stands still at times."""
    found, after = set(), 0
    stands_still = dice.randrange(60, days - 60)
    while after < days:
        found.add(first + after * ONE_DAY)
        after += dice.choice([1, 1, 1, 1, 2, 3, 6])
        if stands_still and after >= stands_still:
            after, stands_still = after + 20, 0
    return found | {first + days * ONE_DAY}
