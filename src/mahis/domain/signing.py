"""How a party validates an authorisation, at which level, and which levels may be mixed."""

import dataclasses
import datetime
import enum

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Person, Side
from mahis.domain.refusals import Conflict


class Level(enum.IntEnum):
    """Strength of a validation; a higher number is stronger (requirement C13)."""

    HANDWRITTEN = 1
    AUTHENTICATION = 2
    EID = 3


class Method(enum.Enum):
    """By which act a party validates."""

    HANDWRITTEN = "handwritten"
    AUTHENTICATION = "authentication"
    EID = "eid"

    @property
    def level(self) -> Level:
        """The level that this method reaches."""
        return Level[self.name]


class LevelTooLow(Conflict):
    """The second party's level is below the first party's (`given`, `needed`)."""

    code = "levelTooLow"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Validation:
    """One party's signature."""

    side: Side
    enterprise: EnterpriseNumber
    method: Method
    #: Who signed.
    person: Person
    #: When, an aware moment.
    at: datetime.datetime
    #: Assurance level of the login at the time (`acr`); empty for documents.
    assurance: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            message = "a validation needs an aware moment"
            raise ValueError(message)

    @property
    def level(self) -> Level:
        """The level of this validation."""
        return self.method.level


def mixes(*, first: Level, second: Level) -> bool:
    """Say whether a second validation may follow a first one (C13).

    The second must be equal or higher. Handwritten validation is never mixed: both parties
    sign on paper and the office approves the scan (C12).
    """
    if Level.HANDWRITTEN in (first, second):
        return first is second
    return second >= first


def require_mixable(*, first: Level, second: Level) -> None:
    """Require that a second validation may follow a first one; raises LevelTooLow."""
    if not mixes(first=first, second=second):
        raise LevelTooLow(given=second, needed=first)
