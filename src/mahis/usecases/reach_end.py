"""Record that mandates have come to the end of their end quarter (L3)."""

import datetime

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import RUNNING_STATES
from mahis.domain.quarters import Quarter
from mahis.store.fields import ends_before
from mahis.store.models import Mandate
from mahis.usecases import _acting, _by_the_house


def record_ended(*, at: datetime.datetime, on: datetime.date) -> int:
    """Record as closed, and tell the parties, every running mandate whose end quarter is over.

    Gives the number of mandates. They have been shown as closed since the quarter ended.
    """
    return _by_the_house.take_everywhere(
        act=Act.REACH_END,
        doer=_acting.CLOCK,
        states=RUNNING_STATES,
        found=Mandate.objects.filter(
            ends_before("quarters", Quarter.containing(on)), state__in=RUNNING_STATES
        ),
        at=at,
        on=on,
    )
