"""The conditions for asking to be identified as a service provider, and for its entry (H1, R3)."""

import dataclasses
import datetime

from mahis.domain.parties import Actor, ProviderStatus
from mahis.store import loading
from mahis.store.models import Enterprise, UserAccount

#: A lapsed quality is over, so that it can be asked for again; a blocked one is not.
_NO_QUALITY = frozenset({ProviderStatus.NONE, ProviderStatus.LAPSED})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Conditions:
    """Which of the conditions hold for an actor and their enterprise on a day."""

    #: The person holds a function that may sign for the enterprise.
    is_representative: bool
    #: The enterprise is active.
    is_active: bool
    #: The enterprise has no quality of provider or secretariat, not even a blocked one.
    is_no_provider: bool
    #: The e-Box of the enterprise has been opened at least once.
    ebox_opened: bool

    @property
    def shows_entry(self) -> bool:
        """Whether the home page has the entry Identification (H1)."""
        return self.is_representative and self.is_no_provider

    @property
    def may_ask(self) -> bool:
        """Whether a request can be made (R3)."""
        return self.shows_entry and self.is_active and self.ebox_opened


def conditions(*, actor: Actor, on: datetime.date) -> Conditions:
    """Say which conditions hold; none for officers, whose office asks nobody."""
    if actor.is_officer:
        return Conditions(
            is_representative=False, is_active=False, is_no_provider=False, ebox_opened=False
        )
    number = actor.enterprise
    power = loading.signing_power_of(person=actor.person.insz, enterprise=number, on=on)
    enterprise = Enterprise.objects.filter(number=number).first()
    quality = loading.provider_statuses([number], on=on)[number]
    opened = UserAccount.objects.filter(
        loading.in_force(on), enterprise=number, ebox_opened_on__lte=on
    )
    return Conditions(
        is_representative=power.granted,
        is_active=enterprise is not None and on in enterprise.activity,
        is_no_provider=quality in _NO_QUALITY,
        ebox_opened=opened.exists(),
    )
