"""Groups and applications as officers keep them: what can be written, and what rests on it (N2)."""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Mapping

from mahis.domain.groups import Branch, Validity
from mahis.domain.parties import Language
from mahis.domain.refusals import Conflict, Refused

LONGEST_NAME = 200
LONGEST_CODE = 40
LARGEST_POSITION = 9999
_CODE = re.compile(rf"[A-Za-z0-9]{{1,{LONGEST_CODE}}}")


class CodeUnreadable(Refused):
    """A code has letters and digits only, at most `longest` of them."""

    code = "codeUnreadable"


class CodeTaken(Conflict):
    """Another group or application has this code, or had it."""

    code = "codeTaken"


class NameMissing(Refused):
    """A name is needed in each language."""

    code = "nameMissing"


class NameTooLong(Refused):
    """The name is longer than screens and forms can show (`longest`)."""

    code = "nameTooLong"


class PositionUnreadable(Refused):
    """The place in lists is a number from 0 to `most`."""

    code = "positionUnreadable"


class EndsBeforeItBegins(Refused):
    """The last day lies before the first one (`begins`)."""

    code = "endsBeforeItBegins"


class RuleRestsOnMandates(Conflict):
    """What a group asks of parties cannot change under mandates given for it (`count`)."""

    code = "ruleRestsOnMandates"


class MembershipOverlaps(Conflict):
    """The application is in the group already on some of the days (`begins`, `ends`)."""

    code = "membershipOverlaps"


class MembershipHasBegun(Conflict):
    """The application was in the group already, so that can only end (`begins`)."""

    code = "membershipHasBegun"


class NothingChanges(Refused):
    """All stays as it is."""

    code = "nothingChanges"


@dataclasses.dataclass(frozen=True, kw_only=True)
class GroupRecord:
    """All that is kept of a group."""

    code: str
    branch: Branch
    single_mandatary: bool
    employers_only: bool
    #: Place in lists, within its branch.
    position: int
    names: Mapping[Language, str]
    #: When new mandates can be given for it.
    validity: Validity

    def require_writable(self) -> None:
        """Raise what is wrong with the record by itself, naming the field."""
        require_code(self.code)
        require_names(self.names)
        if not 0 <= self.position <= LARGEST_POSITION:
            raise PositionUnreadable(field="position", most=LARGEST_POSITION)
        require_validity(self.validity)

    def require_same_rule(self, before: "GroupRecord", *, mandates: int) -> None:
        """Require that the two rules stay as they were where mandates were given under them."""
        fields = ("single_mandatary", "employers_only")
        for field in fields:
            if mandates and getattr(self, field) is not getattr(before, field):
                raise RuleRestsOnMandates(field=field, count=mandates)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ApplicationRecord:
    """All that is kept of an application."""

    code: str
    names: Mapping[Language, str]

    def require_writable(self) -> None:
        """Raise what is wrong with the record by itself, naming the field."""
        require_code(self.code)
        require_names(self.names)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Resting:
    """How many mandates rest on a group."""

    #: Active on the day, or waiting for the mandator to become an employer.
    holding: int
    #: Drawn up, and not signed by both.
    unfinished: int
    #: Closed, rejected, withdrawn or expired.
    over: int

    @property
    def total(self) -> int:
        """All that ever named the group."""
        return self.holding + self.unfinished + self.over


def require_code(code: str) -> None:
    """Require that a code can stand in addresses and files."""
    if not _CODE.fullmatch(code):
        raise CodeUnreadable(field="code", longest=LONGEST_CODE)


def require_names(names: Mapping[Language, str]) -> None:
    """Require a name in each language."""
    for language in Language:
        name, field = names.get(language, ""), f"name_{language.value}"
        if not name.strip():
            raise NameMissing(field=field)
        if len(name) > LONGEST_NAME:
            raise NameTooLong(field=field, longest=LONGEST_NAME)


def require_validity(validity: Validity) -> None:
    """Require that something ends on the day on which it begins at the earliest."""
    if validity.ends is not None and validity.ends < validity.begins:
        raise EndsBeforeItBegins(field="ends", begins=validity.begins)


def require_apart(validity: Validity, others: Iterable[Validity]) -> None:
    """Require that an application is not in a group twice on one day."""
    for other in others:
        if _overlap(validity, other):
            raise MembershipOverlaps(field="begins", begins=other.begins, ends=other.ends)


def require_not_begun(validity: Validity, *, on: datetime.date) -> None:
    """Require that nobody ever had an application by a membership, before it is taken back."""
    if validity.begins <= on:
        raise MembershipHasBegun(begins=validity.begins)


def _overlap(one: Validity, other: Validity) -> bool:
    first, second = sorted((one, other), key=lambda each: each.begins)
    return first.ends is None or second.begins <= first.ends
