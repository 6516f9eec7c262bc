"""What every change of reference data has in common: who may, the lock, the reason, the record."""

import dataclasses
import datetime
from collections.abc import Mapping

from django.db import connection
from django.db.models import Max

from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits, ReasonMissing, ReasonTooLong
from mahis.domain.groups import Validity
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.domain.reference_data import NothingChanges, Resting
from mahis.domain.refusals import Conflict, Forbidden, NotFound
from mahis.store.models import Application, ApplicationGroup, Change, GroupMembership
from mahis.usecases import _changes

_LOCK = "LOCK TABLE store_applicationgroup IN ROW EXCLUSIVE MODE"


class OnlyOfficersKeep(Forbidden):
    """Only officers who manage write down groups and applications."""

    code = "onlyOfficersKeep"


class ReferenceUnknown(NotFound):
    """There is no such group, application or membership."""

    code = "referenceUnknown"


class ThingChanged(Conflict):
    """Somebody changed this group or application since the page was made."""

    code = "thingChanged"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Why:
    """Who changes something, from which page, and why."""

    actor: Actor
    reason: str
    #: Number of the last change that the page was made from; 0 where there was none.
    version: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Planned:
    """What a change makes of a thing: what differs, and which mandates it is about."""

    before: Mapping[str, object]
    after: Mapping[str, object]
    resting: Resting


def begin(why: Why, limits: Limits) -> None:
    """Let in whoever may change reference data and says why, and keep imports out meanwhile.

    Raises OnlyOfficersKeep, ReasonMissing or ReasonTooLong.
    """
    if not (why.actor.is_officer and why.actor.manages):
        raise OnlyOfficersKeep
    if not why.reason.strip():
        raise ReasonMissing(field="reason")
    if len(why.reason) > limits.longest_reason:
        raise ReasonTooLong(field="reason", longest=limits.longest_reason)
    # Before any row, so that an import, which takes the whole table, never waits in a circle.
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def locked_group(code: str, *, version: int | None) -> ApplicationGroup:
    """Lock a group; raises ReferenceUnknown, or ThingChanged where its last change is another."""
    row = ApplicationGroup.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise ReferenceUnknown(field="group")
    _require_version(Subject.GROUP, code, version)
    return row


def locked_application(code: str, *, version: int | None) -> Application:
    """Lock an application; raises ReferenceUnknown or ThingChanged."""
    row = Application.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise ReferenceUnknown(field="application")
    _require_version(Subject.APPLICATION, code, version)
    return row


def _require_version(subject: Subject, key: str, version: int | None) -> None:
    if version is None:
        return
    last = Change.objects.filter(subject=subject, key=key).aggregate(last=Max("number"))["last"]
    if (last or 0) != version:
        raise ThingChanged


def planned(
    before: Mapping[str, object], after: Mapping[str, object], *, resting: Resting
) -> Planned:
    """Give what differs; raises NothingChanges where nothing does."""
    changed = {name for name in {*before, *after} if before.get(name, ...) != after.get(name, ...)}
    if not changed:
        raise NothingChanges
    return Planned(
        before={name: value for name, value in before.items() if name in changed},
        after={name: value for name, value in after.items() if name in changed},
        resting=resting,
    )


def record(
    *,
    subject: Subject,
    key: str,
    act: str,
    why: Why,
    at: datetime.datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write down that an officer changed something."""
    _changes.write(
        subject=subject,
        key=key,
        act=act,
        at=at,
        kind=Kind.OFFICER,
        actor=why.actor,
        reason=why.reason.strip(),
        before=before,
        after=after,
    )


def record_membership(
    row: GroupMembership,
    *,
    act: str,
    why: Why,
    at: datetime.datetime,
    before: Validity | None,
    after: Validity | None,
) -> None:
    """Write down, in the history of the group, when an application belongs to it."""
    record(
        subject=Subject.GROUP,
        key=row.group.code,
        act=act,
        why=why,
        at=at,
        before=membership_facts(row.application.code, before),
        after=membership_facts(row.application.code, after),
    )


def membership_facts(application: str, validity: Validity | None) -> dict[str, object]:
    """Give a membership as changes keep it; nothing where there is none."""
    if validity is None:
        return {}
    return {"application": application} | validity_facts(validity)


def validity_facts(validity: Validity) -> dict[str, object]:
    """Give days as changes keep them."""
    ends = validity.ends
    return {"begins": validity.begins.isoformat(), "ends": ends.isoformat() if ends else None}
