"""Where enterprises have their seat, in the lines that letters, forms and screens show."""

import dataclasses
from collections.abc import Iterable

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.letters import AddressProblem, PostalAddress
from mahis.domain.parties import Language
from mahis.store.models import Enterprise, EnterpriseAddress

# Seat first, then the oldest active establishment, then whatever the register has.
_KINDS = ("REGO", "OBAD")
#: How the post writes a box, by the language of the address.
_BOX = {Language.DUTCH: "bus", Language.FRENCH: "bte"}


def of_enterprises(
    rows: Iterable[Enterprise], *, language: Language
) -> dict[EnterpriseNumber, tuple[str, ...]]:
    """Give the lines of the address of each enterprise; none where the register has no address."""
    known = {row.number: row for row in rows}
    best = _best(known)
    return {
        number: _lines(best.get(number), _language_for(language, row))
        for number, row in known.items()
    }


def postal(
    rows: Iterable[Enterprise], *, language: Language
) -> dict[EnterpriseNumber, PostalAddress | AddressProblem]:
    """Give the address by which the post finds each enterprise, or why it would not."""
    known = {row.number: row for row in rows}
    found = _all(known)
    return {
        number: _postal(found[number], _language_for(language, row))
        for number, row in known.items()
    }


def _best(numbers: Iterable[EnterpriseNumber]) -> dict[EnterpriseNumber, EnterpriseAddress]:
    return {number: rows[0] for number, rows in _all(numbers).items() if rows}


def _all(numbers: Iterable[EnterpriseNumber]) -> dict[EnterpriseNumber, list[EnterpriseAddress]]:
    """Give all addresses of each enterprise, the best one first."""
    wanted = {number.as_int: number for number in numbers}
    found: dict[EnterpriseNumber, list[EnterpriseAddress]] = {
        number: [] for number in wanted.values()
    }
    for row in EnterpriseAddress.objects.filter(entity__in=wanted).order_by("id"):
        found[wanted[row.entity]].append(row)
    return {number: sorted(rows, key=_rank) for number, rows in found.items()}


def _rank(row: EnterpriseAddress) -> tuple[bool, int]:
    known = row.kind in _KINDS
    return (
        row.struck_off_on is not None,
        _KINDS.index(row.kind) if known else len(_KINDS),
    )


def _language_for(spoken: Language, row: Enterprise) -> Language:
    """Choose between the two languages that the register has addresses in."""
    for language in (spoken, row.language):
        if language in _BOX:
            return language
    return Language.FRENCH


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Parts:
    """The parts of an address in one language; any may be empty."""

    street: str
    extra: str
    town: str
    country: str


def _lines(row: EnterpriseAddress | None, language: Language) -> tuple[str, ...]:
    if row is None:
        return ()
    parts = _parts(row, language)
    return tuple(filter(None, (parts.street, parts.extra, parts.town, parts.country)))


def _postal(rows: list[EnterpriseAddress], language: Language) -> PostalAddress | AddressProblem:
    if not rows:
        return AddressProblem.MISSING
    holding = [row for row in rows if row.struck_off_on is None]
    if not holding:
        return AddressProblem.STRUCK_OFF
    for parts in (_parts(row, language) for row in holding):
        if parts.town and (parts.street or parts.extra):
            # The post wants building and floor above the street, and countries in capitals.
            lines = (parts.extra, parts.street, parts.town, parts.country.upper())
            return PostalAddress(lines=tuple(filter(None, lines)), abroad=bool(parts.country))
    return AddressProblem.INCOMPLETE


def _parts(row: EnterpriseAddress, language: Language) -> _Parts:
    french = language is Language.FRENCH
    street, town, country = (
        (in_french or in_dutch) if french else (in_dutch or in_french)
        for in_french, in_dutch in (
            (row.street_fr, row.street_nl),
            (row.municipality_fr, row.municipality_nl),
            (row.country_fr, row.country_nl),
        )
    )
    box = f"{_BOX[language]} {row.box}" if row.box else ""
    return _Parts(
        street=" ".join(filter(None, (street, row.house_number, box))),
        extra=row.extra,
        town=" ".join(filter(None, (row.zipcode, town))),
        country=country,
    )
