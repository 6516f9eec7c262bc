"""What an invented register holds, before it is written as files."""

import dataclasses
import datetime

from mahis.domain.identifiers import (
    EnterpriseNumber,
    EstablishmentNumber,
    Insz,
    NssoNumber,
    SsaNumber,
)
from mahis.domain.parties import Language, Person, ProviderStatus, Role
from mahis.standins.register.places import Address


@dataclasses.dataclass(frozen=True, kw_only=True)
class Name:
    """One name in one language; `kind` is a code of TypeOfDenomination."""

    text: str
    language: Language | None
    kind: str = "001"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Enterprise:
    """One enterprise with its seat, as an extract would tell it."""

    number: EnterpriseNumber
    names: tuple[Name, ...]
    #: Empty for natural persons.
    legal_form: str
    legal_form_cac: str
    situation: str
    begins: datetime.date
    #: Day of the update that leaves it out; None: still active.
    gone_on: datetime.date | None
    language: Language
    seat: Address
    activity: str
    establishment: EstablishmentNumber | None = None
    #: Contact type and value.
    contacts: tuple[tuple[str, str], ...] = ()

    @property
    def is_natural_person(self) -> bool:
        """Whether a person stands behind the number, and no company."""
        return not self.legal_form


@dataclasses.dataclass(frozen=True, kw_only=True)
class Office:
    """One function in one enterprise, held by a person or by another enterprise."""

    enterprise: EnterpriseNumber
    function: str
    begins: datetime.date
    ends: datetime.date | None = None
    person: Person | None = None
    holder: EnterpriseNumber | None = None
    represents_in: EnterpriseNumber | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Employer:
    """One enterprise being an NSSO employer."""

    enterprise: EnterpriseNumber
    number: NssoNumber
    begins: datetime.date
    ends: datetime.date | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Provider:
    """The quality of provider of one enterprise."""

    enterprise: EnterpriseNumber
    status: ProviderStatus
    begins: datetime.date
    ends: datetime.date | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Secretariat:
    """The recognition of one social secretariat, or of a branch of it."""

    enterprise: EnterpriseNumber
    number: SsaNumber
    begins: datetime.date
    ends: datetime.date | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Account:
    """The account of one enterprise in user management."""

    enterprise: EnterpriseNumber
    begins: datetime.date
    ebox_opened_on: datetime.date | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Access:
    """One person's right to act for one enterprise; `kind` is a word of access.csv."""

    person: Insz
    enterprise: EnterpriseNumber
    kind: str
    role: Role
    begins: datetime.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class Persona:
    """One invented person whom people can log in as."""

    person: Person
    language: Language
    #: One line about the person for each language code.
    descriptions: dict[str, str]
    #: Assurance levels that the person's means reach.
    levels: tuple[int, ...]


@dataclasses.dataclass(kw_only=True)
class Register:
    """Everything invented."""

    enterprises: list[Enterprise] = dataclasses.field(default_factory=list)
    offices: list[Office] = dataclasses.field(default_factory=list)
    employers: list[Employer] = dataclasses.field(default_factory=list)
    providers: list[Provider] = dataclasses.field(default_factory=list)
    secretariats: list[Secretariat] = dataclasses.field(default_factory=list)
    accounts: list[Account] = dataclasses.field(default_factory=list)
    access: list[Access] = dataclasses.field(default_factory=list)
    personas: list[Persona] = dataclasses.field(default_factory=list)
