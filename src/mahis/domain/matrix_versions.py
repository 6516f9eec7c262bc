"""Versions of the representatives matrix: what one says, how two differ, which can be loaded."""

import dataclasses
import datetime
import enum

from mahis.domain import representation
from mahis.domain.refusals import Conflict, Forbidden, NotFound, Refused
from mahis.domain.representation import Matrix

#: Long enough for a name and a date; names stand in lists and headings.
LONGEST_NAME = 80


class OnlyOfficersLoadMatrix(Forbidden):
    """Only officers who manage load and withdraw versions of the matrix."""

    code = "onlyOfficersLoadMatrix"


class MatrixVersionUnknown(NotFound):
    """There is no such version of the matrix."""

    code = "matrixVersionUnknown"


class MatrixNameMissing(Refused):
    """A version needs a name."""

    code = "matrixNameMissing"


class MatrixNameTooLong(Refused):
    """The name of a version is longer than lists can show (`longest`)."""

    code = "matrixNameTooLong"


class MatrixNameTaken(Conflict):
    """Another version has this name (`name`)."""

    code = "matrixNameTaken"


class MatrixBeginsInPast(Refused):
    """A version cannot decide about days that are over (`earliest`)."""

    code = "matrixBeginsInPast"


class MatrixBeginTaken(Conflict):
    """Another version (`name`) begins on the same day."""

    code = "matrixBeginTaken"


class MatrixAdmitsNobody(Refused):
    """A version by which nobody could sign for anybody."""

    code = "matrixAdmitsNobody"


class MatrixCodesUnknown(Refused):
    """The code lists do not know some legal forms or functions (`codes`)."""

    code = "matrixCodesUnknown"


class MatrixHasBegun(Conflict):
    """A version that has begun has decided already, so it is not withdrawn (`begins`)."""

    code = "matrixHasBegun"


class MatrixComesWithFiles(Conflict):
    """A version of the register files is taken out there, or the next import brings it back."""

    code = "matrixComesWithFiles"


class Source(enum.Enum):
    """Where a version comes from."""

    #: Files that the operator imports with the rest of the register.
    REGISTER_FILES = "registerFiles"
    #: The officers' screen.
    OFFICER = "officer"
    #: The command line.
    OPERATOR = "operator"


class Standing(enum.Enum):
    """What a version is on a day."""

    TO_COME = "toCome"
    IN_FORCE = "inForce"
    #: Over, or overtaken by one that began later.
    SET_ASIDE = "setAside"


class Meaning(enum.StrEnum):
    """What a line of the matrix says of its functions."""

    #: Whoever holds the function may sign for enterprises of the form; of two functions: two
    #: persons together.
    SIGN = "sign"
    #: Whoever holds the function acts where the enterprise holds a function itself.
    PERMANENT_REPRESENTATIVE = "permanentRepresentative"


@dataclasses.dataclass(frozen=True, kw_only=True, order=True)
class Line:
    """One line of a version."""

    #: Code of the form, or NATURAL_PERSON; empty where the line is about every form.
    legal_form: str
    meaning: Meaning
    #: One code, or the two that sign together, in their order; where these are the same, two
    #: persons hold the function.
    functions: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Difference:
    """What differs between two versions for one legal form, or for representatives."""

    legal_form: str
    added: tuple[Line, ...]
    removed: tuple[Line, ...]


def lines_of(matrix: Matrix) -> frozenset[Line]:
    """Give what a version says, line by line."""
    signing = {
        Line(legal_form=form, meaning=Meaning.SIGN, functions=(function,))
        for form, function in matrix.entries
    }
    together = {
        Line(legal_form=form, meaning=Meaning.SIGN, functions=tuple(sorted(pair)))
        for form, *pair in matrix.joint
    }
    representing = {
        Line(legal_form="", meaning=Meaning.PERMANENT_REPRESENTATIVE, functions=(function,))
        for function in matrix.permanent_representative
    }
    return frozenset(signing | together | representing)


def differences(*, before: frozenset[Line], after: frozenset[Line]) -> tuple[Difference, ...]:
    """Give what the second says that the first does not, and the other way round, by form."""
    added, removed = sorted(after - before), sorted(before - after)
    forms = sorted({line.legal_form for line in (*added, *removed)})
    return tuple(
        Difference(
            legal_form=form,
            added=tuple(line for line in added if line.legal_form == form),
            removed=tuple(line for line in removed if line.legal_form == form),
        )
        for form in forms
    )


def standing(*, version: str, versions: tuple[Matrix, ...], on: datetime.date) -> Standing:
    """Say what a version is on a day, among all that there are."""
    chosen = representation.matrix_on(versions=versions, on=on)
    if chosen is not None and chosen.version == version:
        return Standing.IN_FORCE
    mine = next(each for each in versions if each.version == version)
    return Standing.TO_COME if mine.validity.begins > on else Standing.SET_ASIDE


def last_day(*, version: Matrix, versions: tuple[Matrix, ...]) -> datetime.date | None:
    """Give the last day on which a version can decide; None where nothing ends it.

    It ends with its own end, or the day before a later one begins that lasts at least as long.
    """
    ends = version.validity.ends
    overtaking = [
        each.validity.begins - datetime.timedelta(days=1)
        for each in versions
        if each.validity.begins > version.validity.begins
        and (each.validity.ends is None or (ends is not None and each.validity.ends >= ends))
    ]
    return min([*overtaking, *([ends] if ends is not None else [])], default=None)


def require_loadable(
    *,
    name: str,
    begins: datetime.date,
    lines: frozenset[Line],
    versions: tuple[Matrix, ...],
    on: datetime.date,
) -> None:
    """Require that a version can be added to those there are.

    Raises MatrixNameMissing, MatrixNameTooLong, MatrixNameTaken, MatrixBeginsInPast,
    MatrixBeginTaken and MatrixAdmitsNobody.
    """
    if not name:
        raise MatrixNameMissing(field="name")
    if len(name) > LONGEST_NAME:
        raise MatrixNameTooLong(field="name", longest=LONGEST_NAME)
    if any(each.version.casefold() == name.casefold() for each in versions):
        raise MatrixNameTaken(field="name", name=name)
    if begins < on:
        raise MatrixBeginsInPast(field="begins", earliest=on)
    same_day = next((each for each in versions if each.validity.begins == begins), None)
    if same_day is not None:
        raise MatrixBeginTaken(field="begins", name=same_day.version)
    if all(line.meaning is Meaning.PERMANENT_REPRESENTATIVE for line in lines):
        raise MatrixAdmitsNobody(field="file")


def require_withdrawable(*, begins: datetime.date, source: Source, on: datetime.date) -> None:
    """Require that a version has decided nothing yet; raises MatrixHasBegun.

    One of the register files is refused with MatrixComesWithFiles.
    """
    if begins <= on:
        raise MatrixHasBegun(begins=begins)
    if source is Source.REGISTER_FILES:
        raise MatrixComesWithFiles
