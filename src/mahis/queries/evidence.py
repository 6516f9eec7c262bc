"""What a step of the history rests on, read from its record with names and labels.

A record that somebody tampered with can hold anything: what cannot be read is said to be so, and
nothing in it stops the rest from being shown.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mahis.domain.documents import RejectionReason
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import MandateReference
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.domain.signing import Method
from mahis.queries import delegation_evidence, labels
from mahis.queries.delegation_evidence import DelegationHeld
from mahis.store import loading

_METHOD, _ASSURANCE, _OFFICES, _END = "method", "assurance", "offices", "end"
_DOCUMENT, _SHA256, _SIGNATURES, _REJECTION = "document", "sha256", "signatures", "rejection"
_HALF_SIGNED, _SUCCESSOR, _REPLACES = "halfSigned", "successor", "replaces"
_CEASED, _LAST_DAY, _EMPLOYER_UNTIL = "ceased", "lastDay", "employerUntil"
_READ_HERE = frozenset(
    {_METHOD, _ASSURANCE, _OFFICES, _END, _DOCUMENT, _SHA256, _SIGNATURES, _REJECTION, _HALF_SIGNED}
    | {_SUCCESSOR, _REPLACES, _CEASED, _LAST_DAY, _EMPLOYER_UNTIL}
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class OfficeHeld:
    """One function by which somebody acted."""

    enterprise: EnterpriseNumber
    enterprise_name: str
    #: Function code of the CBE.
    function: str
    function_name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class SignatureHeld:
    """One party's signature on a document."""

    side: Side
    person_name: str
    #: The functions by which the person signed, from the enterprise to the person.
    offices: tuple[OfficeHeld, ...]
    #: SHA-256 of the certificate, hexadecimal; empty for a signature by hand.
    certificate: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one step rests on."""

    #: How a party signed; None for steps that are no signature.
    method: Method | None = None
    #: Assurance level of the login, as the identity provider names it.
    assurance: str = ""
    #: The functions by which somebody acted, from the enterprise to the person.
    offices: tuple[OfficeHeld, ...] = ()
    #: Number of the document that the step rests on; None where it rests on none.
    document: int | None = None
    #: SHA-256 of that document, hexadecimal.
    sha256: str = ""
    #: The signatures on it by which parties validated.
    signatures: tuple[SignatureHeld, ...] = ()
    #: The parties for which it brought the first of two signatures.
    half_signed: tuple[Side, ...] = ()
    #: Why the office rejected, by the list of reasons; None where it did not.
    rejection: RejectionReason | None = None
    #: The delegation that came or went; None for other steps.
    delegation: DelegationHeld | None = None
    #: End quarter of the mandate after the step.
    end: Quarter | None = None
    #: The newer mandate that took, or was to take, the place of this one.
    successor: MandateReference | None = None
    #: The mandate whose place this one takes, or was to take.
    replaces: MandateReference | None = None
    #: The party that has ceased, and its last day.
    ceased: Side | None = None
    last_day: datetime.date | None = None
    #: The last day of the mandator as an employer.
    employer_until: datetime.date | None = None
    #: Whether the record holds something that cannot be read here.
    unreadable: bool = False


def read_all(records: Sequence[Any], *, language: str) -> tuple[Evidence, ...]:
    """Read the records of several steps; names and labels are looked up once for all."""
    read = [_read(record) for record in records]
    held = [office for each in read for office in each.held]
    names = loading.names_of(
        {enterprise for enterprise, _ in held}, language=labels.language_of(language)
    )
    functions = labels.of_codes(
        category=labels.FUNCTION, codes={function for _, function in held}, language=language
    )

    given = delegation_evidence.with_names(
        [each.evidence.delegation for each in read], language=language
    )

    def named(held: Iterable[_Held]) -> tuple[OfficeHeld, ...]:
        return tuple(_named(held, names, functions))

    return tuple(
        dataclasses.replace(
            each.evidence,
            offices=named(each.offices),
            signatures=tuple(
                dataclasses.replace(signature, offices=named(offices))
                for signature, offices in each.signatures
            ),
            delegation=delegation,
        )
        for each, delegation in zip(read, given, strict=True)
    )


_Held = tuple[EnterpriseNumber, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Read:
    """One record; the offices stand apart, as their names are still to be found."""

    evidence: Evidence
    offices: list[_Held]
    signatures: list[tuple[SignatureHeld, list[_Held]]]

    @property
    def held(self) -> list[_Held]:
        """All offices in it, whoever held them."""
        return [*self.offices, *(office for _, offices in self.signatures for office in offices)]


def _read(record: Any) -> _Read:
    if not isinstance(record, dict):
        return _Read(evidence=Evidence(unreadable=True), offices=[], signatures=[])
    method, end = _method(record.get(_METHOD)), _quarter(record.get(_END))
    document, rejection = _number(record.get(_DOCUMENT)), _rejection(record.get(_REJECTION))
    texts = {name: record.get(name, "") for name in (_ASSURANCE, _SHA256)}
    offices = _offices(record.get(_OFFICES, []))
    signatures = _signatures(record.get(_SIGNATURES, []))
    half_signed = _sides(record.get(_HALF_SIGNED, []))
    found = {
        _METHOD: method,
        _END: end,
        _DOCUMENT: document,
        _REJECTION: rejection,
        _HALF_SIGNED: half_signed,
        _SUCCESSOR: _mandate(record.get(_SUCCESSOR)),
        _REPLACES: _mandate(record.get(_REPLACES)),
        **_of_ceasing(record),
    }
    delegation = delegation_evidence.read(record)
    unreadable = (
        bool(record.keys() - _READ_HERE - delegation_evidence.KEYS)
        or delegation_evidence.is_unreadable(record, delegation)
        or any(name in record and value is None for name, value in found.items())
        or not all(isinstance(text, str) for text in texts.values())
        or offices is None
        or signatures is None
    )
    evidence = Evidence(
        method=method,
        assurance=_text(texts[_ASSURANCE]),
        document=document,
        sha256=_text(texts[_SHA256]),
        half_signed=half_signed or (),
        rejection=rejection,
        end=end,
        successor=_mandate(record.get(_SUCCESSOR)),
        replaces=_mandate(record.get(_REPLACES)),
        ceased=_side(record.get(_CEASED)),
        last_day=_day(record.get(_LAST_DAY)),
        employer_until=_day(record.get(_EMPLOYER_UNTIL)),
        delegation=delegation,
        unreadable=unreadable,
    )
    return _Read(evidence=evidence, offices=offices or [], signatures=signatures or [])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _method(value: Any) -> Method | None:
    return next((method for method in Method if method.value == value), None)


def _rejection(value: Any) -> RejectionReason | None:
    return next((reason for reason in RejectionReason if reason.value == value), None)


def _of_ceasing(record: Mapping[str, Any]) -> dict[str, object]:
    """Read what is recorded where something has ceased."""
    return {
        _CEASED: _side(record.get(_CEASED)),
        _LAST_DAY: _day(record.get(_LAST_DAY)),
        _EMPLOYER_UNTIL: _day(record.get(_EMPLOYER_UNTIL)),
    }


def _side(value: Any) -> Side | None:
    return next((side for side in Side if side.value == value), None)


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _sides(value: Any) -> tuple[Side, ...] | None:
    """Read a list of sides; None where it is none."""
    known = {side.value: side for side in Side}
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return tuple(known[each] for each in value) if known.keys() >= set(value) else None


def _mandate(value: Any) -> MandateReference | None:
    if not isinstance(value, str):
        return None
    try:
        return MandateReference.parse(value)
    except Refused:
        return None


def _quarter(value: Any) -> Quarter | None:
    if not isinstance(value, str):
        return None
    try:
        return Quarter.parse(value)
    except Refused:
        return None


def _signatures(value: Any) -> list[tuple[SignatureHeld, list[_Held]]] | None:
    """Read the list of signatures; None where it is none."""
    if not isinstance(value, list):
        return None
    found = []
    for each in value:
        try:
            signature = SignatureHeld(
                side=Side(each["side"]),
                person_name=str(each["person"]),
                offices=(),
                certificate=str(each.get("certificate", "")),
            )
            offices = _offices(each.get(_OFFICES, []))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        if offices is None:
            return None
        found.append((signature, offices))
    return found


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
