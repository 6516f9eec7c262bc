"""Groups and applications as records, as columns and as changes keep them, and who keeps which."""

import datetime
from collections.abc import Iterable, Mapping

from mahis.domain.changes import Subject
from mahis.domain.groups import Validity
from mahis.domain.lifecycle import Kind
from mahis.domain.mandate import EXPIRING_STATES, HOLDING_STATES, State
from mahis.domain.parties import Language
from mahis.domain.reference_data import ApplicationRecord, GroupRecord, Resting
from mahis.store.models import Application, ApplicationGroup, Change, Mandate
from mahis.store.shown_state import shows

#: The change by which an officer lets the files of the register decide again.
HANDED_BACK = "handedBack"


def group_record(row: ApplicationGroup) -> GroupRecord:
    """Give all that is kept of a group."""
    return GroupRecord(
        code=row.code,
        branch=row.branch,
        single_mandatary=row.single_mandatary,
        employers_only=row.employers_only,
        position=row.position,
        names=names_of(row),
        validity=Validity(row.begins, row.ends),
    )


def application_record(row: Application) -> ApplicationRecord:
    """Give all that is kept of an application."""
    return ApplicationRecord(code=row.code, names=names_of(row))


def group_columns(record: GroupRecord) -> dict[str, object]:
    """Give the columns of a group, without its code."""
    return {
        "branch": record.branch,
        "single_mandatary": record.single_mandatary,
        "employers_only": record.employers_only,
        "position": record.position,
        "begins": record.validity.begins,
        "ends": record.validity.ends,
        **name_columns(record.names),
    }


def name_columns(names: Mapping[Language, str]) -> dict[str, object]:
    """Give the columns that hold names."""
    return {f"name_{language.value}": names[language] for language in Language}


def of_group(record: GroupRecord) -> dict[str, object]:
    """Give a group as changes keep it."""
    ends = record.validity.ends
    return {
        **_name_facts(record.names),
        "branch": record.branch.value,
        "singleMandatary": record.single_mandatary,
        "employersOnly": record.employers_only,
        "position": record.position,
        "begins": record.validity.begins.isoformat(),
        "ends": None if ends is None else ends.isoformat(),
    }


def of_application(record: ApplicationRecord) -> dict[str, object]:
    """Give an application as changes keep it."""
    return _name_facts(record.names)


def kept_by_office(subject: Subject, codes: Iterable[str] | None = None) -> frozenset[str]:
    """Give the groups, or the applications, that an officer has changed and not handed back.

    Files of the register leave them as they are.
    """
    rows = Change.objects.filter(subject=subject, kind=Kind.OFFICER)
    if codes is not None:
        rows = rows.filter(key__in=list(codes))
    last = dict(rows.order_by("key", "number").values_list("key", "act"))
    return frozenset(key for key, act in last.items() if act != HANDED_BACK)


def resting_on(group: ApplicationGroup, *, on: datetime.date) -> Resting:
    """Count the mandates that name a group, by what they still are on a day."""
    named = Mandate.objects.filter(group=group)
    holding = named.filter(shows(HOLDING_STATES - {State.CLOSED}, on=on)).count()
    unfinished = EXPIRING_STATES | {State.TO_BE_VALIDATED}
    waiting = named.filter(shows(unfinished, on=on)).count()
    total = named.count()
    return Resting(holding=holding, unfinished=waiting, over=total - holding - waiting)


def names_of(row: ApplicationGroup | Application) -> dict[Language, str]:
    """Give the names of a group or an application by language."""
    return {
        Language.FRENCH: row.name_fr,
        Language.DUTCH: row.name_nl,
        Language.GERMAN: row.name_de,
        Language.ENGLISH: row.name_en,
    }


def _name_facts(names: Mapping[Language, str]) -> dict[str, object]:
    return {f"name{language.value.capitalize()}": names[language] for language in Language}
