"""The companies that the personas act for: always the same, whatever the size of the register."""

import dataclasses
import datetime

from mahis.domain.parties import Language, ProviderStatus
from mahis.standins.register import forms
from mahis.standins.register.companies import Inventor
from mahis.standins.register.records import (
    Account,
    Employer,
    Enterprise,
    Name,
    Provider,
    Register,
    Secretariat,
)

_BEGUN = datetime.date(2008, 3, 1)
_MONTH = datetime.timedelta(days=31)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Role:
    """One company of the cast."""

    key: str
    name: str
    form: str
    language: Language
    town: str
    activity: str
    is_employer: bool = False
    provider: ProviderStatus | None = None
    is_secretariat: bool = False
    has_account: bool = True


_NL, _FR, _DE = Language.DUTCH, Language.FRENCH, Language.GERMAN
_ACTIVE = ProviderStatus.ACTIVE

ROLES = (
    Role(key="office", name="Bureau fictif de sécurité sociale", form=forms.PUBLIC_INSTITUTION,
         language=_FR, town="1000 Bruxelles", activity="84300"),
    Role(key="fontamont", name="Boulangerie Fontamont", form=forms.PRIVATE_COMPANY,
         language=_FR, town="5000 Namur", activity="10712", is_employer=True),
    Role(key="kraanvogel", name="Bouwwerken Kraanvogel", form=forms.PUBLIC_COMPANY,
         language=_NL, town="2000 Antwerpen", activity="41001", is_employer=True),
    Role(key="valroux", name="Transports Valroux", form=forms.PUBLIC_COMPANY,
         language=_FR, town="4000 Liège", activity="49410", is_employer=True),
    Role(key="wilgenbos", name="Studio Wilgenbos", form=forms.PRIVATE_COMPANY,
         language=_NL, town="9000 Gent", activity="73110"),
    Role(key="tannenfels", name="Tischlerei Tannenfels", form=forms.PRIVATE_COMPANY,
         language=_DE, town="4700 Eupen", activity="43320", is_employer=True),
    Role(key="nachtegaal", name="Brouwerij De Nachtegaal", form=forms.PUBLIC_COMPANY,
         language=_NL, town="3000 Leuven", activity="11050", is_employer=True),
    Role(key="kwikstaart", name="Kwikstaart Beheer", form=forms.PRIVATE_COMPANY,
         language=_NL, town="3000 Leuven", activity="70200", has_account=False),
    Role(key="zilverreiger", name="Zilverreiger Invest", form=forms.PUBLIC_COMPANY,
         language=_NL, town="3290 Diest", activity="64210", has_account=False),
    Role(key="belleroche", name="Fiduciaire Belleroche", form=forms.PRIVATE_COMPANY,
         language=_FR, town="1300 Wavre", activity="69202", is_employer=True, provider=_ACTIVE),
    Role(key="lindemeers", name="Loonkantoor Lindemeers", form=forms.PRIVATE_COMPANY,
         language=_NL, town="2800 Mechelen", activity="69202", provider=_ACTIVE),
    Role(key="rabenstein", name="Lohnbüro Rabenstein", form=forms.PRIVATE_COMPANY,
         language=_DE, town="4780 Sankt Vith", activity="69202", provider=_ACTIVE),
    Role(key="waterlelie", name="Sociaal Secretariaat De Waterlelie", form=forms.ASSOCIATION,
         language=_NL, town="9300 Aalst", activity="69202", is_employer=True,
         is_secretariat=True),
    Role(key="tilleuls", name="Secrétariat social Les Trois Tilleuls", form=forms.ASSOCIATION,
         language=_FR, town="4500 Huy", activity="69202", is_employer=True, is_secretariat=True),
    Role(key="blauwvoet", name="Advieskantoor Blauwvoet", form=forms.PRIVATE_COMPANY,
         language=_NL, town="8500 Kortrijk", activity="69202",
         provider=ProviderStatus.BLOCKED),
    Role(key="martinet", name="Martinet Marc", form=forms.NATURAL_PERSON,
         language=_FR, town="6000 Charleroi", activity="43221"),
    # A foundation, for which two have to sign.
    Role(key="clairlieu", name="Fondation Clairlieu", form=forms.FOUNDATION,
         language=_FR, town="7000 Mons", activity="94992"),
)  # fmt: skip

#: Names that the office has beside its own, since it serves in three languages.
_OFFICE_NAMES = (
    Name(text="Fictief bureau voor sociale zekerheid", language=_NL),
    Name(text="Fiktives Amt für soziale Sicherheit", language=_DE),
)


def add_companies(register: Register, inventor: Inventor) -> dict[str, Enterprise]:
    """Add the companies of the cast with their qualities; gives them by key."""
    companies = {}
    for role in ROLES:
        enterprise = inventor.enterprise(
            form=role.form,
            language=role.language,
            begins=_BEGUN,
            activity=role.activity,
            name=role.name,
            town=role.town,
        )
        if role.key == "office":
            names = (*enterprise.names, *_OFFICE_NAMES)
            enterprise = dataclasses.replace(enterprise, names=names)
        companies[role.key] = enterprise
        register.enterprises.append(enterprise)
        _add_qualities(register, inventor, role, enterprise)
    return companies


def _add_qualities(
    register: Register, inventor: Inventor, role: Role, enterprise: Enterprise
) -> None:
    number, begins = enterprise.number, _BEGUN + 3 * _MONTH
    if role.is_employer:
        employer = Employer(enterprise=number, number=inventor.numbers.employer(), begins=begins)
        register.employers.append(employer)
    if role.provider is not None:
        provider = Provider(enterprise=number, status=role.provider, begins=begins + _MONTH)
        register.providers.append(provider)
    if role.is_secretariat:
        register.secretariats.append(
            Secretariat(enterprise=number, number=inventor.numbers.secretariat(), begins=begins)
        )
    if role.has_account:
        account = Account(enterprise=number, begins=begins, ebox_opened_on=begins + _MONTH)
        register.accounts.append(account)
