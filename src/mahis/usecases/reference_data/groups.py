"""Add a group, correct what is kept of it, and end it for new mandates."""

import datetime

from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits
from mahis.domain.groups import Validity
from mahis.domain.reference_data import CodeTaken, GroupRecord, Resting, require_validity
from mahis.store import reference_facts
from mahis.store.models import ApplicationGroup
from mahis.usecases._transaction import in_one_transaction
from mahis.usecases.reference_data import _keeping
from mahis.usecases.reference_data._keeping import Planned, Why

_NOTHING = Resting(holding=0, unfinished=0, over=0)


@in_one_transaction
def add_group(
    *, record: GroupRecord, why: Why, limits: Limits, at: datetime.datetime | None
) -> Planned:
    """Add a group; without a moment, only say what that would do.

    Raises OnlyOfficersKeep, CodeTaken, or what is wrong with the record or the reason.
    """
    record.require_writable()
    _keeping.begin(why, limits)
    plan = _keeping.planned({}, reference_facts.of_group(record), resting=_NOTHING)
    if ApplicationGroup.objects.filter(code=record.code).exists():
        raise CodeTaken(field="code")
    if at is not None:
        columns = reference_facts.group_columns(record)
        _row, created = ApplicationGroup.objects.get_or_create(code=record.code, defaults=columns)
        if not created:
            raise CodeTaken(field="code")
        _record(record.code, "added", why, at, plan)
    return plan


@in_one_transaction
def correct_group(
    *,
    record: GroupRecord,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> Planned:
    """Write down anew what is kept of a group; without a moment, only say what that would do.

    Raises OnlyOfficersKeep, ReferenceUnknown, ThingChanged, RuleRestsOnMandates, NothingChanges,
    or what is wrong with the record or the reason.
    """
    record.require_writable()
    _keeping.begin(why, limits)
    row = _keeping.locked_group(record.code, version=why.version)
    resting = reference_facts.resting_on(row, on=on)
    before = reference_facts.group_record(row)
    record.require_same_rule(before, mandates=resting.total)
    plan = _keeping.planned(
        reference_facts.of_group(before), reference_facts.of_group(record), resting=resting
    )
    if at is not None:
        ApplicationGroup.objects.filter(pk=row.pk).update(**reference_facts.group_columns(record))
        _record(record.code, "corrected", why, at, plan)
    return plan


@in_one_transaction
def end_group(
    *,
    code: str,
    last_day: datetime.date,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> Planned:
    """Give a group its last day for new mandates; without a moment, only say what that would do.

    Mandates given for it go on. Raises OnlyOfficersKeep, ReferenceUnknown, ThingChanged,
    EndsBeforeItBegins, NothingChanges, or what is wrong with the reason.
    """
    _keeping.begin(why, limits)
    row = _keeping.locked_group(code, version=why.version)
    validity = Validity(row.begins, last_day)
    require_validity(validity)
    plan = _keeping.planned(
        _keeping.validity_facts(Validity(row.begins, row.ends)),
        _keeping.validity_facts(validity),
        resting=reference_facts.resting_on(row, on=on),
    )
    if at is not None:
        ApplicationGroup.objects.filter(pk=row.pk).update(ends=last_day)
        _record(code, "ended", why, at, plan)
    return plan


def _record(code: str, act: str, why: Why, at: datetime.datetime, plan: Planned) -> None:
    _keeping.record(
        subject=Subject.GROUP,
        key=code,
        act=act,
        why=why,
        at=at,
        before=plan.before,
        after=plan.after,
    )
