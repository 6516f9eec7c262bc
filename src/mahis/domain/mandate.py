"""Mandates, the authorisations that hold them, their references and their states."""

import dataclasses
import datetime
import enum
import re
from typing import ClassVar, Self

from mahis.domain.groups import ApplicationGroup
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.domain.signing import Level


class ReferenceUnreadable(Refused):
    """The text is no reference: `2026-0001234` (authorisation) or `2026-0001234/2` (mandate)."""

    code = "referenceUnreadable"


class State(enum.Enum):
    """The states of a mandate: seven of the real service, and our own withdrawn and expired."""

    TO_BE_FINALISED = "toBeFinalised"
    PENDING = "pending"
    TO_BE_VALIDATED = "toBeValidated"
    IDENTIFICATION = "identification"
    ACTIVE = "active"
    REJECTED = "rejected"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


#: States in which a mandate holds its quarters: no other mandatary may have a single-mandatary
#: group in them (C5). A closed mandate still holds the quarters in which it was active.
HOLDING_STATES = frozenset({State.ACTIVE, State.IDENTIFICATION, State.CLOSED})

#: States of a mandate that both have signed, as recorded until its end quarter is over.
RUNNING_STATES = frozenset({State.ACTIVE, State.IDENTIFICATION})

#: States that wait for a party and end by themselves when a limit passes (L6).
EXPIRING_STATES = frozenset({State.TO_BE_FINALISED, State.PENDING})


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class AuthorisationReference:
    """Reference of an authorisation: year of drawing up and number in its series."""

    year: int
    number: int

    form: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]{4})-([0-9]{1,12})")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-0001234` or `2026-1234`; raises ReferenceUnreadable."""
        match = cls.form.fullmatch(text.strip())
        if match is None or not text.isascii():
            raise ReferenceUnreadable
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:07d}"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class MandateReference:
    """Reference of a mandate: its authorisation and its place in it, `2026-0001234/2`."""

    authorisation: AuthorisationReference
    #: 1 for the first mandate of the authorisation.
    place: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-0001234/2`; raises ReferenceUnreadable."""
        series, slash, place = text.strip().partition("/")
        if not (slash and place.isascii() and place.isdigit() and len(place) <= 3):  # noqa: PLR2004
            raise ReferenceUnreadable
        return cls(AuthorisationReference.parse(series), int(place))

    def __str__(self) -> str:
        return f"{self.authorisation}/{self.place}"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Mandate:
    """One application group given by one mandator to one mandatary."""

    mandator: EnterpriseNumber
    mandatary: EnterpriseNumber
    group: ApplicationGroup
    period: QuarterPeriod
    #: The state as last recorded; None while the mandate is not drawn up yet.
    state: State | None
    #: The side that drew up the authorisation.
    drawn_up_by: Side
    #: The sides that have validated.
    signed: frozenset[Side] = frozenset()
    #: The sides of which one person has signed, and another has to sign too.
    half_signed: frozenset[Side] = frozenset()
    #: The side that signed first, be it by one person of two; None before it, or where none is
    #: told apart.
    first_side: Side | None = None
    #: Level of that side: the lowest of its signatures; None before the first.
    first_level: Level | None = None
    #: Last day on which an unfinished mandate can still be finished.
    expires_on: datetime.date | None = None
    #: The mandate whose place it takes, or is to take: another mandatary's, for the same group.
    replaces: MandateReference | None = None

    def state_on(self, on: datetime.date) -> State | None:
        """Give the state that holds on a day, whether or not the clock has recorded it yet.

        An active mandate whose end quarter is over is closed, and so is one that waits for its
        mandator to become an employer; an unfinished one whose limit has passed is expired.
        """
        if self.state in RUNNING_STATES and self.is_over(on):
            return State.CLOSED
        if self.state in EXPIRING_STATES and self.expires_on is not None and on > self.expires_on:
            return State.EXPIRED
        return self.state

    def is_over(self, on: datetime.date) -> bool:
        """Say whether the end quarter has passed."""
        return self.period.end is not None and self.period.end < Quarter.containing(on)

    @property
    def awaited(self) -> frozenset[Side]:
        """The sides that have not validated yet."""
        return frozenset(Side) - self.signed
