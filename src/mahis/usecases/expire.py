"""Record that unfinished authorisations have passed their limit (L6)."""

import datetime

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import EXPIRING_STATES
from mahis.store.models import Mandate
from mahis.usecases import _acting, _by_the_house


def record_expired(*, at: datetime.datetime, on: datetime.date) -> int:
    """Record as expired what could be finished until yesterday at the latest; tell the parties.

    Gives the number of mandates. They have been shown as expired since their limit passed.
    """
    return _by_the_house.take_everywhere(
        act=Act.EXPIRE,
        doer=_acting.CLOCK,
        states=EXPIRING_STATES,
        found=Mandate.objects.filter(state__in=EXPIRING_STATES, authorisation__expires_on__lt=on),
        at=at,
        on=on,
    )
