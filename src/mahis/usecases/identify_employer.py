"""Make mandates active that waited for their mandator to become an NSSO employer (A5)."""

import datetime

from django.db.models import Exists, OuterRef

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.store import loading
from mahis.store.models import Employer, Mandate
from mahis.usecases import _acting, _by_the_house
from mahis.usecases._one_by_one import SomeLeftOut


def identify(
    *, at: datetime.datetime, on: datetime.date, mandator: EnterpriseNumber | None = None
) -> int:
    """Make active, and tell the parties, every waiting mandate of a mandator that is an employer.

    Gives the number of mandates, of one `mandator` or of all. Raises SomeLeftOut once all others
    are active.
    """
    employs = Employer.objects.filter(loading.in_force(on), enterprise=OuterRef("mandator_id"))
    found = Mandate.objects.filter(Exists(employs), state=State.IDENTIFICATION)
    if mandator is not None:
        found = found.filter(mandator_id=mandator)
    return _by_the_house.take_everywhere(
        act=Act.IDENTIFY_EMPLOYER,
        doer=_acting.REGISTER,
        states=frozenset({State.IDENTIFICATION}),
        found=found,
        at=at,
        on=on,
    )


def identify_now(*, at: datetime.datetime, on: datetime.date, mandator: EnterpriseNumber) -> int:
    """Do the same for one mandator; what cannot be judged now is left to the clock."""
    try:
        return identify(at=at, on=on, mandator=mandator)
    except SomeLeftOut as left:
        return int(left.found["done"])
