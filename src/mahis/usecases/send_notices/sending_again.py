"""Sending again what was given up, or at once what waits for its next try."""

import datetime
from collections.abc import Collection

from mahis.domain.deliveries import DeliveryState
from mahis.domain.notices import Channel
from mahis.domain.parties import Actor
from mahis.domain.refusals import Forbidden
from mahis.store.models import Delivery
from mahis.usecases._transaction import in_one_transaction

_NOT_DELIVERED = (DeliveryState.WAITING, DeliveryState.FAILED)


class OnlyOfficersSendAgain(Forbidden):
    """Only officers who manage have notices sent again."""

    code = "onlyOfficersSendAgain"


@in_one_transaction
def send_again(
    *,
    actor: Actor,
    numbers: Collection[int],
    at: datetime.datetime,
    by: Channel | None = None,
) -> int:
    """Have deliveries tried at once, with all their tries before them; gives how many.

    `by` names another channel, for whoever the first one does not reach. What is delivered
    already, or under way just now, stays as it is. Raises OnlyOfficersSendAgain.
    """
    if not (actor.is_officer and actor.manages):
        raise OnlyOfficersSendAgain
    free = (
        Delivery.objects.filter(number__in=numbers, state__in=_NOT_DELIVERED)
        .exclude(leased_until__gt=at)
        .order_by("number")
        .select_for_update()
    )
    changed = {"channel": by} if by is not None else {}
    return Delivery.objects.filter(number__in=[row.number for row in free]).update(
        state=DeliveryState.WAITING,
        attempts=0,
        next_at=at,
        leased_until=None,
        leased_by="",
        problem="",
        detail="",
        again_at=at,
        **changed,
    )
