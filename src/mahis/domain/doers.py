"""Who does an act, seen from the mandate, and the sentences that say who may."""

import dataclasses
import enum

from mahis.domain.conditions import Case
from mahis.domain.parties import Side
from mahis.domain.representation import SigningPower


class Kind(enum.Enum):
    """What kind of doer stands behind an act."""

    PARTY = "party"
    OUTSIDER = "outsider"
    OFFICER = "officer"
    CLOCK = "clock"
    REGISTER = "register"
    SUCCESSOR = "successor"
    #: Who has a delegation, and is no party of the mandate that it is a part of.
    DELEGATE = "delegate"


class Standing(enum.IntEnum):
    """What a person may do in a capacity; each standing includes those before it."""

    CONSULTS = 1
    MANAGES = 2
    #: Manages, and holds a function that may sign for the enterprise today.
    REPRESENTS = 3


@dataclasses.dataclass(frozen=True, kw_only=True)
class Doer:
    """Who does an act, seen from the mandate."""

    kind: Kind
    #: The side stood on; None for those that are no party.
    side: Side | None = None
    #: None for the clock, the register and a successor.
    standing: Standing | None = None


class Who(enum.Enum):
    """Who may do an act, as a sentence that a lawyer can check."""

    MANAGER_OF_EITHER_PARTY = "a manager of either party"
    MANAGER_OF_DRAWING_PARTY = "a manager of the party that drew up"
    MANAGER_OF_AWAITED_PARTY = "a manager of the party that has not signed"
    REPRESENTATIVE_OF_EITHER_PARTY = "a representative of either party"
    REPRESENTATIVE_OF_AWAITED_PARTY = "a representative of the party that has not signed"
    MANAGER_OF_MANDATARY = "a manager of the mandatary"
    MANAGER_OF_DELEGATE = "a manager of the delegate"
    OFFICER = "an officer of the NSSO"
    CLOCK = "the clock"
    REGISTER = "the register of enterprises and employers"
    SUCCESSOR = "the newer mandate for the same group that takes its place"

    def admits(self, *, doer: Doer, case: Case) -> bool:
        """Say whether somebody is one of these."""
        if self in _MACHINES:
            return doer.kind is _MACHINES[self]
        if doer.standing is None:
            return False
        if self is Who.OFFICER:
            return doer.kind is Kind.OFFICER and doer.standing >= Standing.MANAGES
        if self is Who.MANAGER_OF_DELEGATE:
            return doer.kind is Kind.DELEGATE and doer.standing >= Standing.MANAGES
        if doer.kind is not Kind.PARTY or doer.side is None:
            return False
        standing, sides = _OF_PARTIES[self]
        return doer.standing >= standing and doer.side in sides(case)


def _either(case: Case) -> frozenset[Side]:  # noqa: ARG001 - one shape for the three
    return frozenset(Side)


def _drawing(case: Case) -> frozenset[Side]:
    return frozenset({case.mandate.drawn_up_by})


def _awaited(case: Case) -> frozenset[Side]:
    return case.mandate.awaited


def _mandatary(case: Case) -> frozenset[Side]:  # noqa: ARG001 - one shape for all
    return frozenset({Side.MANDATARY})


_MACHINES = {
    Who.CLOCK: Kind.CLOCK,
    Who.REGISTER: Kind.REGISTER,
    Who.SUCCESSOR: Kind.SUCCESSOR,
}

_OF_PARTIES = {
    Who.MANAGER_OF_EITHER_PARTY: (Standing.MANAGES, _either),
    Who.MANAGER_OF_DRAWING_PARTY: (Standing.MANAGES, _drawing),
    Who.MANAGER_OF_AWAITED_PARTY: (Standing.MANAGES, _awaited),
    Who.MANAGER_OF_MANDATARY: (Standing.MANAGES, _mandatary),
    Who.REPRESENTATIVE_OF_EITHER_PARTY: (Standing.REPRESENTS, _either),
    Who.REPRESENTATIVE_OF_AWAITED_PARTY: (Standing.REPRESENTS, _awaited),
}


def party_doer(*, side: Side, manages: bool, power: SigningPower) -> Doer:
    """Give the doer of somebody acting for a party: role and power make the standing (A4)."""
    if not manages:
        standing = Standing.CONSULTS
    else:
        standing = Standing.REPRESENTS if power.granted else Standing.MANAGES
    return Doer(kind=Kind.PARTY, side=side, standing=standing)
