"""Some delegations among invented mandates, given by the real use case."""

import contextlib
import datetime
from collections.abc import Iterable, Iterator

from django.db.models import F

from mahis.domain.deliveries import DeliveryState
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.store import delegations
from mahis.store.models import Delivery, Mandate
from mahis.usecases import delegate
from mahis.usecases.delegate import Wanted
from mahis.usecases.seed_mandates.world import World

#: How many each of them gives at most.
_MOST = 2


def delegate_some(
    world: World,
    leading: Iterable[EnterpriseNumber],
    *,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Let those that are looked at first delegate past quarters, where somebody had them before."""
    for mandatary in leading:
        party = world.parties([mandatary], on)[mandatary]
        signer = world.signer(party, Side.MANDATARY, on)
        wanted = [] if signer is None else [*_possible(mandatary, on)][:_MOST]
        for each in wanted:
            # Where the rules refuse it, it simply does not happen.
            with contextlib.suppress(Refused):
                assert signer is not None
                delegate.delegate(actor=signer.actor, wanted=each, at=at, on=on)
    # Nobody needs to be told of an invented past any more.
    Delivery.objects.filter(state=DeliveryState.WAITING, notice__telling=Telling.DELEGATED).update(
        state=DeliveryState.DELIVERED, delivered_at=F("next_at")
    )


def _possible(mandatary: EnterpriseNumber, on: datetime.date) -> Iterator[Wanted]:
    """Give the last run of quarters that somebody had before, for each running mandate."""
    current = Quarter.containing(on)
    rows = Mandate.objects.filter(
        mandatary=mandatary,
        state=State.ACTIVE,
        quarters__overlap=QuarterPeriod(current, current),
    ).select_related("authorisation", "group")
    # One of each authorisation, as an act makes every older page of it stale.
    for row in rows.order_by("authorisation_id", "place").distinct("authorisation_id"):
        for former, held in delegations.held_by_mandatary(row, on=on).items():
            if held.over and not held.still:
                yield Wanted(
                    mandate=row.reference,
                    version=row.authorisation.version,
                    delegate=former,
                    application=None,
                    quarters=held.over[-1],
                )
                break
