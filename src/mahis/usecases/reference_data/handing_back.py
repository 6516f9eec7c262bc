"""Let the register's files decide about a group or an application again."""

import datetime

from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits
from mahis.domain.reference_data import NothingChanges
from mahis.store import reference_facts
from mahis.usecases._transaction import in_one_transaction
from mahis.usecases.reference_data import _keeping
from mahis.usecases.reference_data._keeping import Why


@in_one_transaction
def hand_back(
    *,
    subject: Subject,
    code: str,
    why: Why,
    limits: Limits,
    at: datetime.datetime | None,
) -> None:
    """Hand a group or an application back to the files; without a moment, only check.

    Nothing changes until the next import. Raises OnlyOfficersKeep, ReferenceUnknown, ThingChanged,
    NothingChanges where files decide already, or what is wrong with the reason.
    """
    _keeping.begin(why, limits)
    if subject is Subject.GROUP:
        _keeping.locked_group(code, version=why.version)
    else:
        _keeping.locked_application(code, version=why.version)
    if code not in reference_facts.kept_by_office(subject):
        raise NothingChanges
    if at is not None:
        _keeping.record(subject=subject, key=code, act=reference_facts.HANDED_BACK, why=why, at=at)
