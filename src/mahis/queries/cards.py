"""What screens show of an enterprise: number, name, seat, legal form and qualities on a day."""

import dataclasses
import datetime
from collections.abc import Iterable

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import ActivityPeriod, Language, Party, ProviderStatus
from mahis.queries import labels
from mahis.store import loading
from mahis.store.models import Employer, Enterprise, EnterpriseAddress

# Seat first, then the oldest active establishment, then whatever the register has.
_ADDRESS_KINDS = ("REGO", "OBAD")
#: How the post writes a box, by the language of the address.
_BOX = {Language.DUTCH: "bus", Language.FRENCH: "bte"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyCard:
    """One enterprise as screens show it."""

    number: EnterpriseNumber
    name: str
    #: Lines of the seat's address; empty where the register has none.
    address: tuple[str, ...]
    #: Label of the legal form; empty for natural persons.
    legal_form: str
    activity: ActivityPeriod
    is_employer: bool
    provider: ProviderStatus
    #: Language for letters and documents; None where the register does not tell.
    language: Language | None

    @property
    def ceased_on(self) -> datetime.date | None:
        """The day from which the enterprise has ceased; None while no end is known."""
        return self.activity.ceased_on

    @property
    def party(self) -> Party:
        """The enterprise as the rules know it."""
        return Party(
            number=self.number,
            name=self.name,
            activity=self.activity,
            is_employer=self.is_employer,
            provider=self.provider,
        )


def of_enterprises(
    numbers: Iterable[EnterpriseNumber], *, on: datetime.date, language: str
) -> dict[EnterpriseNumber, PartyCard]:
    """Give the cards of those enterprises that the register knows, in the order of `numbers`."""
    wanted = list(dict.fromkeys(numbers))
    rows = {row.number: row for row in Enterprise.objects.filter(number__in=wanted)}
    spoken = labels.language_of(language)
    names = loading.names_of(rows, language=spoken)
    employers = set(
        Employer.objects.filter(loading.in_force(on), enterprise__in=rows).values_list(
            "enterprise", flat=True
        )
    )
    providers = loading.provider_statuses(rows, on=on)
    addresses = _addresses(rows)
    forms = labels.of_legal_forms(
        codes={_form(row) for row in rows.values()} - {""}, language=language
    )
    return {
        number: PartyCard(
            number=number,
            name=names[number],
            address=_lines(addresses.get(number), _address_language(spoken, rows[number])),
            legal_form=forms.get(_form(rows[number]), ""),
            activity=rows[number].activity,
            is_employer=number in employers,
            provider=providers[number],
            language=rows[number].language,
        )
        for number in wanted
        if number in rows
    }


def _form(row: Enterprise) -> str:
    return row.legal_form_cac or row.legal_form


def _addresses(numbers: Iterable[EnterpriseNumber]) -> dict[EnterpriseNumber, EnterpriseAddress]:
    wanted = {number.as_int: number for number in numbers}
    best: dict[EnterpriseNumber, EnterpriseAddress] = {}
    for row in EnterpriseAddress.objects.filter(entity__in=wanted).order_by("id"):
        number = wanted[row.entity]
        if number not in best or _address_rank(row) < _address_rank(best[number]):
            best[number] = row
    return best


def _address_rank(row: EnterpriseAddress) -> tuple[bool, int]:
    known = row.kind in _ADDRESS_KINDS
    return (
        row.struck_off_on is not None,
        _ADDRESS_KINDS.index(row.kind) if known else len(_ADDRESS_KINDS),
    )


def _address_language(spoken: Language, row: Enterprise) -> Language:
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
