"""How the clock and the deliveries are, for those who watch them."""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from mahis.domain.deliveries import DeliveryState
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.jobs import JobStanding, Run
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Actor
from mahis.domain.refusals import Forbidden
from mahis.queries import labels
from mahis.store import loading
from mahis.store.models import Delivery, JobRun, Notice, SendingAgain, UnaddressedNotice

#: How many deliveries that were given up a page shows.
MOST_GIVEN_UP = 100
_ONE_DAY = datetime.timedelta(days=1)


class OperationsAreForOfficers(Forbidden):
    """How the service works is shown to officers only."""

    code = "operationsAreForOfficers"


@dataclasses.dataclass(frozen=True, kw_only=True)
class JobRow:
    """One job of the clock, and what came of it last."""

    name: str
    standing: JobStanding
    started_at: datetime.datetime | None
    finished_at: datetime.datetime | None
    #: When it last did all that it should.
    succeeded_at: datetime.datetime | None
    #: What it did then, in numbers.
    result: Mapping[str, int]
    #: Code of what went wrong last; empty where nothing did.
    problem: str
    failures: int
    next_at: datetime.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deliveries:
    """How many notices are where on their way."""

    #: On their way, but for those without an address.
    waiting: int
    #: When the one of them that waits longest was written.
    oldest: datetime.datetime | None
    #: How many of them were tried already, and failed.
    tried: int
    #: Those that wait until the register has an address.
    unaddressed: int
    #: Delivered within a day.
    delivered: int
    given_up: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reason:
    """Why some deliveries were given up."""

    problem: str
    count: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class GivenUp:
    """One delivery that was given up."""

    number: int
    notice: uuid.UUID
    recipient: EnterpriseNumber
    recipient_name: str
    telling: Telling
    #: None for what is about a provider and not about any authorisation.
    reference: AuthorisationReference | None
    channel: Channel
    written_at: datetime.datetime
    tried_at: datetime.datetime | None
    problem: str
    #: What an operator can look up: a status, a kind of error.
    detail: str
    #: Who had it sent again last, and when; empty and None where nobody did.
    again_by: str
    again_at: datetime.datetime | None


def jobs(*, actor: Actor, at: datetime.datetime) -> tuple[JobRow, ...]:
    """Give every job that a worker knows or knew; raises OperationsAreForOfficers."""
    _require_officer(actor)
    return job_rows(at=at)


def deliveries(*, actor: Actor, at: datetime.datetime) -> Deliveries:
    """Count the notices that are on their way, or should be; raises OperationsAreForOfficers."""
    _require_officer(actor)
    return count_deliveries(at=at)


def given_up(*, actor: Actor, language: str) -> tuple[GivenUp, ...]:
    """Give the deliveries that were given up, the oldest first; raises OperationsAreForOfficers.

    No more than MOST_GIVEN_UP.
    """
    _require_officer(actor)
    found = _failed().select_related("notice__authorisation").order_by("number")
    rows = list(found[:MOST_GIVEN_UP])
    recipients = {row.pk: loading.number_of(row.recipient_id) for row in rows}
    names = loading.names_of(recipients.values(), language=labels.language_of(language))
    again = {
        sending.delivery_id: sending
        for sending in SendingAgain.objects.filter(delivery__in=recipients).order_by("pk")
    }
    return tuple(
        _given_up(row, name=names[recipients[row.pk]], again=again.get(row.pk)) for row in rows
    )


def reasons(*, actor: Actor) -> tuple[Reason, ...]:
    """Give why deliveries were given up, the most frequent first; raises OperationsAreForOfficers.

    Over all of them, however many a page shows.
    """
    _require_officer(actor)
    counted = _failed().values_list("problem").annotate(count=Count("number"))
    return tuple(
        Reason(problem=problem, count=count)
        for problem, count in sorted(counted, key=lambda each: (-each[1], each[0]))
    )


def count_given_up(*, actor: Actor) -> int:
    """Count the deliveries that were given up; raises OperationsAreForOfficers."""
    _require_officer(actor)
    return _failed().count()


def count_deliveries(*, at: datetime.datetime) -> Deliveries:
    """Count the notices that are on their way, or should be; for machines, too.

    Everything is counted by indexes of what is not delivered, or was delivered lately.
    """
    without_address = UnaddressedNotice.objects.filter(notice=OuterRef("notice"))
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    addressed = waiting.exclude(Exists(without_address))
    counted = addressed.aggregate(waiting=Count("number"), first=Min("number"))
    oldest = Notice.objects.filter(delivery=counted["first"]).values_list("created_at", flat=True)
    return Deliveries(
        waiting=counted["waiting"],
        oldest=oldest.first(),
        tried=addressed.exclude(problem="").count(),
        unaddressed=waiting.filter(Exists(without_address)).count(),
        delivered=Delivery.objects.filter(delivered_at__gt=at - _ONE_DAY).count(),
        given_up=_failed().count(),
    )


def job_rows(*, at: datetime.datetime) -> tuple[JobRow, ...]:
    """Give every job that a worker knows or knew; for machines, too."""
    return tuple(_job(row, at) for row in JobRun.objects.order_by("name"))


def _require_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise OperationsAreForOfficers


def _failed() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.FAILED)


def _job(row: JobRun, at: datetime.datetime) -> JobRow:
    run = Run(
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=row.outcome,
        next_at=row.next_at,
    )
    return JobRow(
        name=row.name,
        standing=run.standing(at),
        started_at=row.started_at,
        finished_at=row.finished_at,
        succeeded_at=row.succeeded_at,
        result=row.result,
        problem=row.problem,
        failures=row.failures,
        next_at=row.next_at,
    )


def _given_up(row: Delivery, *, name: str, again: SendingAgain | None) -> GivenUp:
    about = row.notice.authorisation
    return GivenUp(
        number=row.number,
        recipient=loading.number_of(row.recipient_id),
        recipient_name=name,
        notice=row.notice_id,
        telling=row.notice.telling,
        reference=None if about is None else about.reference,
        channel=row.channel,
        written_at=row.notice.created_at,
        tried_at=row.tried_at,
        problem=row.problem,
        detail=row.detail,
        again_by="" if again is None else again.person_name,
        again_at=None if again is None else again.at,
    )
