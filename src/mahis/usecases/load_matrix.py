"""Loading a version of the representatives matrix: checked first, then for good (R1, N2)."""

import dataclasses
import datetime

from django.db import connection

from mahis.domain import matrix_versions, representation
from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits, ReasonMissing, ReasonTooLong
from mahis.domain.lifecycle import Kind
from mahis.domain.matrix_versions import (
    Difference,
    Line,
    MatrixCodesUnknown,
    OnlyOfficersLoadMatrix,
    Source,
)
from mahis.domain.parties import Actor
from mahis.domain.representation import NATURAL_PERSON, Matrix
from mahis.gateways import matrix_files
from mahis.store.models import MatrixVersion, RegisterCode
from mahis.usecases import _changes
from mahis.usecases._transaction import in_one_transaction

#: Held while versions are added or withdrawn, so that no two of them begin on the same day.
_LOCK = 0x6D6174726978
_FORMS, _FUNCTIONS = "JuridicalForm", "Function"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Loading:
    """A version as somebody wants to load it."""

    name: str
    begins: datetime.date
    illustrative: bool
    #: The file, as `matrix_files` reads it.
    data: bytes = dataclasses.field(repr=False)
    reason: str = ""
    #: Whether codes that the code lists do not know are meant so.
    with_unknown_codes: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Report:
    """What loading a version would do."""

    lines: frozenset[Line]
    #: Legal forms and functions that the code lists do not know.
    unknown_forms: tuple[str, ...]
    unknown_functions: tuple[str, ...]
    #: Name of the version that would decide on that day otherwise; empty where none would.
    before: str
    differences: tuple[Difference, ...]
    #: The last day before a version that is there already takes over; None: until another comes.
    until: datetime.date | None

    @property
    def unknown(self) -> tuple[str, ...]:
        """All codes that the code lists do not know."""
        return (*self.unknown_forms, *self.unknown_functions)


def check(*, actor: Actor | None, loading: Loading, limits: Limits, on: datetime.date) -> Report:
    """Say what loading a version would do, without doing it; `actor` None: the operator.

    Raises OnlyOfficersLoadMatrix, the refusals of `matrix_files.read` and of `require_loadable`,
    ReasonMissing and ReasonTooLong.
    """
    require_managing_officer(actor)
    versions = tuple(row.to_domain() for row in MatrixVersion.objects.all())
    lines = matrix_files.read(loading.data)
    matrix_versions.require_loadable(
        name=loading.name, begins=loading.begins, lines=lines, versions=versions, on=on
    )
    require_reason(loading.reason, actor=actor, limits=limits)
    before = representation.matrix_on(versions=versions, on=loading.begins)
    return Report(
        lines=lines,
        unknown_forms=_unknown(_FORMS, {line.legal_form for line in lines} - {"", NATURAL_PERSON}),
        unknown_functions=_unknown(
            _FUNCTIONS, {function for line in lines for function in line.functions}
        ),
        before="" if before is None else before.version,
        differences=matrix_versions.differences(
            before=frozenset() if before is None else matrix_versions.lines_of(before),
            after=lines,
        ),
        until=matrix_versions.last_day(version=_wanted(loading), versions=versions),
    )


@in_one_transaction
def load(
    *,
    actor: Actor | None,
    loading: Loading,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    """Load a version; gives the number of its row.

    Raises what `check` raises, and MatrixCodesUnknown where there are such codes and they are not
    said to be meant so.
    """
    alone()
    report = check(actor=actor, loading=loading, limits=limits, on=on)
    if report.unknown and not loading.with_unknown_codes:
        raise MatrixCodesUnknown(field="with_unknown_codes", codes=", ".join(report.unknown))
    source = Source.OPERATOR if actor is None else Source.OFFICER
    row = MatrixVersion(
        name=loading.name,
        begins=loading.begins,
        illustrative=loading.illustrative,
        source=source,
        loaded_at=at,
        loaded_by="" if actor is None else actor.person.name,
    )
    row.take(report.lines)
    row.save()
    _changes.write(
        subject=Subject.MATRIX,
        key=loading.name,
        act="loaded",
        at=at,
        kind=kind_of(actor),
        actor=actor,
        reason=loading.reason,
        after=described(row),
    )
    return row.pk


def described(row: MatrixVersion) -> dict[str, object]:
    """Give a version as the record of changes keeps it: with every line, so that none is lost."""
    return {
        "begins": row.begins.isoformat(),
        "ends": None if row.ends is None else row.ends.isoformat(),
        "illustrative": row.illustrative,
        "source": row.source.value,
        "lines": matrix_files.write(matrix_versions.lines_of(row.to_domain())).decode(),
    }


def require_managing_officer(actor: Actor | None) -> None:
    """Require an officer who manages, or the operator; raises OnlyOfficersLoadMatrix."""
    if actor is not None and not (actor.is_officer and actor.manages):
        raise OnlyOfficersLoadMatrix


def require_reason(reason: str, *, actor: Actor | None, limits: Limits) -> None:
    """Require a reason of an officer; raises ReasonMissing and ReasonTooLong."""
    if actor is not None and not reason:
        raise ReasonMissing(field="reason")
    if len(reason) > limits.longest_reason:
        raise ReasonTooLong(field="reason", longest=limits.longest_reason)


def kind_of(actor: Actor | None) -> Kind:
    """Say what kind of doer stands behind the act."""
    return Kind.REGISTER if actor is None else Kind.OFFICER


def alone() -> None:
    """Let nobody else add or withdraw a version until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _unknown(category: str, codes: set[str]) -> tuple[str, ...]:
    known = RegisterCode.objects.filter(category=category, code__in=codes)
    return tuple(sorted(codes - set(known.values_list("code", flat=True))))


def _wanted(loading: Loading) -> Matrix:
    """Give the version as the rules see it, for its days alone."""
    return MatrixVersion(name=loading.name, begins=loading.begins).to_domain()
