"""Contents of forms: an ordinary one, and the longest that anybody could have."""

import csv
import dataclasses
import datetime
from collections.abc import Collection

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.gateways.pdf_forms import FormContent, PartyText, ShownValidation
from tests.house.sources import ROOT

MADE_AT = datetime.datetime(2026, 11, 26, 10, 19, 5, tzinfo=datetime.UTC)
EID = "urn:be:fedict:iam:fas:Level500"
_GROUPS = ROOT / "src/mahis/standins/register/reference/groups.csv"
_LONG_NAMES = {
    Side.MANDATOR: "Vlaamse Vereniging voor de Ondersteuning van Kleine en Middelgrote"
    " Ondernemingen in de Voedingsnijverheid, Horeca en Aanverwante Sectoren van de Provincies"
    " Oost-Vlaanderen en West-Vlaanderen, Coöperatieve",
    Side.MANDATARY: "Secrétariat Social Agréé pour les Entreprises Artisanales, Commerciales et"
    " Industrielles de la Région de Bruxelles-Capitale, du Brabant Wallon, du Hainaut et de la"
    " Province de Namur et du Luxembourg ASBL",
}
_LONG_ADDRESS = (
    "Résidence du Parc de la Woluwe, bâtiment administratif B, 4e étage",
    "Avenue des Combattants de la Guerre 1914-1918 1234 boîte 0405",
    "1410 Waterloo (Brabant wallon)",
    "Province du Brabant wallon",
    "Belgique / België / Belgien",
)


def ordinary(
    language: Language = Language.FRENCH, *, validated: Collection[Side] = ()
) -> FormContent:
    """Make the content of an ordinary form."""
    return FormContent(
        language=language,
        reference=AuthorisationReference(2026, 1234),
        number=3,
        parties={
            Side.MANDATOR: PartyText(
                number="0123.456.749",
                name="Bakkerij De Korenbloem BV",
                address=("Kerkstraat 12 bus 3", "9000 Gent"),
            ),
            Side.MANDATARY: PartyText(
                number="0412.345.678",
                name="Sociaal Bureau Vandamme & Zonen",
                address=("Rue des Épinettes 7", "4000 Liège"),
            ),
        },
        groups=tuple(groups(language)[:2]),
        period=QuarterPeriod(Quarter.of(2027, 1)),
        validated={
            side: (ShownValidation(person_name="Eva Peeters", at=MADE_AT, assurance=EID),)
            for side in validated
        },
        made_at=MADE_AT,
    )


def longest(
    language: Language = Language.FRENCH, *, validated: Collection[Side] = ()
) -> FormContent:
    """Make a content with names of 200 characters, long addresses and all groups of the demo."""
    person = "Marie-Antoinette Joséphine Bernadette van den Broeck de Montmorency-Luxembourg"
    usual = ordinary(language, validated=validated)
    return dataclasses.replace(
        usual,
        parties={
            side: PartyText(number=party.number, name=_name(side), address=_LONG_ADDRESS)
            for side, party in usual.parties.items()
        },
        groups=tuple(groups(language)),
        period=QuarterPeriod(Quarter.of(2027, 1), Quarter.of(2028, 4)),
        validated={
            side: tuple(dataclasses.replace(each, person_name=person) for each in shown)
            for side, shown in usual.validated.items()
        },
    )


def named(name: str, **changes: object) -> FormContent:
    """Make an ordinary content with another name for the mandator."""
    usual = ordinary(**changes)  # type: ignore[arg-type]
    party = dataclasses.replace(usual.parties[Side.MANDATOR], name=name)
    return dataclasses.replace(usual, parties={**usual.parties, Side.MANDATOR: party})


def groups(language: Language) -> list[str]:
    """Give the names of all groups of the demo."""
    with _GROUPS.open(encoding="utf-8", newline="") as file:
        return [row[f"Name{language.value.upper()}"] for row in csv.DictReader(file)]


def _name(side: Side) -> str:
    name = _LONG_NAMES[side]
    return f"{name} {'en Partners ' * 10}"[:200].rstrip().ljust(200, "s")
