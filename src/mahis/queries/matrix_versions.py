"""The versions of the representatives matrix: which decides when, what one says, how two differ."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from mahis.domain import matrix_versions
from mahis.domain.changes import Subject
from mahis.domain.matrix_versions import (
    Line,
    MatrixVersionUnknown,
    Source,
    Standing,
)
from mahis.domain.parties import Actor
from mahis.domain.representation import Matrix
from mahis.gateways import matrix_files
from mahis.queries import labels
from mahis.queries.representatives import LabelledCode
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import models
from mahis.store.models import MatrixVersion


@dataclasses.dataclass(frozen=True, kw_only=True)
class Version:
    """One version, without its lines."""

    number: int
    name: str
    begins: datetime.date
    #: The last day on which it decides; None where nothing ends it yet.
    ends: datetime.date | None
    standing: Standing
    #: Whether it is a made-up one.
    illustrative: bool
    source: Source
    #: None where it came with register files.
    loaded_at: datetime.datetime | None
    #: Who loaded it; empty where it was no officer. For officers only.
    loaded_by: str
    #: How many lines it has.
    size: int

    @property
    def can_be_withdrawn(self) -> bool:
        """Say whether it can still be withdrawn here."""
        by_hand = self.source is not Source.REGISTER_FILES
        return by_hand and self.standing is Standing.TO_COME


@dataclasses.dataclass(frozen=True, kw_only=True)
class FormLines:
    """What a version says of one legal form."""

    #: None for what is about every form.
    form: LabelledCode | None
    #: Functions whose holders sign alone, or represent the enterprise elsewhere.
    alone: tuple[LabelledCode, ...]
    #: Functions whose holders sign together.
    together: tuple[tuple[LabelledCode, ...], ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class FormDifference:
    """What differs for one legal form."""

    form: LabelledCode | None
    added: FormLines
    removed: FormLines


@dataclasses.dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A version that was withdrawn before it began."""

    #: Number of the change.
    number: int
    name: str
    at: datetime.datetime
    #: Who withdrew it; empty where it was no officer.
    by: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Exported:
    """A version as a file."""

    name: str
    data: bytes


def all_of_them(*, on: datetime.date) -> tuple[Version, ...]:
    """Give the versions, the one that begins last first."""
    rows = list(MatrixVersion.objects.order_by("-begins", "-pk"))
    known = tuple(row.to_domain() for row in rows)
    return tuple(_version(row, known, on) for row in rows)


def one(*, number: int, on: datetime.date) -> Version:
    """Give a version; raises MatrixVersionUnknown."""
    found = next((each for each in all_of_them(on=on) if each.number == number), None)
    if found is None:
        raise MatrixVersionUnknown
    return found


def by_name(*, name: str, on: datetime.date) -> Version:
    """Give a version by its name; raises MatrixVersionUnknown."""
    found = next((each for each in all_of_them(on=on) if each.name == name), None)
    if found is None:
        raise MatrixVersionUnknown
    return found


def contents(*, number: int, language: str) -> tuple[FormLines, ...]:
    """Give what a version says: of every form first, then form by form, by their labels.

    Raises MatrixVersionUnknown.
    """
    return by_form(said=lines(number=number), language=language)


def by_form(*, said: frozenset[Line], language: str) -> tuple[FormLines, ...]:
    """Arrange lines by legal form, with labels."""
    words = _Words.of(said, language)
    forms = {line.legal_form for line in said}
    return tuple(
        words.of_form(form, [line for line in said if line.legal_form == form])
        for form in sorted(forms, key=words.place)
    )


def compared(*, before: int, after: int, language: str) -> tuple[FormDifference, ...]:
    """Give what differs between two versions; raises MatrixVersionUnknown."""
    found = matrix_versions.differences(before=lines(number=before), after=lines(number=after))
    return labelled(differences=found, language=language)


def labelled(
    *, differences: tuple[matrix_versions.Difference, ...], language: str
) -> tuple[FormDifference, ...]:
    """Give differences with the labels of their codes, by the label of the form."""
    words = _Words.of(
        [line for each in differences for line in (*each.added, *each.removed)], language
    )
    return tuple(
        FormDifference(
            form=words.form(each.legal_form),
            added=words.of_form(each.legal_form, each.added),
            removed=words.of_form(each.legal_form, each.removed),
        )
        for each in sorted(differences, key=lambda each: words.place(each.legal_form))
    )


def exported(*, number: int) -> Exported:
    """Give a version as the file that would load it; raises MatrixVersionUnknown."""
    row = _row(number)
    return Exported(
        name=f"{row.name}.csv",
        data=matrix_files.write(matrix_versions.lines_of(row.to_domain())),
    )


def withdrawn(*, actor: Actor) -> tuple[Withdrawn, ...]:
    """Give the versions that were withdrawn, the last one first; raises OfficersOnly."""
    if not actor.is_officer:
        raise OfficersOnly
    return tuple(
        Withdrawn(number=row.pk, name=row.key, at=row.at, by=row.person_name, reason=row.reason)
        for row in _withdrawals().order_by("-at")
    )


def exported_withdrawn(*, actor: Actor, number: int) -> Exported:
    """Give what a withdrawn version said, by the number of its withdrawal.

    Raises OfficersOnly and MatrixVersionUnknown.
    """
    if not actor.is_officer:
        raise OfficersOnly
    row = _withdrawals().filter(pk=number).first()
    if row is None:
        raise MatrixVersionUnknown
    return Exported(name=f"{row.key}.csv", data=str(row.before["lines"]).encode())


def _withdrawals() -> QuerySet[models.Change]:
    return models.Change.objects.filter(subject=Subject.MATRIX, act="withdrawn")


def _row(number: int) -> MatrixVersion:
    row = MatrixVersion.objects.filter(pk=number).first()
    if row is None:
        raise MatrixVersionUnknown
    return row


def lines(*, number: int) -> frozenset[Line]:
    """Give what a version says, line by line; raises MatrixVersionUnknown."""
    return matrix_versions.lines_of(_row(number).to_domain())


def _version(row: MatrixVersion, known: tuple[Matrix, ...], on: datetime.date) -> Version:
    mine = next(each for each in known if each.version == row.name)
    return Version(
        number=row.pk,
        name=row.name,
        begins=row.begins,
        ends=matrix_versions.last_day(version=mine, versions=known),
        standing=matrix_versions.standing(version=row.name, versions=known, on=on),
        illustrative=row.illustrative,
        source=row.source,
        loaded_at=row.loaded_at,
        loaded_by=row.loaded_by,
        size=len(matrix_versions.lines_of(mine)),
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Words:
    """The labels of the codes in some lines."""

    forms: dict[str, str]
    functions: dict[str, str]

    @classmethod
    def of(cls, said: Iterable[Line], language: str) -> "_Words":
        """Look up the labels of all codes at once."""
        read = list(said)
        return cls(
            forms=labels.of_legal_forms(
                codes={line.legal_form for line in read} - {""}, language=language
            ),
            functions=labels.of_codes(
                category=labels.FUNCTION,
                codes={function for line in read for function in line.functions},
                language=language,
            ),
        )

    def form(self, code: str) -> LabelledCode | None:
        """Give a legal form; None for what is about all of them."""
        return LabelledCode(code=code, label=self.forms[code]) if code else None

    def place(self, code: str) -> tuple[str, str]:
        """Give what forms are sorted by: their labels, what is about all of them first."""
        return (self.forms[code].casefold() if code else "", code)

    def of_form(self, code: str, said: Iterable[Line]) -> FormLines:
        """Arrange the lines of one form."""
        read = list(said)
        return FormLines(
            form=self.form(code),
            alone=tuple(self._sorted(each.functions[0] for each in read if not _pairs(each))),
            together=tuple(
                sorted(
                    (tuple(self._sorted(each.functions)) for each in read if _pairs(each)),
                    key=lambda pair: [each.label.casefold() for each in pair],
                )
            ),
        )

    def _sorted(self, codes: Iterable[str]) -> list[LabelledCode]:
        named = (LabelledCode(code=code, label=self.functions[code]) for code in codes)
        return sorted(named, key=lambda each: (each.label.casefold(), each.code))


def _pairs(line: Line) -> bool:
    return len(line.functions) > 1
