"""Application groups, the applications in them between dates, and what a group asks of parties."""

import dataclasses
import datetime
import enum


class Branch(enum.Enum):
    """The three branches that groups are arranged by (requirement C3)."""

    SOCIAL_SECURITY = "socialSecurity"
    SOCIAL_RISKS = "socialRisks"
    OTHER = "other"


@dataclasses.dataclass(frozen=True, slots=True)
class Validity:
    """Days on which something is valid: from `begins` up to and including `ends`, open if None."""

    begins: datetime.date
    ends: datetime.date | None = None

    def __contains__(self, day: datetime.date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ApplicationGroup:
    """A group of applications: the smallest thing that a mandate is given for."""

    #: Stable code, lowerCamelCase, for example `dmfa`.
    code: str
    branch: Branch
    #: True: at any time a mandator has at most one mandatary for this group (C5).
    single_mandatary: bool
    #: True: only NSSO employers can use it; a company's mandate waits in Identification (A5).
    employers_only: bool
    #: When new mandates can be given for it.
    validity: Validity


@dataclasses.dataclass(frozen=True, kw_only=True)
class Membership:
    """One application belonging to one group between dates; an application can be in several."""

    application: str
    group: str
    validity: Validity


def applications_of(
    *, group: str, memberships: tuple[Membership, ...], on: datetime.date
) -> frozenset[str]:
    """Give the codes of the applications that a group holds on a day."""
    return frozenset(
        membership.application
        for membership in memberships
        if membership.group == group and on in membership.validity
    )


def groups_with(
    *, application: str, memberships: tuple[Membership, ...], on: datetime.date
) -> frozenset[str]:
    """Give the codes of the groups that hold an application on a day."""
    return frozenset(
        membership.group
        for membership in memberships
        if membership.application == application and on in membership.validity
    )
