"""Groups and applications as officers keep them: lists, and one with all that is about it (N2)."""

import dataclasses
import datetime
from collections.abc import Mapping

from django.db.models import QuerySet

from mahis.domain.changes import Subject
from mahis.domain.groups import Branch, Validity
from mahis.domain.parties import Actor, Language
from mahis.domain.reference_data import ApplicationRecord, GroupRecord, Resting
from mahis.queries import changes
from mahis.queries.changes import Change
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import reference_facts
from mahis.store.models import Application, ApplicationGroup, GroupMembership


@dataclasses.dataclass(frozen=True, kw_only=True)
class GroupRow:
    """One group in the list."""

    code: str
    name: str
    single_mandatary: bool
    employers_only: bool
    validity: Validity
    #: Whether new mandates can be given for it on the day.
    is_open: bool
    #: How many applications it holds on the day.
    applications: int
    #: Whether an officer has changed it, so that files leave it as it is.
    is_kept: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class BranchRows:
    """The groups of one branch, in their order."""

    branch: Branch
    groups: tuple[GroupRow, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class MembershipRow:
    """One application in one group between days."""

    number: int
    group: str
    group_name: str
    application: str
    application_name: str
    validity: Validity
    is_in_force: bool
    has_begun: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class GroupDetails:
    """One group with all that is about it."""

    record: GroupRecord
    name: str
    is_open: bool
    is_kept: bool
    #: Those of the day first, then those to come, then those that ended.
    memberships: tuple[MembershipRow, ...]
    resting: Resting
    #: The newest first.
    changes: tuple[Change, ...]

    @property
    def version(self) -> int:
        """Number of the last change."""
        return self.changes[0].number if self.changes else 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class ApplicationRow:
    """One application in the list."""

    code: str
    name: str
    #: Names of the groups that hold it on the day.
    groups: tuple[str, ...]
    is_kept: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class ApplicationDetails:
    """One application with all that is about it."""

    record: ApplicationRecord
    name: str
    is_kept: bool
    memberships: tuple[MembershipRow, ...]
    changes: tuple[Change, ...]

    @property
    def version(self) -> int:
        """Number of the last change."""
        return self.changes[0].number if self.changes else 0

    @property
    def can_end(self) -> bool:
        """Whether some group holds it without an end, or with one that is still to come."""
        return any(each.is_in_force or not each.has_begun for each in self.memberships)


def groups(*, actor: Actor, on: datetime.date, language: str) -> tuple[BranchRows, ...]:
    """List all groups by branch, those closed to new mandates among them; raises OfficersOnly."""
    _require_officer(actor)
    kept = reference_facts.kept_by_office(Subject.GROUP)
    counted: dict[int, int] = {}
    for row in GroupMembership.objects.all():
        if on in Validity(row.begins, row.ends):
            counted[row.group_id] = counted.get(row.group_id, 0) + 1
    found: dict[Branch, list[GroupRow]] = {}
    for group in ApplicationGroup.objects.order_by("position", "code"):
        validity = Validity(group.begins, group.ends)
        found.setdefault(group.branch, []).append(
            GroupRow(
                code=group.code,
                name=group.name_in(language),
                single_mandatary=group.single_mandatary,
                employers_only=group.employers_only,
                validity=validity,
                is_open=on in validity,
                applications=counted.get(group.pk, 0),
                is_kept=group.code in kept,
            )
        )
    return tuple(
        BranchRows(branch=branch, groups=tuple(found[branch]))
        for branch in Branch
        if branch in found
    )


def group(*, actor: Actor, code: str, on: datetime.date, language: str) -> GroupDetails | None:
    """Show one group; None where there is none. Raises OfficersOnly."""
    _require_officer(actor)
    row = ApplicationGroup.objects.filter(code=code).first()
    if row is None:
        return None
    record = reference_facts.group_record(row)
    return GroupDetails(
        record=record,
        name=row.name_in(language),
        is_open=on in record.validity,
        is_kept=code in reference_facts.kept_by_office(Subject.GROUP, [code]),
        memberships=_memberships(row.memberships.all(), on=on, language=language),
        resting=reference_facts.resting_on(row, on=on),
        changes=changes.of(actor=actor, subject=Subject.GROUP, key=code),
    )


def applications(*, actor: Actor, on: datetime.date, language: str) -> tuple[ApplicationRow, ...]:
    """List all applications by name; raises OfficersOnly."""
    _require_officer(actor)
    kept = reference_facts.kept_by_office(Subject.APPLICATION)
    holding: dict[str, list[str]] = {}
    for each in _memberships(GroupMembership.objects.all(), on=on, language=language):
        if each.is_in_force:
            holding.setdefault(each.application, []).append(each.group_name)
    rows = [
        ApplicationRow(
            code=row.code,
            name=_name(reference_facts.application_record(row).names, language),
            groups=tuple(holding.get(row.code, ())),
            is_kept=row.code in kept,
        )
        for row in Application.objects.all()
    ]
    return tuple(sorted(rows, key=lambda each: (each.name.casefold(), each.code)))


def application(
    *, actor: Actor, code: str, on: datetime.date, language: str
) -> ApplicationDetails | None:
    """Show one application; None where there is none. Raises OfficersOnly."""
    _require_officer(actor)
    row = Application.objects.filter(code=code).first()
    if row is None:
        return None
    record = reference_facts.application_record(row)
    return ApplicationDetails(
        record=record,
        name=_name(record.names, language),
        is_kept=code in reference_facts.kept_by_office(Subject.APPLICATION, [code]),
        memberships=_memberships(row.memberships.all(), on=on, language=language),
        changes=changes.of(actor=actor, subject=Subject.APPLICATION, key=code),
    )


def _require_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise OfficersOnly


def _memberships(
    rows: QuerySet[GroupMembership], *, on: datetime.date, language: str
) -> tuple[MembershipRow, ...]:
    found = [
        MembershipRow(
            number=row.pk,
            group=row.group.code,
            group_name=row.group.name_in(language),
            application=row.application.code,
            application_name=_name(
                reference_facts.application_record(row.application).names, language
            ),
            validity=Validity(row.begins, row.ends),
            is_in_force=on in Validity(row.begins, row.ends),
            has_begun=row.begins <= on,
        )
        for row in rows.select_related("group", "application")
    ]
    return tuple(sorted(found, key=_place_in_list))


def _place_in_list(row: MembershipRow) -> tuple[bool, bool, str, str, datetime.date]:
    return (
        not row.is_in_force,
        row.has_begun,
        row.application_name.casefold(),
        row.group_name.casefold(),
        row.validity.begins,
    )


def _name(names: Mapping[Language, str], language: str) -> str:
    spoken = {each.value: name for each, name in names.items()}
    return spoken.get(language, names[Language.ENGLISH])
