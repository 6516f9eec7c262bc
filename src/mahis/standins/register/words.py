"""Invented names: families, given names, trades and signboards in three languages."""

import random

from mahis.domain.parties import Language

_FAMILIES = {
    Language.DUTCH: (
        "Wilgen Kraan Linde Zwaluw Merel Vinken Eiken Riet Heide Molen Sterre Zonne Klaver Egel",
        "aar veld meers hof oord donk brink wiek dal man",
    ),
    Language.FRENCH: (
        "Font Beau Val Clair Roche Mont Belle Haut Grand Cham Fleur Mar Tour Ver Pré",
        "amont chardon roux brume villard lange serin tilleau ardois mésange noyer sorbier",
    ),
    Language.GERMAN: (
        "Tannen Bach Raben Silber Wald Linden Falken Birken Moos Mühl",
        "fels wieser stein ecker horst brunn hagen thaler",
    ),
}

_GIVEN = {
    Language.DUTCH: (
        "Bram Katrien Wout Lotte Joris Hanne Pieter Sofie Dirk Annelies Koen Griet Tom Ilse "
        "Bart Els Stijn Leen Jef Nele"
    ),
    Language.FRENCH: (
        "Claire Luc Élise Marc Sophie Benoît Amélie Thierry Chloé Hugues Inès Gilles Nathalie "
        "Rémy Sabine Olivier Céline Yves Manon Xavier"
    ),
    Language.GERMAN: "Greta Klaus Anja Dieter Heike Jürgen Ute Rolf Petra Uwe",
}

#: Activity code of NACE-BEL 2025, and the trade as signboards name it.
_TRADES = {
    "10712": {"nl": "Bakkerij", "fr": "Boulangerie", "de": "Bäckerei"},
    "41001": {"nl": "Bouwwerken", "fr": "Constructions", "de": "Hochbau"},
    "43211": {"nl": "Elektro", "fr": "Électricité", "de": "Elektro"},
    "43221": {"nl": "Sanitair", "fr": "Plomberie", "de": "Sanitär"},
    "43320": {"nl": "Schrijnwerk", "fr": "Menuiserie", "de": "Tischlerei"},
    "47110": {"nl": "Buurtwinkel", "fr": "Épicerie", "de": "Dorfladen"},
    "49410": {"nl": "Transport", "fr": "Transports", "de": "Spedition"},
    "56111": {"nl": "Restaurant", "fr": "Restaurant", "de": "Gasthaus"},
    "62100": {"nl": "Software", "fr": "Logiciels", "de": "Software"},
    "73110": {"nl": "Studio", "fr": "Atelier graphique", "de": "Werbestudio"},
    "81210": {"nl": "Schoonmaak", "fr": "Nettoyage", "de": "Reinigung"},
    "86230": {"nl": "Tandartsenpraktijk", "fr": "Cabinet dentaire", "de": "Zahnarztpraxis"},
    "95311": {"nl": "Garage", "fr": "Garage", "de": "Autowerkstatt"},
    "96210": {"nl": "Kapsalon", "fr": "Coiffure", "de": "Friseur"},
    "01130": {"nl": "Groentekwekerij", "fr": "Maraîchage", "de": "Gemüsebau"},
    "31009": {"nl": "Meubelmakerij", "fr": "Ébénisterie", "de": "Möbelwerkstatt"},
}

#: What providers of social services call themselves; 69202 is bookkeeping and tax advice.
PROVIDER_ACTIVITY = "69202"
_PROVIDERS = {
    "nl": ("Accountantskantoor", "Loonkantoor", "Fiduciaire", "Boekhoudkantoor"),
    "fr": ("Fiduciaire", "Cabinet comptable", "Bureau de paie", "Comptabilité"),
    "de": ("Steuerkanzlei", "Lohnbüro", "Treuhand", "Buchhaltung"),
}

#: What clubs, homes and schools call themselves, for associations.
ASSOCIATION_ACTIVITY = "94999"
_ASSOCIATIONS = {
    "nl": ("Buurthuis", "Jeugdhuis", "Sportclub", "Woonzorgcentrum", "Natuurvereniging"),
    "fr": ("Maison de quartier", "Maison de jeunes", "Club sportif", "Résidence", "Chorale"),
    "de": ("Nachbarschaftshaus", "Jugendheim", "Sportverein", "Seniorenheim", "Musikverein"),
}

_SIGNS = {
    "nl": (
        "De Gouden Klaver", "Het Zwarte Veulen", "De Drie Egels", "De Zilveren Reiger",
        "De Blauwe Vink", "Het Groene Anker", "De Zeven Beuken", "De Witte Uil",
    ),
    "fr": (
        "Au Merle Argenté", "Les Sept Tilleuls", "Le Renard Bleu", "Aux Trois Chardons",
        "La Mésange Dorée", "Le Vieux Sorbier", "Les Quatre Ardoises", "La Loutre Blanche",
    ),
    "de": (
        "Zum Silbernen Reh", "Drei Tannen", "Zum Blauen Falken", "Sieben Linden",
        "Zur Alten Mühle", "Zum Weißen Dachs",
    ),
}  # fmt: skip


def family_name(dice: random.Random, language: Language) -> str:
    """Invent a family name as it could sound in a language."""
    beginnings, endings = (part.split() for part in _FAMILIES[language])
    name = dice.choice(beginnings) + dice.choice(endings)
    if language is Language.DUTCH:
        return dice.choice(("", "", "Van ", "De ", "Van der ")) + name
    return name


def given_name(dice: random.Random, language: Language) -> str:
    """Choose a given name."""
    return dice.choice(_GIVEN[language].split())


def business(dice: random.Random, language: Language) -> tuple[str, str]:
    """Invent what a business is called; gives its activity code and its name."""
    activity = dice.choice(sorted(_TRADES))
    return activity, f"{_TRADES[activity][language.value]} {_whose(dice, language)}"


def provider(dice: random.Random, language: Language) -> tuple[str, str]:
    """Invent what a provider is called; gives its activity code and its name."""
    kind = dice.choice(_PROVIDERS[language.value])
    return PROVIDER_ACTIVITY, f"{kind} {family_name(dice, language)}"


def association(dice: random.Random, language: Language) -> tuple[str, str]:
    """Invent what an association is called; gives its activity code and its name."""
    kind = dice.choice(_ASSOCIATIONS[language.value])
    return ASSOCIATION_ACTIVITY, f"{kind} {dice.choice(_SIGNS[language.value])}"


def _whose(dice: random.Random, language: Language) -> str:
    if dice.random() < 0.4:  # noqa: PLR2004 - a share of signboards beside family names
        return dice.choice(_SIGNS[language.value])
    return family_name(dice, language)
