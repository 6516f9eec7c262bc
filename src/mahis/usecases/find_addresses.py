"""Look again for the addresses that letters wait for (T3)."""

import datetime
import uuid
from collections.abc import Iterator

from mahis.domain.deliveries import DeliveryState
from mahis.domain.letters import PostalAddress
from mahis.domain.parties import Language
from mahis.store import addresses, loading
from mahis.store.models import Delivery, Enterprise, UnaddressedNotice
from mahis.usecases._transaction import in_one_transaction

#: How many enterprises are looked at together.
_AT_ONCE = 500


def find_addresses(*, at: datetime.datetime) -> int:
    """Have notices delivered again whose recipients have an address by now; gives their number.

    Their letters are written by whoever delivers notices. Forgets what reached its recipient in
    another way meanwhile.
    """
    _forget_delivered()
    found = list(_addressed_now())
    for first in range(0, len(found), _AT_ONCE):
        _send_again(found[first : first + _AT_ONCE], at=at)
    return len(found)


def _addressed_now() -> Iterator[uuid.UUID]:
    """Give the notices that waited for an address and have one."""
    rows = list(UnaddressedNotice.objects.order_by("since", "pk"))
    numbers = list(dict.fromkeys(loading.number_of(row.recipient_id) for row in rows))
    found = set()
    for first in range(0, len(numbers), _AT_ONCE):
        known = Enterprise.objects.filter(number__in=numbers[first : first + _AT_ONCE])
        # Whether there is one does not depend on the language in which it is written.
        for number, address in addresses.postal(known, language=Language.FRENCH).items():
            if isinstance(address, PostalAddress):
                found.add(number)
    yield from (row.pk for row in rows if loading.number_of(row.recipient_id) in found)


@in_one_transaction
def _send_again(notices: list[uuid.UUID], *, at: datetime.datetime) -> None:
    mine = Delivery.objects.filter(notice__in=notices)
    mine.filter(state=DeliveryState.FAILED).update(
        state=DeliveryState.WAITING, attempts=0, next_at=at, problem="", detail=""
    )
    mine.filter(state=DeliveryState.WAITING, next_at__gt=at).update(next_at=at)


@in_one_transaction
def _forget_delivered() -> None:
    UnaddressedNotice.objects.filter(notice__delivery__state=DeliveryState.DELIVERED).delete()
