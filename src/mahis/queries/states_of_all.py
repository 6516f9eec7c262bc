"""How many mandates of the whole register are in each state, for the officers' home page."""

import datetime

from django.db.models import Count

from mahis.domain.mandate import State
from mahis.domain.parties import Actor
from mahis.domain.refusals import Forbidden
from mahis.store.models import Mandate
from mahis.store.shown_state import shown_state


class OfficersOnly(Forbidden):
    """Only officers of the NSSO look at the register as a whole."""

    code = "officersOnly"


def counts(*, actor: Actor, on: datetime.date) -> dict[State, int]:
    """Count the mandates shown in each state on a day, in the order of a mandate's life.

    Raises OfficersOnly for everybody else.
    """
    if not actor.is_officer:
        raise OfficersOnly
    counted = dict(
        Mandate.objects.annotate(shown=shown_state(on))
        .values("shown")
        .annotate(count=Count("pk"))
        .order_by()
        .values_list("shown", "count")
    )
    return {state: counted.get(state, 0) for state in State}
