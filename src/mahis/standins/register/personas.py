"""The persons whom people can log in as, the functions they hold and the access they have."""

import dataclasses
import datetime

from mahis.domain.parties import Language, Person, Role
from mahis.standins.register import forms, numbers
from mahis.standins.register.records import Access, Enterprise, Office, Persona, Register

_SINCE = datetime.date(2012, 5, 1)
_MANAGE, _CONSULT = Role.MANAGE, Role.CONSULT
_ANY_MEANS = (500, 450, 400)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sketch:
    """One persona: who it is, and what it may do for which company of the cast."""

    given_name: str
    family_name: str
    language: Language
    born: datetime.date
    #: Lines in French, Dutch, German and English.
    lines: tuple[str, str, str, str]
    #: Company and function.
    functions: tuple[tuple[str, str], ...] = ()
    #: Company, kind of access.csv, and role.
    access: tuple[tuple[str, str, Role], ...] = ()
    levels: tuple[int, ...] = _ANY_MEANS
    is_bis: bool = False
    #: Last day of the functions; None: still held.
    until: datetime.date | None = None


_FR, _NL, _DE, _EN = Language.FRENCH, Language.DUTCH, Language.GERMAN, Language.ENGLISH

SKETCHES = (
    Sketch(
        given_name="Claire", family_name="Fontamont", language=_FR,
        born=datetime.date(1974, 1, 1),
        lines=(
            "Administratrice de Boulangerie Fontamont SRL, employeur",
            "Bestuurder van Boulangerie Fontamont SRL, werkgever",
            "Verwalterin der Boulangerie Fontamont SRL, Arbeitgeber",
            "Director of Boulangerie Fontamont SRL, an employer",
        ),
        functions=(("fontamont", forms.DIRECTOR),),
        access=(("fontamont", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Bram", family_name="Wilgenbos", language=_NL,
        born=datetime.date(1981, 2, 1),
        lines=(
            "Administrateur de Studio Wilgenbos BV, entreprise sans personnel",
            "Bestuurder van Studio Wilgenbos BV, onderneming zonder personeel",
            "Verwalter der Studio Wilgenbos BV, Unternehmen ohne Personal",
            "Director of Studio Wilgenbos BV, a company without staff",
        ),
        functions=(("wilgenbos", forms.DIRECTOR),),
        access=(("wilgenbos", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Nadia", family_name="Sourciel", language=_FR,
        born=datetime.date(1992, 3, 1),
        lines=(
            "Employée de Transports Valroux SA : peut seulement consulter",
            "Bediende van Transports Valroux SA: mag alleen raadplegen",
            "Angestellte der Transports Valroux SA: darf nur einsehen",
            "Employee of Transports Valroux SA: may only consult",
        ),
        access=(("valroux", "enterprise", _CONSULT),),
    ),
    Sketch(
        given_name="Joris", family_name="Mosterman", language=_NL,
        born=datetime.date(1988, 4, 1),
        lines=(
            "Employé aux salaires de Bouwwerken Kraanvogel NV : gère, mais ne peut pas signer",
            "Loonbediende van Bouwwerken Kraanvogel NV: beheert, maar mag niet ondertekenen",
            "Lohnbuchhalter der Bouwwerken Kraanvogel NV: verwaltet, darf aber nicht unterzeichnen",
            "Payroll clerk of Bouwwerken Kraanvogel NV: manages, but may not sign",
        ),
        functions=(("kraanvogel", forms.AUDITOR),),
        access=(("kraanvogel", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Élise", family_name="Belleroche", language=_FR,
        born=datetime.date(1969, 5, 1),
        lines=(
            "Comptable, représente le prestataire Fiduciaire Belleroche SRL",
            "Accountant, vertegenwoordigt dienstverrichter Fiduciaire Belleroche SRL",
            "Buchhalterin, vertritt den Dienstleister Fiduciaire Belleroche SRL",
            "Accountant, represents the provider Fiduciaire Belleroche SRL",
        ),
        functions=(("belleroche", forms.DIRECTOR),),
        access=(("belleroche", "provider", _MANAGE), ("belleroche", "enterprise", _MANAGE)),
    ),
    Sketch(
        given_name="Karel", family_name="Van Rietdonk", language=_NL,
        born=datetime.date(1966, 6, 1),
        lines=(
            "Gestion journalière du secrétariat social De Waterlelie VZW",
            "Dagelijks bestuur van Sociaal Secretariaat De Waterlelie VZW",
            "Tägliche Geschäftsführung des Sozialsekretariats De Waterlelie VZW",
            "Daily management of the social secretariat De Waterlelie VZW",
        ),
        functions=(("waterlelie", forms.DAILY_MANAGEMENT),),
        access=(("waterlelie", "secretariat", _MANAGE),),
    ),
    Sketch(
        given_name="Sabine", family_name="Kettelaar", language=_NL,
        born=datetime.date(1977, 7, 1),
        lines=(
            "Plusieurs qualités : dirige Bouwwerken Kraanvogel et Loonkantoor Lindemeers",
            "Meerdere hoedanigheden: leidt Bouwwerken Kraanvogel en Loonkantoor Lindemeers",
            "Mehrere Eigenschaften: leitet Bouwwerken Kraanvogel und Loonkantoor Lindemeers",
            "Several capacities: runs Bouwwerken Kraanvogel and Loonkantoor Lindemeers",
        ),
        functions=(("kraanvogel", forms.MANAGING_DIRECTOR), ("lindemeers", forms.DIRECTOR)),
        access=(
            ("kraanvogel", "enterprise", _MANAGE),
            ("lindemeers", "provider", _MANAGE),
            ("lindemeers", "enterprise", _MANAGE),
            ("wilgenbos", "enterprise", _CONSULT),
        ),
    ),
    Sketch(
        given_name="Luc", family_name="Ardoisier", language=_FR,
        born=datetime.date(1971, 8, 1),
        lines=(
            "Agent de l'ONSS : gère les mandats",
            "Ambtenaar van de RSZ: beheert de mandaten",
            "Bediensteter des LSS: verwaltet die Vollmachten",
            "Officer of the NSSO: manages mandates",
        ),
        functions=(("office", forms.DAILY_MANAGEMENT),),
        access=(("office", "officer", _MANAGE),),
    ),
    Sketch(
        given_name="Ingrid", family_name="Peilman", language=_NL,
        born=datetime.date(1979, 9, 1),
        lines=(
            "Auditrice de l'ONSS : consulte seulement",
            "Auditor van de RSZ: raadpleegt alleen",
            "Prüferin des LSS: sieht nur ein",
            "Auditor of the NSSO: consults only",
        ),
        access=(("office", "officer", _CONSULT),),
    ),
    Sketch(
        given_name="Greta", family_name="Tannenfels", language=_DE,
        born=datetime.date(1970, 10, 1),
        lines=(
            "Administratrice de Tischlerei Tannenfels, employeur à Eupen",
            "Bestuurder van Tischlerei Tannenfels, werkgever in Eupen",
            "Verwalterin der Tischlerei Tannenfels, Arbeitgeber in Eupen",
            "Director of Tischlerei Tannenfels, an employer in Eupen",
        ),
        functions=(("tannenfels", forms.DIRECTOR),),
        access=(("tannenfels", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Pieter", family_name="Zilverreiger", language=_NL,
        born=datetime.date(1963, 11, 1),
        lines=(
            "Représente Brouwerij De Nachtegaal NV à travers deux sociétés de gestion",
            "Vertegenwoordigt Brouwerij De Nachtegaal NV via twee beheersvennootschappen",
            "Vertritt die Brouwerij De Nachtegaal NV über zwei Verwaltungsgesellschaften",
            "Represents Brouwerij De Nachtegaal NV through two management companies",
        ),
        functions=(("zilverreiger", forms.PERMANENT_REPRESENTATIVE),),
        access=(("nachtegaal", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Marc", family_name="Martinet", language=_FR,
        born=datetime.date(1985, 12, 1),
        lines=(
            "Plombier indépendant sans personnel",
            "Zelfstandig loodgieter zonder personeel",
            "Selbstständiger Installateur ohne Personal",
            "Self-employed plumber without staff",
        ),
        functions=(("martinet", forms.FOUNDER),),
        access=(("martinet", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Zofia", family_name="Brzozdal", language=_EN,
        born=datetime.date(1983, 1, 1), is_bis=True, levels=(450, 400),
        lines=(
            "Administratrice déléguée de Transports Valroux SA, employeur",
            "Gedelegeerd bestuurder van Transports Valroux SA, werkgever",
            "Geschäftsführende Verwalterin der Transports Valroux SA, Arbeitgeber",
            "Managing director of Transports Valroux SA, an employer",
        ),
        functions=(("valroux", forms.MANAGING_DIRECTOR),),
        access=(("valroux", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Hugo", family_name="Blauwvoet", language=_NL,
        born=datetime.date(1968, 2, 1),
        lines=(
            "Administrateur d'Advieskantoor Blauwvoet BV, prestataire bloqué",
            "Bestuurder van Advieskantoor Blauwvoet BV, geblokkeerde dienstverrichter",
            "Verwalter des Advieskantoor Blauwvoet BV, gesperrter Dienstleister",
            "Director of Advieskantoor Blauwvoet BV, a blocked provider",
        ),
        functions=(("blauwvoet", forms.DIRECTOR),),
        access=(("blauwvoet", "provider", _MANAGE), ("blauwvoet", "enterprise", _MANAGE)),
    ),
    Sketch(
        given_name="Yvonne", family_name="Fontamont", language=_FR,
        born=datetime.date(1949, 3, 1), until=datetime.date(2019, 12, 31),
        lines=(
            "Ancienne administratrice de Boulangerie Fontamont SRL, encore un accès",
            "Voormalig bestuurder van Boulangerie Fontamont SRL, heeft nog toegang",
            "Frühere Verwalterin der Boulangerie Fontamont SRL, hat noch Zugang",
            "Former director of Boulangerie Fontamont SRL, still has access",
        ),
        functions=(("fontamont", forms.DIRECTOR),),
        access=(("fontamont", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Théo", family_name="Passerelle", language=_FR,
        born=datetime.date(2001, 4, 1), levels=(500, 400),
        lines=(
            "N'a accès à aucune entreprise",
            "Heeft toegang tot geen enkele onderneming",
            "Hat zu keinem Unternehmen Zugang",
            "Has access to no enterprise",
        ),
    ),
    Sketch(
        given_name="Amélie", family_name="Verdardois", language=_FR,
        born=datetime.date(1987, 5, 1),
        lines=(
            "Gestion journalière du secrétariat social Les Trois Tilleuls ASBL",
            "Dagelijks bestuur van Secrétariat social Les Trois Tilleuls ASBL",
            "Tägliche Geschäftsführung des Sozialsekretariats Les Trois Tilleuls ASBL",
            "Daily management of the social secretariat Les Trois Tilleuls ASBL",
        ),
        functions=(("tilleuls", forms.DAILY_MANAGEMENT),),
        access=(("tilleuls", "secretariat", _MANAGE),),
    ),
    Sketch(
        given_name="Rolf", family_name="Rabenstein", language=_DE,
        born=datetime.date(1972, 6, 1),
        lines=(
            "Représente le prestataire germanophone Lohnbüro Rabenstein",
            "Vertegenwoordigt de Duitstalige dienstverrichter Lohnbüro Rabenstein",
            "Vertritt den Dienstleister Lohnbüro Rabenstein",
            "Represents the German-speaking provider Lohnbüro Rabenstein",
        ),
        functions=(("rabenstein", forms.DIRECTOR),),
        access=(("rabenstein", "provider", _MANAGE),),
    ),
    Sketch(
        given_name="Odile", family_name="Clairlieu", language=_FR,
        born=datetime.date(1964, 7, 1),
        lines=(
            "Préside la Fondation Clairlieu : signe avec un administrateur",
            "Voorzitter van de Fondation Clairlieu: ondertekent samen met een bestuurder",
            "Vorsitzende der Fondation Clairlieu: unterzeichnet zusammen mit einem Verwalter",
            "Chair of the Fondation Clairlieu: signs together with a director",
        ),
        functions=(("clairlieu", forms.CHAIR),),
        access=(("clairlieu", "enterprise", _MANAGE),),
    ),
    Sketch(
        given_name="Ismaël", family_name="Portevin", language=_FR,
        born=datetime.date(1978, 8, 1),
        lines=(
            "Administrateur de la Fondation Clairlieu : signe avec la présidente",
            "Bestuurder van de Fondation Clairlieu: ondertekent samen met de voorzitter",
            "Verwalter der Fondation Clairlieu: unterzeichnet zusammen mit der Vorsitzenden",
            "Director of the Fondation Clairlieu: signs together with the chair",
        ),
        functions=(("clairlieu", forms.DIRECTOR),),
        access=(("clairlieu", "enterprise", _MANAGE),),
    ),
)  # fmt: skip

#: Through which companies the permanent representative reaches the brewery: the company, its
#: function, the company that holds it.
_CHAIN = (
    ("nachtegaal", forms.MANAGING_DIRECTOR, "kwikstaart"),
    ("kwikstaart", forms.PERMANENT_REPRESENTATIVE, "zilverreiger"),
)
_LAST_OF_CHAIN = ("zilverreiger", forms.PERMANENT_REPRESENTATIVE)
_REPRESENTED_BY_LAST = "kwikstaart"


def add_personas(register: Register, companies: dict[str, Enterprise]) -> None:
    """Add the personas, their functions and their access rights."""
    for place, sketch in enumerate(SKETCHES):
        person = Person(
            insz=numbers.person_number(sketch.born, counter=991 - place, bis=sketch.is_bis),
            given_name=sketch.given_name,
            family_name=sketch.family_name,
        )
        languages = (_FR, _NL, _DE, _EN)
        lines = {
            language.value: line for language, line in zip(languages, sketch.lines, strict=True)
        }
        register.personas.append(
            Persona(
                person=person, language=sketch.language, descriptions=lines, levels=sketch.levels
            )
        )
        _add_functions(register, companies, sketch, person)
        for company, kind, role in sketch.access:
            register.access.append(
                Access(
                    person=person.insz,
                    enterprise=companies[company].number,
                    kind=kind,
                    role=role,
                    begins=_SINCE,
                )
            )
    _add_chain(register, companies)


def _add_functions(
    register: Register, companies: dict[str, Enterprise], sketch: Sketch, person: Person
) -> None:
    for company, function in sketch.functions:
        is_last = (company, function) == _LAST_OF_CHAIN
        register.offices.append(
            Office(
                enterprise=companies[company].number,
                function=function,
                begins=_SINCE,
                ends=sketch.until,
                person=person,
                represents_in=companies[_REPRESENTED_BY_LAST].number if is_last else None,
            )
        )


def _add_chain(register: Register, companies: dict[str, Enterprise]) -> None:
    for company, function, holder in _CHAIN:
        is_last = function == forms.PERMANENT_REPRESENTATIVE
        register.offices.append(
            Office(
                enterprise=companies[company].number,
                function=function,
                begins=_SINCE,
                holder=companies[holder].number,
                represents_in=companies["nachtegaal"].number if is_last else None,
            )
        )
