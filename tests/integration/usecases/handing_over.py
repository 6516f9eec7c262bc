"""A mandate that went from one mandatary to the next, so that past quarters can be delegated."""

import dataclasses
import datetime

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.parties import Actor, Quality
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.store import models
from mahis.usecases import delegate
from mahis.usecases.delegate import Wanted
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, Scene, moment

LONG_AGO = datetime.date(2025, 2, 3)
SINCE = datetime.date(2026, 1, 15)


@dataclasses.dataclass
class HandedOver:
    """One group: the former mandatary had 2025, the present one has it since 1/2026."""

    stage: Scene
    former: EnterpriseNumber
    #: Somebody who manages mandates for the former mandatary.
    clerk: Actor
    reference: AuthorisationReference

    @property
    def mandate(self) -> MandateReference:
        """The mandate of the present mandatary."""
        return MandateReference(self.reference, 1)

    @property
    def manager(self) -> Actor:
        """Somebody who manages mandates for the present mandatary."""
        return self.stage.accountant

    def wanted(
        self,
        first: str = "1/2025",
        last: str = "4/2025",
        *,
        application: str | None = None,
        version: int | None = None,
        delegate: EnterpriseNumber | None = None,
    ) -> Wanted:
        """Give what is to be delegated, from a page made just now."""
        return Wanted(
            mandate=self.mandate,
            version=version or self.stage.row(self.reference).version,
            delegate=delegate or self.former,
            application=application,
            quarters=QuarterPeriod(Quarter.parse(first), Quarter.parse(last)),
        )

    def delegate(self, *quarters: str, actor: Actor | None = None, **more) -> int:
        """Delegate as the present mandatary unless told otherwise."""
        on = more.pop("on", DAY)
        return delegate.delegate(
            actor=actor or self.manager,
            wanted=self.wanted(*quarters, **more),
            at=moment(on, 20),
            on=on,
        )

    def row(self, number: int) -> models.Delegation:
        """Read a delegation anew."""
        return models.Delegation.objects.get(pk=number)


def hand_over(stage: Scene, group: str = "single", *, seed: int = 90) -> HandedOver:
    """Let a mandate of the client go from one provider to the other at the end of 2025."""
    former, clerk = scene.another_provider(seed)
    before = stage.draw(
        group, other=former, signing=True, start="1/2025", end="4/2025", on=LONG_AGO
    )
    stage.sign(before, clerk, on=LONG_AGO)
    reference = stage.active(group, start="1/2026", on=SINCE)
    return HandedOver(stage=stage, former=former, clerk=clerk, reference=reference)


def another_client(stage: Scene, seed: int) -> Scene:
    """Give the same stage with another principal."""
    client = scene.an_enterprise(seed, name=f"Client {seed}")
    director = scene.somebody(seed, enterprise=client, quality=Quality.COMPANY_WITHOUT_STAFF)
    return dataclasses.replace(stage, client=client, director=director)
