"""What the parties have signed so far: whole signatures, and first ones that wait for a second."""

import dataclasses
from collections.abc import Iterable, Mapping

from mahis.domain import mandate
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.parties import Side
from mahis.domain.signing import Level
from mahis.store import loading
from mahis.store.models import Mandate, Validation


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signatures:
    """What the validations of an authorisation come to."""

    #: The sides that have validly signed.
    signed: frozenset[Side] = frozenset()
    #: The first of two signatures of each side that waits for the second.
    first_of_two: Mapping[Side, FirstOfTwo] = dataclasses.field(default_factory=dict)
    #: The side that signed first, be it by one person of two.
    first_side: Side | None = None
    #: The lowest level at which somebody signed for that side.
    first_level: Level | None = None

    def mandate(self, row: Mandate) -> mandate.Mandate:
        """Give a mandate as the rules know it; its authorisation and group are read with it."""
        return loading.mandate_of(
            row,
            signed=self.signed,
            half_signed=frozenset(self.first_of_two),
            first_side=self.first_side,
            first_level=self.first_level,
        )


def of(validations: Iterable[Validation]) -> Signatures:
    """Say what validations come to.

    They count in the order in which they were taken, whatever moment a timestamp proves.
    """
    rows = sorted(validations, key=lambda each: each.pk or 0)
    signed = frozenset(each.side for each in rows if each.completes)
    first = rows[0].side if rows else None
    return Signatures(
        signed=signed,
        first_of_two={
            each.side: FirstOfTwo(person=each.person, functions=frozenset(each.functions))
            for each in rows
            if each.side not in signed
        },
        first_side=first,
        first_level=min((each.method.level for each in rows if each.side is first), default=None),
    )
