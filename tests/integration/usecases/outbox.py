"""What the tests of the outbox play with: many notices to some recipients, and moments."""

import datetime

from mahis.domain.deliveries import Delivered, Patience
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Language, Side
from mahis.store import models
from mahis.usecases import _outbox, send_notices
from mahis.usecases.send_notices import Leased, Report, Ring
from tests.integration.usecases import scene
from tests.integration.usecases.scene import moment

BOTH = frozenset(Channel)
PATIENCE = Patience()
LASTING = datetime.timedelta(minutes=2)
SECOND = datetime.timedelta(seconds=1)
NOW = moment()


def recipients(many: int) -> list[EnterpriseNumber]:
    """Write some enterprises that can be told something."""
    return [scene.an_enterprise(500 + place, name=f"Told {place}") for place in range(many)]


def an_authorisation(recipient: EnterpriseNumber) -> models.Authorisation:
    """Write the bare row that notices are about; nobody reads it."""
    sender = scene.an_enterprise(recipient.as_int % 1_000_000 + 1_000, name="Sender")
    return models.Authorisation.objects.create(
        year=2026,
        mandator_id=recipient,
        mandatary_id=sender,
        drawn_up_by=Side.MANDATOR,
        drawn_up_at=NOW,
        expires_on=NOW.date(),
    )


def tell(
    authorisation: models.Authorisation,
    *,
    number: int = 1,
    channel: Channel = Channel.EBOX,
    at: datetime.datetime = NOW,
) -> models.Notice:
    """Write one notice to the mandator, as acts do."""
    notice = models.Notice(
        authorisation=authorisation,
        recipient_id=authorisation.mandator_id,
        side=Side.MANDATOR,
        telling=Telling.ACTIVE,
        history_number=number,
        places=[1],
        channel=channel,
        language=Language.FRENCH,
        must_act=False,
        created_at=at,
    )
    _outbox.write([notice])
    return notice


def take(
    worker: str = "one",
    *,
    most: int = 100,
    at: datetime.datetime = NOW,
    channels: frozenset[Channel] = BOTH,
    lasting: datetime.timedelta = LASTING,
    ring: Ring | None = None,
) -> tuple[tuple[Leased, ...], ...]:
    """Lease as a worker does."""
    return send_notices.lease(
        worker=worker, most=most, channels=channels, lasting=lasting, ring=ring or Ring(), at=at
    )


def report(number: int, outcome=None, worker: str = "one", at: datetime.datetime = NOW):
    """Tell what came of a notice; it arrived unless told otherwise."""
    return send_notices.record(
        worker=worker,
        reports=[Report(number=number, outcome=outcome or Delivered(receipt=f"r{number}"))],
        patience=PATIENCE,
        dice=lambda: 0.5,
        at=at,
    )


def numbers(chains) -> list[list[int]]:
    """Give the numbers of leased chains."""
    return [[each.number for each in chain] for chain in chains]


def delivery(notice: models.Notice) -> models.Delivery:
    """Read the delivery of a notice anew."""
    return models.Delivery.objects.get(notice=notice)
