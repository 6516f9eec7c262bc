"""Which mandates an actor may see, and on which side of them the actor's enterprise stands."""

from django.db.models import Q

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, Side


def visible_to(actor: Actor, *, side: Side | None = None) -> Q:
    """Give the condition that a mandate or authorisation is for the eyes of an actor.

    Officers see all. Others see what their enterprise is or was party to, on either side, in
    whichever capacity they act (F1, H2); `side` narrows that to one side.
    """
    if actor.is_officer:
        return Q()
    sides = Side if side is None else (side,)
    condition = Q(pk__in=[])
    for each in sides:
        condition |= Q(**{each.value: actor.enterprise})
    return condition


def side_of(actor: Actor, parties: dict[Side, EnterpriseNumber]) -> Side | None:
    """Give the side on which an actor's enterprise stands; None for officers and outsiders."""
    if actor.is_officer:
        return None
    return next((side for side, number in parties.items() if number == actor.enterprise), None)
