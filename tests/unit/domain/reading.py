"""How the tests read tables that people write: words for enums, and who is meant by a sentence."""

import enum
import itertools
import re
from collections.abc import Callable

from mahis.domain.lifecycle import Doer, Kind, Standing
from mahis.domain.mandate import Mandate
from mahis.domain.parties import Side


def words(member: enum.Enum | None) -> str:
    """Give the words for a state, an act or a notice: `toBeFinalised` is "to be finalised"."""
    if member is None:
        return "not drawn up"
    return re.sub(r"[A-Z]", lambda capital: " " + capital[0].lower(), str(member.value))


def lines(table: str) -> list[list[str]]:
    """Cut a table into its lines and those into their cells, without the heading."""
    cut = [[cell.strip() for cell in line.split("|")] for line in table.splitlines() if line]
    return cut[1:]


def _is_sensible(doer: Doer) -> bool:
    """Say whether somebody can be so: parties stand on a side, machines have no standing."""
    is_person = doer.kind in (Kind.PARTY, Kind.OUTSIDER, Kind.OFFICER, Kind.DELEGATE)
    return (doer.side is not None) is (doer.kind is Kind.PARTY) and (
        doer.standing is not None
    ) is is_person


#: Everybody there can be.
DOERS = [
    doer
    for kind, side, standing in itertools.product(Kind, (None, *Side), (None, *Standing))
    for doer in [Doer(kind=kind, side=side, standing=standing)]
    if _is_sensible(doer)
]


def _manages(doer: Doer) -> bool:
    return doer.standing in (Standing.MANAGES, Standing.REPRESENTS)


def _manager(doer: Doer) -> bool:
    return doer.kind is Kind.PARTY and _manages(doer)


def _representative(doer: Doer) -> bool:
    return doer.kind is Kind.PARTY and doer.standing is Standing.REPRESENTS


#: What the sentences mean, written apart from the code that is tested.
WHO: dict[str, Callable[[Doer, Mandate], bool]] = {
    "manager of either party": lambda doer, _: _manager(doer),
    "manager of the party that drew up": lambda doer, mandate: (
        _manager(doer) and doer.side is mandate.drawn_up_by
    ),
    "manager, drew up and signed": lambda doer, mandate: (
        _manager(doer) and doer.side is mandate.drawn_up_by and doer.side in mandate.signed
    ),
    "manager, drew up, other signed": lambda doer, mandate: (
        _manager(doer) and doer.side is mandate.drawn_up_by and doer.side not in mandate.signed
    ),
    "manager of awaited party": lambda doer, mandate: (
        _manager(doer) and doer.side not in mandate.signed
    ),
    "representative of either party": lambda doer, _: _representative(doer),
    "representative of awaited party": lambda doer, mandate: (
        _representative(doer) and doer.side not in mandate.signed
    ),
    "manager of mandatary": lambda doer, _: _manager(doer) and doer.side is Side.MANDATARY,
    "manager of delegate": lambda doer, _: doer.kind is Kind.DELEGATE and _manages(doer),
    "officer": lambda doer, _: doer.kind is Kind.OFFICER and _manages(doer),
    "clock": lambda doer, _: doer.kind is Kind.CLOCK,
    "register": lambda doer, _: doer.kind is Kind.REGISTER,
    "newer mandate": lambda doer, _: doer.kind is Kind.SUCCESSOR,
}
