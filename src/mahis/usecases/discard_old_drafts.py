"""Throw away what somebody typed long ago and never went on with."""

import datetime

from mahis.store.models import Draft
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def discard(*, before: datetime.datetime) -> int:
    """Throw away every draft last changed before a moment; gives how many.

    Also those that something was drawn up from: nobody sends them a second time by now.
    """
    count, _ = Draft.objects.filter(changed_at__lt=before).delete()
    return count
