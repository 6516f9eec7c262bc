"""Invent authorisations and mandates with their past, for an invented register.

Every step is taken by the rules, in memory, and the rows of all are written at once: they look
as if people had made them one after the other.
"""

import datetime
import random
from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from mahis.domain.identifiers import EnterpriseNumber
from mahis.gateways.files import Files
from mahis.store.models import (
    Authorisation,
    AuthorisationDocument,
    Delivery,
    Document,
    HistoryEntry,
    Mandate,
    Notice,
    Validation,
)
from mahis.usecases import _outbox
from mahis.usecases.seed_mandates import delegating, plans
from mahis.usecases.seed_mandates.dossier import Dossier
from mahis.usecases.seed_mandates.papers import Papers, SignByHand
from mahis.usecases.seed_mandates.plans import Plan
from mahis.usecases.seed_mandates.unrolling import Unrolling
from mahis.usecases.seed_mandates.world import World

__all__ = ["is_seeded", "seed"]

_BATCH = 2000
# About a quarter of what is planned is refused, most often since another has the group already.
_PLANNED = 1.3


def is_seeded() -> bool:
    """Say whether there is any authorisation already."""
    return Authorisation.objects.exists()


def seed(
    *,
    count: int,
    seed: int,
    leading: Iterable[EnterpriseNumber],
    files: Files,
    sign_by_hand: SignByHand,
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    """Invent about `count` mandates of the three years before `on`; gives how many there are now.

    Past quarters of some of them are delegated at last, which happens `at` this moment.

    `leading` enterprises get an authorisation of every kind, so that whoever acts for them has
    something to look at. Does nothing where there is any authorisation already.
    """
    with transaction.atomic():
        if is_seeded():
            return Mandate.objects.count()
        world = World()
        # Nobody is protected by this randomness; it has to come out the same each time.
        dice = random.Random(f"mandates {seed}")  # noqa: S311
        casting = world.casting(leading)
        unrolling = Unrolling(
            world,
            on=on,
            zone=timezone.get_default_timezone(),
            next_number=_next_number,
            papers=Papers(world, files=files, sign_by_hand=sign_by_hand),
        )
        unrolling.run(
            [*plans.of_leading(casting, dice), *_as_many_as(plans.of_many(casting, dice), count)]
        )
        _write(unrolling.dossiers)
        delegating.delegate_some(world, casting.leading_mandataries, at=at, on=on)
    return sum(len(dossier.mandates) for dossier in unrolling.dossiers)


def _as_many_as(endless: Iterator[Plan], count: int) -> Iterator[Plan]:
    mandates = 0
    for plan in endless:
        yield plan
        mandates += len(plan.groups)
        if mandates >= count * _PLANNED:
            return


def _next_number() -> int:
    """Take the next number of the series, as drawing up does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('store_authorisation', 'id'))")
        row = cursor.fetchone()
    assert row is not None
    number: int = row[0]
    return number


def _write(dossiers: list[Dossier]) -> None:
    _write_all(Authorisation, (dossier.authorisation for dossier in dossiers))
    _write_all(Mandate, (row for dossier in dossiers for row in dossier.mandates))
    scans = [dossier.scan for dossier in dossiers if dossier.scan is not None]
    _write_all(Document, {scan.document_id: scan.document for scan in scans}.values())
    _write_all(AuthorisationDocument, scans)
    _write_all(Validation, (row for dossier in dossiers for row in dossier.validations))
    _write_all(HistoryEntry, (row for dossier in dossiers for row in dossier.history))
    notices = [row for dossier in dossiers for row in dossier.notices]
    _write_all(Notice, notices)
    _write_all(Delivery, map(_outbox.delivered_at_once, notices))


def _write_all(model: type[Model], rows: Iterable[Model]) -> None:
    manager = model._default_manager  # noqa: SLF001 - Django's documented way
    manager.bulk_create(rows, batch_size=_BATCH)
