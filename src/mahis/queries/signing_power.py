"""Whether a person may sign for the enterprise that they act for (A4)."""

import datetime

from mahis.domain.parties import Actor
from mahis.domain.representation import SigningPower
from mahis.store import loading


def of_actor(*, actor: Actor, on: datetime.date) -> SigningPower:
    """Say whether an actor may sign for their enterprise on a day, and why or why not."""
    return loading.signing_power_of(person=actor.person.insz, enterprise=actor.enterprise, on=on)
