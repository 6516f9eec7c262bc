"""Put an application in a group, correct from when to when, and take back what never began."""

import datetime

from mahis.domain.conditions import Limits
from mahis.domain.groups import Validity
from mahis.domain.reference_data import (
    require_apart,
    require_not_begun,
    require_validity,
)
from mahis.store import reference_facts
from mahis.store.models import Application, ApplicationGroup, GroupMembership
from mahis.usecases._transaction import in_one_transaction
from mahis.usecases.reference_data import _keeping
from mahis.usecases.reference_data._keeping import Planned, ReferenceUnknown, Why


@in_one_transaction
def put_in_group(
    *,
    group: str,
    application: str,
    validity: Validity,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> Planned:
    """Let a group hold an application between days; without a moment, only say what that does.

    Raises OnlyOfficersKeep, ReferenceUnknown, ThingChanged, EndsBeforeItBegins,
    MembershipOverlaps, or what is wrong with the reason.
    """
    require_validity(validity)
    _keeping.begin(why, limits)
    row = _keeping.locked_group(group, version=why.version)
    held = Application.objects.filter(code=application).first()
    if held is None:
        raise ReferenceUnknown(field="application")
    require_apart(validity, _others(row, held))
    plan = _keeping.planned(
        {},
        _keeping.membership_facts(application, validity),
        resting=reference_facts.resting_on(row, on=on),
    )
    if at is not None:
        membership = GroupMembership.objects.create(
            group=row, application=held, begins=validity.begins, ends=validity.ends
        )
        _keeping.record_membership(
            membership, act="applicationAdded", why=why, at=at, before=None, after=validity
        )
    return plan


@in_one_transaction
def correct_membership(
    *,
    group: str,
    membership: int,
    validity: Validity,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> Planned:
    """Change from when to when a group holds an application; without a moment, only say so.

    Raises OnlyOfficersKeep, ReferenceUnknown, ThingChanged, EndsBeforeItBegins,
    MembershipOverlaps, NothingChanges, or what is wrong with the reason.
    """
    require_validity(validity)
    _keeping.begin(why, limits)
    row = _keeping.locked_group(group, version=why.version)
    found = _one(row, membership)
    require_apart(validity, _others(row, found.application, besides=found))
    before = Validity(found.begins, found.ends)
    plan = _keeping.planned(
        _keeping.validity_facts(before),
        _keeping.validity_facts(validity),
        resting=reference_facts.resting_on(row, on=on),
    )
    if at is not None:
        GroupMembership.objects.filter(pk=found.pk).update(
            begins=validity.begins, ends=validity.ends
        )
        _keeping.record_membership(
            found, act="applicationCorrected", why=why, at=at, before=before, after=validity
        )
    return plan


@in_one_transaction
def take_out(
    *,
    group: str,
    membership: int,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> Planned:
    """Take back that a group is to hold an application; without a moment, only say so.

    What has begun gave access and can only end. Raises OnlyOfficersKeep, ReferenceUnknown,
    ThingChanged, MembershipHasBegun, or what is wrong with the reason.
    """
    _keeping.begin(why, limits)
    row = _keeping.locked_group(group, version=why.version)
    found = _one(row, membership)
    before = Validity(found.begins, found.ends)
    require_not_begun(before, on=on)
    plan = _keeping.planned(
        _keeping.membership_facts(found.application.code, before),
        {},
        resting=reference_facts.resting_on(row, on=on),
    )
    if at is not None:
        _keeping.record_membership(
            found, act="applicationRemoved", why=why, at=at, before=before, after=None
        )
        found.delete()
    return plan


def _one(group: ApplicationGroup, membership: int) -> GroupMembership:
    rows = group.memberships.select_related("group", "application")
    found = rows.filter(pk=membership).first()
    if found is None:
        raise ReferenceUnknown(field="membership")
    return found


def _others(
    group: ApplicationGroup, application: Application, *, besides: GroupMembership | None = None
) -> list[Validity]:
    """Give when else a group holds an application."""
    rows = group.memberships.filter(application=application)
    return [
        Validity(each.begins, each.ends)
        for each in rows
        if besides is None or each.pk != besides.pk
    ]
