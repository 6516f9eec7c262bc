"""Sending again what was given up, or at once what waits for its next try."""

import datetime
from collections.abc import Collection

from django.db.models import QuerySet

from mahis.domain.deliveries import DeliveryState
from mahis.domain.notices import Channel
from mahis.domain.parties import Actor
from mahis.domain.refusals import Forbidden
from mahis.store.models import Delivery, SendingAgain
from mahis.usecases._transaction import in_one_transaction

_AT_ONCE = 500
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
    already, or under way just now, stays as it is. Who had what sent again is kept. Raises
    OnlyOfficersSendAgain.
    """
    _require_managing_officer(actor)
    free = list(
        Delivery.objects.filter(number__in=numbers, state__in=_NOT_DELIVERED)
        .exclude(leased_until__gt=at)
        .order_by("number")
        .select_for_update()
    )
    SendingAgain.objects.bulk_create(
        SendingAgain(
            delivery=row,
            at=at,
            person=actor.person.insz,
            person_name=actor.person.name,
            problem=row.problem,
        )
        for row in free
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


def send_all_again(*, actor: Actor, problem: str, at: datetime.datetime) -> int:
    """Do the same with everything that was given up for one reason, some hundreds at a time."""
    _require_managing_officer(actor)
    given_up = Delivery.objects.filter(state=DeliveryState.FAILED, problem=problem)
    count, last = 0, 0
    while numbers := _numbers(given_up, after=last):
        count += send_again(actor=actor, numbers=numbers, at=at)
        last = numbers[-1]
    return count


def _numbers(deliveries: QuerySet[Delivery], *, after: int) -> list[int]:
    rows = deliveries.filter(number__gt=after).order_by("number")
    return list(rows.values_list("number", flat=True)[:_AT_ONCE])


def _require_managing_officer(actor: Actor) -> None:
    if not (actor.is_officer and actor.manages):
        raise OnlyOfficersSendAgain
