"""What the registers know of an enterprise that is, or asks to become, a service provider."""

import datetime

from mahis.domain.identification import RequestState, Standing
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import ProviderStatus
from mahis.store import loading
from mahis.store.models import (
    Enterprise,
    IdentificationRequest,
    Provider,
    Secretariat,
    UserAccount,
)


def standing(
    *, person: Insz, enterprise: EnterpriseNumber, manages: bool, on: datetime.date
) -> Standing:
    """Give what the conditions for becoming a provider are judged upon, on a day."""
    row = Enterprise.objects.filter(number=enterprise).first()
    opened = UserAccount.objects.filter(
        loading.in_force(on), enterprise=enterprise, ebox_opened_on__lte=on
    )
    recognised = Secretariat.objects.filter(loading.in_force(on), enterprise=enterprise)
    waiting = IdentificationRequest.objects.filter(
        enterprise=enterprise, state=RequestState.SUBMITTED
    )
    return Standing(
        manages=manages,
        power=loading.signing_power_of(person=person, enterprise=enterprise, on=on),
        activity=None if row is None else row.activity,
        is_secretariat=recognised.exists(),
        provider=status_of(Provider.objects.filter(pk=enterprise).first(), on=on),
        ebox_opened=opened.exists(),
        has_open_request=waiting.exists(),
        on=on,
    )


def status_of(row: Provider | None, *, on: datetime.date) -> ProviderStatus:
    """Give the status of an enterprise as a service provider alone, on a day.

    A quality that is still to begin is one already: nobody asks for it a second time.
    """
    if row is None:
        return ProviderStatus.NONE
    over = row.ends is not None and on > row.ends
    active: ProviderStatus = row.status
    return ProviderStatus.LAPSED if active is ProviderStatus.ACTIVE and over else active
