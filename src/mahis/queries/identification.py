"""The conditions for asking to be identified as a service provider, and for its entry (H1, R3)."""

import dataclasses
import datetime

from mahis.domain.identification import Condition, Standing
from mahis.domain.parties import ActivityPeriod, Actor, ProviderStatus
from mahis.domain.representation import NoPower
from mahis.store import provision


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """One condition, and whether it holds."""

    condition: Condition
    met: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Conditions:
    """Which of the conditions hold for an actor and their enterprise on a day, and why not."""

    judged: tuple[Judged, ...]
    #: As a service provider; a recognised secretariat is none.
    provider: ProviderStatus
    #: Why the person may not sign for the enterprise; None where they may.
    why_no_power: NoPower | None
    activity: ActivityPeriod | None

    @property
    def may_ask(self) -> bool:
        """Whether a request can be made (R3)."""
        return bool(self.judged) and all(each.met for each in self.judged)

    @property
    def shows_entry(self) -> bool:
        """Whether the home page has the entry Identification (H1).

        It stands there for representatives of an enterprise without the quality, who find on its
        page what else is missing, or how far their request is.
        """
        needed = (Condition.REPRESENTS, Condition.NO_SECRETARIAT, Condition.NO_PROVIDER)
        return bool(self.judged) and all(self.meets(each) for each in needed)

    def meets(self, condition: Condition) -> bool:
        """Say whether one of them holds."""
        return any(each.met for each in self.judged if each.condition is condition)


def conditions(*, actor: Actor, on: datetime.date) -> Conditions:
    """Say which conditions hold; there are none for officers, whose office asks nobody."""
    standing = provision.standing(
        person=actor.person.insz, enterprise=actor.enterprise, manages=actor.manages, on=on
    )
    return _of(standing, () if actor.is_officer else tuple(Condition))


def _of(standing: Standing, conditions: tuple[Condition, ...]) -> Conditions:
    return Conditions(
        judged=tuple(Judged(condition=each, met=standing.meets(each)) for each in conditions),
        provider=standing.provider,
        why_no_power=standing.power.why_not,
        activity=standing.activity,
    )
