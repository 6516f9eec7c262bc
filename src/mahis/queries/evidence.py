"""What a step of the history rests on, read from its record with names and labels.

A record that somebody tampered with can hold anything: what cannot be read is said to be so, and
nothing in it stops the rest from being shown.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.domain.signing import Method
from mahis.queries import labels
from mahis.store import loading

_METHOD, _ASSURANCE, _OFFICES, _END = "method", "assurance", "offices", "end"
_READ_HERE = frozenset({_METHOD, _ASSURANCE, _OFFICES, _END})


@dataclasses.dataclass(frozen=True, kw_only=True)
class OfficeHeld:
    """One function by which somebody acted."""

    enterprise: EnterpriseNumber
    enterprise_name: str
    #: Function code of the CBE.
    function: str
    function_name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one step rests on."""

    #: How a party signed; None for steps that are no signature.
    method: Method | None = None
    #: Assurance level of the login, as the identity provider names it.
    assurance: str = ""
    #: The functions by which somebody acted, from the enterprise to the person.
    offices: tuple[OfficeHeld, ...] = ()
    #: End quarter of the mandate after the step.
    end: Quarter | None = None
    #: Whether the record holds something that cannot be read here.
    unreadable: bool = False


def read_all(records: Sequence[Any], *, language: str) -> tuple[Evidence, ...]:
    """Read the records of several steps; names and labels are looked up once for all."""
    read = [_read(record) for record in records]
    held = [office for _, offices in read for office in offices]
    names = loading.names_of(
        {enterprise for enterprise, _ in held}, language=labels.language_of(language)
    )
    functions = labels.of_codes(
        category=labels.FUNCTION, codes={function for _, function in held}, language=language
    )
    return tuple(
        dataclasses.replace(evidence, offices=tuple(_named(offices, names, functions)))
        for evidence, offices in read
    )


_Held = tuple[EnterpriseNumber, str]


def _read(record: Any) -> tuple[Evidence, list[_Held]]:
    """Read one record; the offices come apart, as names are still to be found."""
    if not isinstance(record, dict):
        return Evidence(unreadable=True), []
    method, end = _method(record.get(_METHOD)), _quarter(record.get(_END))
    assurance = record.get(_ASSURANCE, "")
    offices = _offices(record.get(_OFFICES, []))
    unreadable = (
        bool(record.keys() - _READ_HERE)
        or (method is None and _METHOD in record)
        or (end is None and _END in record)
        or not isinstance(assurance, str)
        or offices is None
    )
    evidence = Evidence(
        method=method,
        assurance=assurance if isinstance(assurance, str) else "",
        end=end,
        unreadable=unreadable,
    )
    return evidence, offices or []


def _method(value: Any) -> Method | None:
    return next((method for method in Method if method.value == value), None)


def _quarter(value: Any) -> Quarter | None:
    if not isinstance(value, str):
        return None
    try:
        return Quarter.parse(value)
    except Refused:
        return None


def _offices(value: Any) -> list[_Held] | None:
    """Read the list of offices; None where it is none."""
    if not isinstance(value, list):
        return None
    try:
        return [
            (EnterpriseNumber.parse(each["enterprise"]), str(each["function"])) for each in value
        ]
    except (Refused, KeyError, TypeError, AttributeError):
        return None


def _named(
    held: Iterable[_Held],
    names: Mapping[EnterpriseNumber, str],
    functions: Mapping[str, str],
) -> Iterable[OfficeHeld]:
    for enterprise, function in held:
        yield OfficeHeld(
            enterprise=enterprise,
            enterprise_name=names[enterprise],
            function=function,
            function_name=functions[function],
        )
