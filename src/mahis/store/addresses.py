"""Where enterprises have their seat, in the lines that letters, forms and screens show."""

from collections.abc import Iterable

from mahis.domain.identifiers import EnterpriseNumber
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


def _best(numbers: Iterable[EnterpriseNumber]) -> dict[EnterpriseNumber, EnterpriseAddress]:
    wanted = {number.as_int: number for number in numbers}
    best: dict[EnterpriseNumber, EnterpriseAddress] = {}
    for row in EnterpriseAddress.objects.filter(entity__in=wanted).order_by("id"):
        number = wanted[row.entity]
        if number not in best or _rank(row) < _rank(best[number]):
            best[number] = row
    return best


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


def _lines(row: EnterpriseAddress | None, language: Language) -> tuple[str, ...]:
    if row is None:
        return ()
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
    lines = (
        " ".join(filter(None, (street, row.house_number, box))),
        row.extra,
        " ".join(filter(None, (row.zipcode, town))),
        country,
    )
    return tuple(line for line in lines if line)
