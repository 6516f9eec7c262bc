"""How notices are written: each with the delivery that brings it, in the caller's transaction."""

from collections.abc import Iterable

from mahis.domain.deliveries import DeliveryState
from mahis.store.models import Delivery, Notice


def write(notices: Iterable[Notice]) -> None:
    """Write notices that are not written yet; workers bring them once the transaction is over."""
    written = Notice.objects.bulk_create(notices)
    Delivery.objects.bulk_create(delivery_of(notice) for notice in written)


def delivery_of(notice: Notice) -> Delivery:
    """Give the delivery of a notice that waits; nothing is written."""
    return Delivery(
        notice=notice,
        recipient_id=notice.recipient_id,
        state=DeliveryState.WAITING,
        channel=notice.channel,
        next_at=notice.created_at,
    )


def delivered_at_once(notice: Notice) -> Delivery:
    """Give the delivery of a notice of an invented past, which nobody needs to be told any more."""
    return Delivery(
        notice=notice,
        recipient_id=notice.recipient_id,
        state=DeliveryState.DELIVERED,
        channel=notice.channel,
        next_at=notice.created_at,
        delivered_at=notice.created_at,
    )
