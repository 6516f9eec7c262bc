"""Make mandates active that waited for their mandator to become an NSSO employer (A5)."""

import datetime

from django.db.models import Exists, OuterRef

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.store import loading
from mahis.store.models import Employer, Mandate
from mahis.usecases import _acting, _by_the_house


def identify(*, at: datetime.datetime, on: datetime.date) -> int:
    """Make active, and tell the parties, every waiting mandate of a mandator that is an employer.

    Gives the number of mandates.
    """
    employs = Employer.objects.filter(loading.in_force(on), enterprise=OuterRef("mandator_id"))
    return _by_the_house.take_everywhere(
        act=Act.IDENTIFY_EMPLOYER,
        doer=_acting.REGISTER,
        states=frozenset({State.IDENTIFICATION}),
        found=Mandate.objects.filter(Exists(employs), state=State.IDENTIFICATION),
        at=at,
        on=on,
    )
