"""Our own layouts, in the conventions of KBO Open Data, for what KBO Open Data does not publish."""

import dataclasses
from collections.abc import Mapping

from mahis.domain.groups import Branch
from mahis.domain.parties import Language, ProviderStatus, Role
from mahis.gateways.register_files import cells
from mahis.gateways.register_files.cells import Value
from mahis.gateways.register_files.kbo import CODE
from mahis.gateways.register_files.layouts import Column, Layout, Target, ends_after_it_begins

_ENTERPRISE = Column(
    header="EnterpriseNumber",
    name="enterprise",
    form=cells.ENTERPRISE,
    refers_to=Target.ENTERPRISE,
)
_PERSON = Column(header="PersonNumber", name="person", form=cells.PERSON)
_BEGINS = Column(header="StartDate", name="begins", form=cells.DATE)
_ENDS = Column(header="EndDate", name="ends", form=cells.DATE.or_empty)
_VALIDITY = (_BEGINS, _ENDS)
_NAMES = tuple(
    Column(header=f"Name{language.value.upper()}", name=f"name_{language.value}", form=cells.FILLED)
    for language in Language
)
_GROUP = Column(header="Group", name="group", form=cells.CODE, refers_to=Target.GROUP)
_APPLICATION = Column(
    header="Application", name="application", form=cells.CODE, refers_to=Target.APPLICATION
)
_VERSION = Column(
    header="Version", name="version", form=cells.FILLED, refers_to=Target.MATRIX_VERSION
)


def _another_enterprise(header: str, name: str) -> Column:
    return Column(
        header=header, name=name, form=cells.ENTERPRISE.or_empty, refers_to=Target.ENTERPRISE
    )


def _office_fits(row: Mapping[str, Value]) -> str | None:
    if (row["person"] is None) is (row["holder"] is None):
        return "a function is held either by a person or by an enterprise: fill in one of them"
    if row["person"] is not None and not row["family_name"]:
        return "a person who holds a function needs a family name"
    return ends_after_it_begins(row)


def _matrix_line_fits(row: Mapping[str, Value]) -> str | None:
    if (row["meaning"] == "sign") is (row["legal_form"] == ""):
        return "a legal form goes with the meaning “sign”, and with no other"
    if row["meaning"] != "sign" and "+" in str(row["function"]):
        return "two functions go with the meaning “sign”, and with no other"
    return None


OFFICES = Layout(
    stem="offices",
    columns=(
        _ENTERPRISE,
        Column(header="Function", name="function", form=cells.digits(5)),
        dataclasses.replace(_PERSON, form=cells.PERSON.or_empty),
        Column(header="GivenName", name="given_name", form=cells.TEXT),
        Column(header="FamilyName", name="family_name", form=cells.TEXT),
        _another_enterprise("HolderEnterprise", "holder"),
        _another_enterprise("RepresentsIn", "represents_in"),
        *_VALIDITY,
    ),
    key=("enterprise", "function", "person", "holder", "represents_in", "begins"),
    delete_by="enterprise",
    check=_office_fits,
)

EMPLOYERS = Layout(
    stem="employers",
    columns=(
        _ENTERPRISE,
        Column(header="NssoNumber", name="nsso_number", form=cells.NSSO),
        *_VALIDITY,
    ),
    key=("nsso_number", "begins"),
    delete_by="enterprise",
    check=ends_after_it_begins,
)

PROVIDERS = Layout(
    stem="providers",
    columns=(
        _ENTERPRISE,
        Column(
            header="Status",
            name="status",
            form=cells.word_of(
                *(status.value for status in ProviderStatus if status is not ProviderStatus.NONE)
            ),
        ),
        *_VALIDITY,
    ),
    key=("enterprise",),
    delete_by="enterprise",
    check=ends_after_it_begins,
)

SECRETARIATS = Layout(
    stem="secretariats",
    columns=(
        _ENTERPRISE,
        Column(header="SsaNumber", name="ssa_number", form=cells.SSA),
        *_VALIDITY,
    ),
    key=("ssa_number", "begins"),
    delete_by="enterprise",
    check=ends_after_it_begins,
)

ACCESS = Layout(
    stem="access",
    columns=(
        _PERSON,
        _ENTERPRISE,
        Column(
            header="Kind",
            name="kind",
            form=cells.word_of("enterprise", "provider", "secretariat", "officer"),
        ),
        Column(header="Role", name="role", form=cells.member_of(Role)),
        *_VALIDITY,
    ),
    key=("person", "enterprise", "kind", "begins"),
    delete_by="enterprise",
    check=ends_after_it_begins,
)

ACCOUNTS = Layout(
    stem="accounts",
    columns=(
        _ENTERPRISE,
        *_VALIDITY,
        Column(header="EBoxOpenedOn", name="ebox_opened_on", form=cells.DATE.or_empty),
    ),
    key=("enterprise",),
    delete_by="enterprise",
    check=ends_after_it_begins,
)

LANGUAGES = Layout(
    stem="languages",
    columns=(
        _ENTERPRISE,
        Column(header="Language", name="language", form=cells.word_of("fr", "nl", "de")),
    ),
    key=("enterprise",),
    delete_by="enterprise",
)

CODES = dataclasses.replace(CODE, stem="codes", of_extract=False)

GROUPS = Layout(
    stem="groups",
    columns=(
        Column(header="Group", name="code", form=cells.CODE),
        Column(header="Branch", name="branch", form=cells.member_of(Branch)),
        Column(header="SingleMandatary", name="single_mandatary", form=cells.FLAG),
        Column(header="EmployersOnly", name="employers_only", form=cells.FLAG),
        Column(header="Position", name="position", form=cells.COUNT),
        *_NAMES,
        *_VALIDITY,
    ),
    key=("code",),
    delete_by="code",
    check=ends_after_it_begins,
)

APPLICATIONS = Layout(
    stem="applications",
    columns=(Column(header="Application", name="code", form=cells.CODE), *_NAMES),
    key=("code",),
    delete_by="code",
)

GROUP_APPLICATIONS = Layout(
    stem="group_applications",
    columns=(_GROUP, _APPLICATION, *_VALIDITY),
    key=("group", "application", "begins"),
    delete_by="group",
    check=ends_after_it_begins,
)

MATRIX_VERSIONS = Layout(
    stem="matrix_versions",
    columns=(
        Column(header="Version", name="name", form=cells.FILLED),
        Column(header="Illustrative", name="illustrative", form=cells.FLAG),
        *_VALIDITY,
    ),
    key=("name",),
    delete_by="name",
    check=ends_after_it_begins,
)

MATRIX = Layout(
    stem="matrix",
    columns=(
        _VERSION,
        # A code of KBO, or naturalPerson for enterprises that have no legal form.
        Column(
            header="JuridicalForm",
            name="legal_form",
            form=cells.Form(read=lambda cell: cells.CODE.read(cell) if cell else "", type="text"),
        ),
        # One function, or two that sign together: 10002+10008.
        Column(header="Function", name="function", form=cells.FUNCTIONS),
        Column(
            header="Meaning", name="meaning", form=cells.word_of("sign", "permanentRepresentative")
        ),
    ),
    key=("version", "legal_form", "function", "meaning"),
    delete_by="version",
    check=_matrix_line_fits,
)

#: In the order in which an import takes them.
LAYOUTS = (
    CODES,
    LANGUAGES,
    EMPLOYERS,
    PROVIDERS,
    SECRETARIATS,
    ACCOUNTS,
    OFFICES,
    ACCESS,
    GROUPS,
    APPLICATIONS,
    GROUP_APPLICATIONS,
    MATRIX_VERSIONS,
    MATRIX,
)
