"""Settle the mandates of parties that have ceased: none of them goes on unnoticed."""

import datetime
from collections.abc import Sequence

from django.db.models import Q

from mahis.domain.conditions import Case
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import EXPIRING_STATES, State
from mahis.domain.parties import Side
from mahis.store.models import Mandate
from mahis.usecases import _acting, _by_the_house, _replacing
from mahis.usecases._locked import Locked
from mahis.usecases._record import Taken

#: States in which a mandate still waits for something, or can be used.
_LIVING = EXPIRING_STATES | {State.TO_BE_VALIDATED, State.IDENTIFICATION, State.ACTIVE}


def settle(*, at: datetime.datetime, on: datetime.date) -> int:
    """End, withdraw or let expire every mandate of a party that has ceased; tell both parties.

    Gives the number of mandates. What ends in time by itself is left as it is, so that a second
    run finds nothing to do. Raises SomeLeftOut once all others are settled.
    """

    def give_back(locked: Locked, taken: Sequence[Taken]) -> None:
        """Open the mandates again that those withdrawn had taken the place of."""
        if on in locked.parties[Side.MANDATOR].activity:
            withdrawn = [each for each in taken if each.step.after is State.WITHDRAWN]
            _replacing.give_back(locked, withdrawn, at=at, on=on)

    gone = Q(mandator__ceased_on__lte=on) | Q(mandatary__ceased_on__lte=on)
    return _by_the_house.take_everywhere(
        act=Act.CEASE,
        doer=_acting.REGISTER,
        states=_LIVING,
        found=Mandate.objects.filter(gone, state__in=_LIVING),
        at=at,
        on=on,
        evidence=_evidence,
        following=give_back,
    )


def _evidence(case: Case) -> dict[str, object]:
    """Record which party ceased, and when."""
    gone = case.ceased
    assert gone is not None
    return {"ceased": gone.side.value, "lastDay": gone.last_day.isoformat()}
