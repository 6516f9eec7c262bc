"""Addresses: real municipalities with their postcodes, and streets as every town has them."""

import dataclasses
import random

from mahis.domain.parties import Language


@dataclasses.dataclass(frozen=True, kw_only=True)
class Address:
    """One address, as address.csv writes it: in Dutch and in French."""

    zipcode: str
    municipality_nl: str
    municipality_fr: str
    street_nl: str
    street_fr: str
    house_number: str
    box: str = ""


# Outside Brussels the register writes the local name in both columns.
_TOWNS = {
    Language.DUTCH: (
        "9000 Gent|2000 Antwerpen|3000 Leuven|3500 Hasselt|8000 Brugge|8500 Kortrijk|"
        "2800 Mechelen|9300 Aalst|8400 Oostende|3600 Genk|2300 Turnhout|9100 Sint-Niklaas|"
        "8800 Roeselare|9200 Dendermonde|2500 Lier|1500 Halle|1800 Vilvoorde|3300 Tienen|"
        "8900 Ieper|3290 Diest|9600 Ronse|2440 Geel"
    ),
    Language.FRENCH: (
        "5000 Namur|4000 Liège|6000 Charleroi|7000 Mons|7500 Tournai|1300 Wavre|1400 Nivelles|"
        "4800 Verviers|6700 Arlon|5500 Dinant|7100 La Louvière|4500 Huy|6600 Bastogne|"
        "7700 Mouscron|7800 Ath|5590 Ciney|5030 Gembloux|6900 Marche-en-Famenne|4100 Seraing|"
        "6800 Libramont-Chevigny"
    ),
    Language.GERMAN: (
        "4700 Eupen|4710 Lontzen|4720 Kelmis|4730 Raeren|4750 Bütgenbach|4760 Büllingen|"
        "4770 Amel|4780 Sankt Vith|4790 Burg-Reuland"
    ),
}

_BRUSSELS = (
    ("1000", "Brussel", "Bruxelles"),
    ("1030", "Schaarbeek", "Schaerbeek"),
    ("1040", "Etterbeek", "Etterbeek"),
    ("1050", "Elsene", "Ixelles"),
    ("1060", "Sint-Gillis", "Saint-Gilles"),
    ("1070", "Anderlecht", "Anderlecht"),
    ("1090", "Jette", "Jette"),
    ("1180", "Ukkel", "Uccle"),
    ("1190", "Vorst", "Forest"),
)

_STREETS = {
    Language.DUTCH: (
        "Kerkstraat|Stationsstraat|Molenweg|Dorpsplein|Lindelaan|Nieuwstraat|Schoolstraat|"
        "Kapelstraat|Nijverheidslaan|Beukenlaan|Veldstraat"
    ),
    Language.FRENCH: (
        "Rue de l'Église|Rue de la Gare|Avenue des Tilleuls|Place Communale|Rue du Moulin|"
        "Rue des Écoles|Rue Neuve|Avenue du Parc|Chemin des Prés|Rue du Zoning"
    ),
    Language.GERMAN: "Kirchstraße|Bahnhofstraße|Lindenweg|Marktplatz|Schulstraße|Neustraße",
}

_BRUSSELS_STREETS = (
    ("Parklaan", "Avenue du Parc"),
    ("Nieuwstraat", "Rue Neuve"),
    ("Kerkstraat", "Rue de l'Église"),
    ("Lindelaan", "Avenue des Tilleuls"),
    ("Stationsplein", "Place de la Gare"),
)

_HIGHEST_NUMBER = 240


def address(dice: random.Random, language: Language) -> Address:
    """Invent an address in the area of a language."""
    town = dice.choice(_TOWNS[language].split("|"))
    return in_town(dice, town, language)


def in_town(dice: random.Random, town: str, language: Language) -> Address:
    """Invent an address in a town, written as `9000 Gent`."""
    zipcode, _, name = town.partition(" ")
    street = dice.choice(_STREETS[language].split("|"))
    return Address(
        zipcode=zipcode,
        municipality_nl=name,
        municipality_fr=name,
        street_nl=street,
        street_fr=street,
        house_number=_house_number(dice),
        box=dice.choice(("", "", "", "", "1", "A", "b2")),
    )


def in_brussels(dice: random.Random) -> Address:
    """Invent an address in one of the municipalities of Brussels, which have two names."""
    zipcode, dutch, french = dice.choice(_BRUSSELS)
    street_nl, street_fr = dice.choice(_BRUSSELS_STREETS)
    return Address(
        zipcode=zipcode,
        municipality_nl=dutch,
        municipality_fr=french,
        street_nl=street_nl,
        street_fr=street_fr,
        house_number=_house_number(dice),
    )


def _house_number(dice: random.Random) -> str:
    return str(dice.randint(1, _HIGHEST_NUMBER)) + dice.choice(("", "", "", "", "A", "/2"))
