"""The delegation that a step of the history is about, read from its record."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import delegations, labels
from mahis.store import loading
from mahis.store.models import Application

_NUMBER, _DELEGATE, _QUARTERS, _APPLICATION = "delegation", "delegate", "quarters", "application"
#: What a record holds of a delegation.
KEYS = frozenset({_NUMBER, _DELEGATE, _QUARTERS, _APPLICATION})


@dataclasses.dataclass(frozen=True, kw_only=True)
class DelegationHeld:
    """One delegation, as it was recorded."""

    number: int
    delegate: EnterpriseNumber
    quarters: QuarterPeriod
    #: Code of the one application; empty: all of the group.
    application: str
    #: Names as the register has them today; empty until they are looked up.
    delegate_name: str = ""
    application_name: str = ""


def read(record: Mapping[str, Any]) -> DelegationHeld | None:
    """Read the delegation in a record; None where it has none, or none that can be read."""
    try:
        first, last = record[_QUARTERS]
        return DelegationHeld(
            number=int(record[_NUMBER]),
            delegate=EnterpriseNumber.parse(record[_DELEGATE]),
            quarters=QuarterPeriod(Quarter.parse(first), Quarter.parse(last)),
            application=str(record.get(_APPLICATION, "")),
        )
    except (Refused, KeyError, ValueError, TypeError, AttributeError):
        return None


def is_unreadable(record: Mapping[str, Any], found: DelegationHeld | None) -> bool:
    """Say whether a record holds something of a delegation that cannot be read."""
    return found is None and bool(KEYS & record.keys())


def with_names(
    found: Iterable[DelegationHeld | None], *, language: str
) -> tuple[DelegationHeld | None, ...]:
    """Look up the names of delegates and applications, once for all."""
    held = tuple(found)
    there = [each for each in held if each is not None]
    names = loading.names_of(
        {each.delegate for each in there}, language=labels.language_of(language)
    )
    codes = {each.application for each in there if each.application}
    rows = Application.objects.filter(code__in=codes) if codes else ()
    applications = {row.code: delegations.name_of(row, language) for row in rows}
    return tuple(
        None
        if each is None
        else dataclasses.replace(
            each,
            delegate_name=names[each.delegate],
            application_name=applications.get(each.application, each.application),
        )
        for each in held
    )
