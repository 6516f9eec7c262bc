"""Add an application, correct its names, and end it in every group that holds it."""

import dataclasses
import datetime

from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits
from mahis.domain.groups import Validity
from mahis.domain.reference_data import (
    ApplicationRecord,
    CodeTaken,
    NothingChanges,
    Resting,
    require_validity,
)
from mahis.store import reference_facts
from mahis.store.models import Application, ApplicationGroup, GroupMembership
from mahis.usecases._transaction import in_one_transaction
from mahis.usecases.reference_data import _keeping
from mahis.usecases.reference_data._keeping import Planned, Why

_NOTHING = Resting(holding=0, unfinished=0, over=0)


@in_one_transaction
def add_application(
    *, record: ApplicationRecord, why: Why, limits: Limits, at: datetime.datetime | None
) -> Planned:
    """Add an application, in no group yet; without a moment, only say what that would do.

    Raises OnlyOfficersKeep, CodeTaken, or what is wrong with the record or the reason.
    """
    record.require_writable()
    _keeping.begin(why, limits)
    plan = _keeping.planned({}, reference_facts.of_application(record), resting=_NOTHING)
    if Application.objects.filter(code=record.code).exists():
        raise CodeTaken(field="code")
    if at is not None:
        columns = reference_facts.name_columns(record.names)
        _row, created = Application.objects.get_or_create(code=record.code, defaults=columns)
        if not created:
            raise CodeTaken(field="code")
        _record(record.code, "added", why, at, plan)
    return plan


@in_one_transaction
def correct_application(
    *,
    record: ApplicationRecord,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> Planned:
    """Write down anew what an application is called; without a moment, only say what that does.

    Raises OnlyOfficersKeep, ReferenceUnknown, ThingChanged, NothingChanges, or what is wrong with
    the record or the reason.
    """
    record.require_writable()
    _keeping.begin(why, limits)
    row = _keeping.locked_application(record.code, version=why.version)
    plan = _keeping.planned(
        reference_facts.of_application(reference_facts.application_record(row)),
        reference_facts.of_application(record),
        resting=_resting_on_groups(row, on=on),
    )
    if at is not None:
        Application.objects.filter(pk=row.pk).update(**reference_facts.name_columns(record.names))
        _record(record.code, "corrected", why, at, plan)
    return plan


@in_one_transaction
def end_application(
    *,
    code: str,
    last_day: datetime.date,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> Planned:
    """Give an application its last day in every group; without a moment, only say what that does.

    What ended before that day stays as it is. Raises OnlyOfficersKeep, ReferenceUnknown,
    ThingChanged, EndsBeforeItBegins where it is to come into a group later, NothingChanges, or
    what is wrong with the reason.
    """
    _keeping.begin(why, limits)
    row = _keeping.locked_application(code, version=why.version)
    resting = _resting_on_groups(row, on=on)
    held = [each for each in _memberships(row) if each.ends is None or each.ends > last_day]
    for each in held:
        require_validity(Validity(each.begins, last_day))
    if not held:
        raise NothingChanges
    groups = [each.group.code for each in held]
    plan = Planned(
        before={"groups": groups},
        after={"groups": groups, "ends": last_day.isoformat()},
        resting=resting,
    )
    if at is not None:
        for each in held:
            before = Validity(each.begins, each.ends)
            after = dataclasses.replace(before, ends=last_day)
            GroupMembership.objects.filter(pk=each.pk).update(ends=last_day)
            _keeping.record_membership(
                each, act="applicationCorrected", why=why, at=at, before=before, after=after
            )
        _record(code, "ended", why, at, plan)
    return plan


def _memberships(application: Application) -> list[GroupMembership]:
    """Lock the groups that hold an application, in one order, and give when they do."""
    found = application.memberships.values("group")
    list(ApplicationGroup.objects.filter(pk__in=found).order_by("code").select_for_update())
    rows = application.memberships.select_related("group", "application")
    return list(rows.order_by("group__code", "begins"))


def _resting_on_groups(application: Application, *, on: datetime.date) -> Resting:
    """Count the mandates of all groups that hold an application on a day."""
    groups = ApplicationGroup.objects.filter(
        pk__in=[
            each.group_id
            for each in application.memberships.all()
            if on in Validity(each.begins, each.ends)
        ]
    )
    found = [reference_facts.resting_on(group, on=on) for group in groups]
    return Resting(
        holding=sum(each.holding for each in found),
        unfinished=sum(each.unfinished for each in found),
        over=sum(each.over for each in found),
    )


def _record(code: str, act: str, why: Why, at: datetime.datetime, plan: Planned) -> None:
    _keeping.record(
        subject=Subject.APPLICATION,
        key=code,
        act=act,
        why=why,
        at=at,
        before=plan.before,
        after=plan.after,
    )
