"""Application groups in lists: arranged by branch, with what each asks of the parties (C3)."""

import dataclasses
import datetime
from collections.abc import Iterable

from mahis.domain.groups import Branch
from mahis.store.loading import in_force
from mahis.store.models import Application, ApplicationGroup, GroupMembership


@dataclasses.dataclass(frozen=True, kw_only=True)
class GroupChoice:
    """One group that can be ticked."""

    code: str
    name: str
    #: Whether at any time only one mandatary can have it.
    single_mandatary: bool
    #: Whether it is reserved for NSSO employers.
    employers_only: bool
    #: Names of the applications that it holds today.
    applications: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class BranchOfGroups:
    """The groups of one branch, in their order."""

    branch: Branch
    groups: tuple[GroupChoice, ...]


def open_groups(*, on: datetime.date, language: str) -> tuple[BranchOfGroups, ...]:
    """Give the groups for which mandates can be drawn up on a day; no empty branches."""
    return _by_branch(ApplicationGroup.objects.filter(in_force(on)), on, language)


def all_groups(*, on: datetime.date, language: str) -> tuple[BranchOfGroups, ...]:
    """Give every group, those closed to new mandates among them, for searching."""
    return _by_branch(ApplicationGroup.objects.all(), on, language)


def names(*, codes: Iterable[str], language: str) -> dict[str, str]:
    """Give the names of groups by code; unknown codes are left out."""
    rows = ApplicationGroup.objects.filter(code__in=set(codes))
    return {row.code: row.name_in(language) for row in rows}


def _by_branch(
    rows: Iterable[ApplicationGroup], on: datetime.date, language: str
) -> tuple[BranchOfGroups, ...]:
    applications = _applications(on, language)
    choices: dict[Branch, list[tuple[int, str, GroupChoice]]] = {}
    for row in rows:
        choice = GroupChoice(
            code=row.code,
            name=row.name_in(language),
            single_mandatary=row.single_mandatary,
            employers_only=row.employers_only,
            applications=tuple(sorted(applications.get(row.pk, ()), key=str.casefold)),
        )
        choices.setdefault(row.branch, []).append((row.position, row.code, choice))
    return tuple(
        BranchOfGroups(
            branch=branch,
            groups=tuple(choice for _, _, choice in sorted(choices[branch], key=lambda c: c[:2])),
        )
        for branch in Branch
        if branch in choices
    )


def _applications(on: datetime.date, language: str) -> dict[int, list[str]]:
    """Give the names of the applications that each group holds on a day, by the group's key."""
    held: dict[int, list[str]] = {}
    memberships = GroupMembership.objects.filter(in_force(on)).select_related("application")
    for membership in memberships:
        held.setdefault(membership.group_id, []).append(_name(membership.application, language))
    return held


def _name(application: Application, language: str) -> str:
    names = {"fr": application.name_fr, "nl": application.name_nl, "de": application.name_de}
    return names.get(language, application.name_en)
