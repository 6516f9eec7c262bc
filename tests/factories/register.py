"""Enterprises, their qualities and people, groups and the matrix, as the register holds them.

Every maker writes rows and gives a domain value. Traits are words: `an_enterprise(employer=True)`.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from mahis.domain.groups import Branch
from mahis.domain.identifiers import EnterpriseNumber, NssoNumber
from mahis.domain.parties import Actor, Capacity, Language, Person, ProviderStatus, Quality, Role
from mahis.store import models
from mahis.store.folding import folded
from tests.factories import numbers

LONG_AGO = datetime.date(2000, 1, 1)
LEGAL_FORM = "610"
MANAGER = "10002"
PERMANENT_REPRESENTATIVE = "10019"
ASSURANCE = "urn:be:fedict:iam:fas:Level500"


def an_enterprise(
    name: str = "Bakkerij Peeters",
    *,
    number: EnterpriseNumber | None = None,
    language: Language | None = None,
    legal_form: str = LEGAL_FORM,
    begins: datetime.date = LONG_AGO,
    ceased_on: datetime.date | None = None,
    employer: bool = False,
    provider: ProviderStatus = ProviderStatus.NONE,
    secretariat: str = "",
) -> EnterpriseNumber:
    """Write an enterprise with a name and the qualities asked for."""
    number = number or numbers.enterprise_number()
    models.Enterprise.objects.create(
        number=number,
        kind="2" if legal_form else "1",
        legal_form=legal_form,
        begins=begins,
        ceased_on=ceased_on,
        language=language,
    )
    if name:
        named(number, name)
    if employer:
        registered_as_employer(number)
    if provider is not ProviderStatus.NONE:
        models.Provider.objects.create(enterprise=number, status=provider, begins=LONG_AGO)
    if secretariat:
        models.Secretariat.objects.create(
            enterprise=number, ssa_number=secretariat, begins=LONG_AGO
        )
    return number


def a_provider(name: str = "Fiduciaire Dupont", **traits) -> EnterpriseNumber:
    """Write an enterprise that is an active service provider."""
    return an_enterprise(name, provider=ProviderStatus.ACTIVE, **traits)


def named(number: EnterpriseNumber, name: str, *, language: str = "1", kind: str = "001") -> None:
    """Give an enterprise one more name; language and kind by the register's codes."""
    models.EnterpriseName.objects.create(
        entity=number.as_int, language=language, kind=kind, name=name, folded=folded(name)
    )


def seated(number: EnterpriseNumber, *, kind: str = "REGO", **parts: Any) -> None:
    """Give an enterprise an address; parts by the names of the columns."""
    models.EnterpriseAddress.objects.create(entity=number.as_int, kind=kind, **parts)


def registered_as_employer(
    enterprise: EnterpriseNumber,
    *,
    number: NssoNumber | None = None,
    begins: datetime.date = LONG_AGO,
    ends: datetime.date | None = None,
) -> NssoNumber:
    """Register an enterprise as an employer; gives its NSSO number."""
    number = number or numbers.nsso_number()
    models.Employer.objects.create(
        enterprise=enterprise, nsso_number=number.number, begins=begins, ends=ends
    )
    return number


def a_person(given_name: str = "Anna", family_name: str = "Peeters") -> Person:
    """Invent a person; nothing is written."""
    return Person(insz=numbers.insz(), given_name=given_name, family_name=family_name)


def given_access(
    person: Person,
    enterprise: EnterpriseNumber,
    *,
    kind: models.AccessKind = models.AccessKind.ENTERPRISE,
    role: Role = Role.MANAGE,
    begins: datetime.date = LONG_AGO,
    ends: datetime.date | None = None,
) -> None:
    """Give a person an access right."""
    models.AccessRight.objects.create(
        person=person.insz, enterprise=enterprise, kind=kind, role=role, begins=begins, ends=ends
    )


def holding(
    holder: Person | EnterpriseNumber,
    enterprise: EnterpriseNumber,
    *,
    function: str = MANAGER,
    represents_in: EnterpriseNumber | None = None,
    begins: datetime.date = LONG_AGO,
    ends: datetime.date | None = None,
) -> None:
    """Let a person or an enterprise hold a function in an enterprise."""
    held_by = (
        {
            "person": holder.insz,
            "given_name": holder.given_name,
            "family_name": holder.family_name,
        }
        if isinstance(holder, Person)
        else {"holder": holder}
    )
    models.Office.objects.create(
        enterprise=enterprise,
        function=function,
        represents_in=represents_in,
        begins=begins,
        ends=ends,
        **held_by,
    )


def acting(
    enterprise: EnterpriseNumber,
    quality: Quality,
    *,
    role: Role = Role.MANAGE,
    person: Person | None = None,
    may_sign: bool = False,
) -> Actor:
    """Give somebody acting for an enterprise; with a function that may sign where asked for."""
    person = person or a_person()
    if may_sign:
        holding(person, enterprise)
    return Actor(
        person=person,
        capacity=Capacity(enterprise=enterprise, quality=quality, role=role),
        assurance=ASSURANCE,
    )


def an_officer(role: Role = Role.MANAGE) -> Actor:
    """Give somebody of the office."""
    return acting(numbers.enterprise_number(), Quality.NSSO_OFFICER, role=role)


def a_matrix(
    *forms: str, name: str = "first", illustrative: bool = False, begins: datetime.date = LONG_AGO
) -> None:
    """Write a matrix in which managers may sign for some legal forms."""
    models.MatrixVersion.objects.create(
        name=name,
        begins=begins,
        illustrative=illustrative,
        permanent_representative=[PERMANENT_REPRESENTATIVE],
        entries=[f"{form}:{MANAGER}" for form in forms or (LEGAL_FORM,)],
    )


def a_group(
    code: str,
    *,
    single: bool = False,
    employers_only: bool = False,
    branch: Branch = Branch.SOCIAL_SECURITY,
    position: int = 0,
    begins: datetime.date = LONG_AGO,
    ends: datetime.date | None = None,
) -> models.ApplicationGroup:
    """Write an application group; its name in a language is its code and the language."""
    return models.ApplicationGroup.objects.create(
        code=code,
        branch=branch,
        single_mandatary=single,
        employers_only=employers_only,
        position=position,
        name_fr=f"{code} fr",
        name_nl=f"{code} nl",
        name_de=f"{code} de",
        name_en=f"{code} en",
        begins=begins,
        ends=ends,
    )


def an_application(
    code: str,
    *groups: models.ApplicationGroup,
    begins: datetime.date = LONG_AGO,
    ends: datetime.date | None = None,
) -> None:
    """Write an application and put it into groups."""
    application = models.Application.objects.create(
        code=code, **{f"name_{each}": f"{code} {each}" for each in ("fr", "nl", "de", "en")}
    )
    for group in groups:
        models.GroupMembership.objects.create(
            group=group, application=application, begins=begins, ends=ends
        )


def labelled(category: str, code: str, labels: Mapping[str, str]) -> None:
    """Give a code of the register its labels by language."""
    for language, description in labels.items():
        models.RegisterCode.objects.create(
            category=category, code=code, language=language.upper(), description=description
        )
