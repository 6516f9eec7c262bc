"""Withdrawing a version of the representatives matrix before it begins (R1, N2)."""

import datetime

from mahis.domain import matrix_versions
from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits
from mahis.domain.matrix_versions import MatrixVersionUnknown
from mahis.domain.parties import Actor
from mahis.store.models import MatrixVersion
from mahis.usecases import _changes, load_matrix
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def withdraw(
    *,
    actor: Actor | None,
    name: str,
    reason: str,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Withdraw a version that has decided nothing yet; the one before it goes on.

    Every line of it stays in the record of changes. `actor` None: the operator. Raises
    OnlyOfficersLoadMatrix, MatrixVersionUnknown, MatrixHasBegun, MatrixComesWithFiles,
    ReasonMissing and ReasonTooLong.
    """
    load_matrix.require_managing_officer(actor)
    load_matrix.alone()
    row = MatrixVersion.objects.select_for_update().filter(name=name).first()
    if row is None:
        raise MatrixVersionUnknown
    matrix_versions.require_withdrawable(begins=row.begins, source=row.source, on=on)
    load_matrix.require_reason(reason, actor=actor, limits=limits)
    _changes.write(
        subject=Subject.MATRIX,
        key=row.name,
        act="withdrawn",
        at=at,
        kind=load_matrix.kind_of(actor),
        actor=actor,
        reason=reason,
        before=load_matrix.described(row),
    )
    row.delete()
