"""Registrations of employers under lock, and what is recorded of them."""

import datetime
from collections.abc import Iterable

from django.db import connection
from django.db.models import Max, Q

from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits, ReasonMissing, ReasonTooLong
from mahis.domain.employers import Registration
from mahis.domain.identifiers import EnterpriseNumber, NssoNumber
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.store.models import Change, Employer
from mahis.usecases import _changes


def lock() -> None:
    """Let one transaction at a time change who is an employer; others still read.

    Nothing else may be locked before: an import of the register takes this lock among others.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE store_employer IN SHARE ROW EXCLUSIVE MODE")


def registration_of(row: Employer) -> Registration:
    """Give a registration as the rules know it."""
    return Registration(
        enterprise=row.enterprise,
        nsso_number=NssoNumber(row.nsso_number),
        begins=row.begins,
        ends=row.ends,
    )


def touching(wanted: Registration) -> Iterable[Registration]:
    """Give the registrations of the same enterprise or under the same NSSO number."""
    same = Q(enterprise=wanted.enterprise) | Q(nsso_number=wanted.nsso_number.number)
    return [registration_of(row) for row in Employer.objects.filter(same).order_by("begins", "id")]


def last_change(enterprise: EnterpriseNumber) -> int:
    """Give the number of the last change of an enterprise as an employer; 0: there is none."""
    changes = Change.objects.filter(subject=Subject.EMPLOYER, key=enterprise.digits)
    return int(changes.aggregate(last=Max("number"))["last"] or 0)


def require_reason(reason: str, *, limits: Limits) -> None:
    """Require a reason; raises ReasonMissing or ReasonTooLong."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if len(reason) > limits.longest_reason:
        raise ReasonTooLong(field="reason", longest=limits.longest_reason)


def write_change(
    *,
    enterprise: EnterpriseNumber,
    act: str,
    at: datetime.datetime,
    before: Registration | None,
    after: Registration,
    kind: Kind = Kind.REGISTER,
    actor: Actor | None = None,
    reason: str = "",
) -> None:
    """Record what changed of an enterprise as an employer."""
    _changes.write(
        subject=Subject.EMPLOYER,
        key=enterprise.digits,
        act=act,
        at=at,
        kind=kind,
        actor=actor,
        reason=reason,
        before={} if before is None else _written(before),
        after=_written(after),
    )


def _written(registration: Registration) -> dict[str, object]:
    ends = registration.ends
    return {
        "nssoNumber": registration.nsso_number.screen,
        "begins": registration.begins.isoformat(),
        "ends": None if ends is None else ends.isoformat(),
    }
