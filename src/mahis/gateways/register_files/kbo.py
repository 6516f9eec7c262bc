"""Layouts of KBO Open Data, as published by the Crossroads Bank for Enterprises.

Source: the KBO Open Data cookbook of the FPS Economy, and extracts of 2024 and 2025.
"""

from mahis.gateways.register_files import cells
from mahis.gateways.register_files.layouts import Column, Layout

_ENTITY = Column(header="EntityNumber", name="entity", form=cells.ENTITY)
_OF_ENTERPRISE = Column(header="EnterpriseNumber", name="enterprise", form=cells.ENTERPRISE)
_BEGINS = Column(header="StartDate", name="begins", form=cells.DATE)


def _texts(**names: str) -> tuple[Column, ...]:
    return tuple(
        Column(header=header, name=name, form=cells.TEXT) for header, name in names.items()
    )


META_HEADERS = ["Variable", "Value"]

CODE = Layout(
    stem="code",
    columns=(
        Column(header="Category", name="category", form=cells.FILLED),
        Column(header="Code", name="code", form=cells.FILLED),
        Column(header="Language", name="language", form=cells.word_of("FR", "NL", "DE", "EN")),
        Column(header="Description", name="description", form=cells.TEXT),
    ),
    key=("category", "code", "language"),
    of_extract=True,
)

ENTERPRISE = Layout(
    stem="enterprise",
    columns=(
        Column(header="EnterpriseNumber", name="number", form=cells.ENTERPRISE),
        # Extracts hold active enterprises only; another status is one that we would misread.
        Column(header="Status", name="status", form=cells.word_of("AC")),
        Column(header="JuridicalSituation", name="situation", form=cells.digits(3)),
        Column(header="TypeOfEnterprise", name="kind", form=cells.word_of("0", "1", "2")),
        Column(header="JuridicalForm", name="legal_form", form=cells.digits(3, or_empty=True)),
        Column(
            header="JuridicalFormCAC", name="legal_form_cac", form=cells.digits(3, or_empty=True)
        ),
        _BEGINS,
    ),
    key=("number",),
    delete_by="number",
    of_extract=True,
)

ESTABLISHMENT = Layout(
    stem="establishment",
    columns=(
        Column(header="EstablishmentNumber", name="number", form=cells.ESTABLISHMENT),
        _BEGINS,
        _OF_ENTERPRISE,
    ),
    key=("number",),
    delete_by="number",
    of_extract=True,
)

BRANCH = Layout(
    stem="branch",
    columns=(
        Column(header="Id", name="number", form=cells.BRANCH),
        _BEGINS,
        _OF_ENTERPRISE,
    ),
    key=("number",),
    delete_by="number",
    of_extract=True,
)

DENOMINATION = Layout(
    stem="denomination",
    columns=(
        _ENTITY,
        Column(header="Language", name="language", form=cells.word_of("0", "1", "2", "3", "4")),
        Column(header="TypeOfDenomination", name="kind", form=cells.digits(3)),
        Column(header="Denomination", name="name", form=cells.FILLED),
    ),
    delete_by="entity",
    of_extract=True,
)

ADDRESS = Layout(
    stem="address",
    columns=(
        _ENTITY,
        Column(
            header="TypeOfAddress",
            name="kind",
            form=cells.word_of("REGO", "BAET", "ABBR", "OBAD"),
        ),
        *_texts(
            CountryNL="country_nl",
            CountryFR="country_fr",
            Zipcode="zipcode",
            MunicipalityNL="municipality_nl",
            MunicipalityFR="municipality_fr",
            StreetNL="street_nl",
            StreetFR="street_fr",
            HouseNumber="house_number",
            Box="box",
            ExtraAddressInfo="extra",
        ),
        Column(header="DateStrikingOff", name="struck_off_on", form=cells.DATE.or_empty),
    ),
    delete_by="entity",
    of_extract=True,
)

CONTACT = Layout(
    stem="contact",
    columns=(
        _ENTITY,
        Column(header="EntityContact", name="holder_kind", form=cells.word_of("ENT", "EST", "BRA")),
        Column(header="ContactType", name="kind", form=cells.word_of("TEL", "EMAIL", "WEB", "FAX")),
        Column(header="Value", name="value", form=cells.FILLED),
    ),
    delete_by="entity",
    of_extract=True,
)

ACTIVITY = Layout(
    stem="activity",
    columns=(
        _ENTITY,
        Column(header="ActivityGroup", name="group", form=cells.digits(3)),
        Column(header="NaceVersion", name="nace_version", form=cells.digits(4)),
        Column(header="NaceCode", name="nace_code", form=cells.CODE),
        Column(
            header="Classification",
            name="classification",
            form=cells.word_of("MAIN", "SECO", "ANCI"),
        ),
    ),
    delete_by="entity",
    of_extract=True,
)

#: In the order in which an import takes them.
LAYOUTS = (
    CODE,
    ENTERPRISE,
    ESTABLISHMENT,
    BRANCH,
    DENOMINATION,
    ADDRESS,
    CONTACT,
    ACTIVITY,
)
