"""In which of a person's capacities mandates wait for a signature, so that none is overlooked.

People who can act in several capacities look for what they have to sign in the wrong one.
"""

import datetime
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.mandate import EXPIRING_STATES
from mahis.domain.parties import Capacity, Side
from mahis.store.models import Mandate, Validation
from mahis.store.shown_state import shows


def counts(
    *, person: Insz, capacities: Collection[Capacity], on: datetime.date
) -> dict[Capacity, int]:
    """Count the mandates that wait for the enterprise of each capacity, on its side, to sign.

    What the person has signed already, and waits for another signatory, does not wait for them.
    Capacities for which nothing waits, and those of officers, are left out.
    """
    waiting = {side: _by_enterprise(side, person, capacities, on) for side in Side}
    counted = {
        capacity: waiting[capacity.side].get(capacity.enterprise, 0)
        for capacity in capacities
        if capacity.side is not None
    }
    return {capacity: count for capacity, count in counted.items() if count}


def _by_enterprise(
    side: Side, person: Insz, capacities: Collection[Capacity], on: datetime.date
) -> dict[EnterpriseNumber, int]:
    numbers = {each.enterprise for each in capacities if each.side is side}
    if not numbers:
        return {}
    signed = Validation.objects.filter(
        Q(completes=True) | Q(person=person), authorisation=OuterRef("authorisation"), side=side
    )
    mandates = Mandate.objects.filter(
        ~Exists(signed), shows(EXPIRING_STATES, on=on), **{f"{side.value}__in": numbers}
    )
    counted = mandates.order_by().values(side.value).annotate(waiting=Count("pk"))
    return {row[side.value]: row["waiting"] for row in counted}
