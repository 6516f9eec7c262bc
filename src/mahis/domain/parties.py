"""Who acts, for which enterprise, in which capacity, and whether an enterprise is active."""

import dataclasses
import datetime
import enum

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Conflict, Refused


class Side(enum.Enum):
    """The two sides of a mandate."""

    MANDATOR = "mandator"
    MANDATARY = "mandatary"

    @property
    def other(self) -> "Side":
        """The side across."""
        return Side.MANDATARY if self is Side.MANDATOR else Side.MANDATOR


class Quality(enum.Enum):
    """In which quality an enterprise, or the office, takes part (requirement A2)."""

    NSSO_EMPLOYER = "nssoEmployer"
    COMPANY_WITHOUT_STAFF = "companyWithoutStaff"
    SERVICE_PROVIDER = "serviceProvider"
    SOCIAL_SECRETARIAT = "socialSecretariat"
    NSSO_OFFICER = "nssoOfficer"

    @property
    def side(self) -> Side | None:
        """The side of a mandate that this quality stands on; None for the office."""
        return _SIDES.get(self)


_SIDES = {
    Quality.NSSO_EMPLOYER: Side.MANDATOR,
    Quality.COMPANY_WITHOUT_STAFF: Side.MANDATOR,
    Quality.SERVICE_PROVIDER: Side.MANDATARY,
    Quality.SOCIAL_SECRETARIAT: Side.MANDATARY,
}


class Role(enum.Enum):
    """What the access registry lets a person do in a capacity (requirement A3)."""

    MANAGE = "manage"
    CONSULT = "consult"


class Language(enum.Enum):
    """The languages of screens, letters and documents, by ISO 639-1 code."""

    FRENCH = "fr"
    DUTCH = "nl"
    GERMAN = "de"
    ENGLISH = "en"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Person:
    """A natural person as the login knows them."""

    #: National number; shown masked everywhere.
    insz: Insz
    given_name: str
    family_name: str

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Capacity:
    """For which enterprise, in which quality and role a person acts."""

    #: The enterprise acted for; the office's own number for officers.
    enterprise: EnterpriseNumber
    quality: Quality
    role: Role

    @property
    def side(self) -> Side | None:
        """The side of a mandate that this capacity stands on; None for the office."""
        return self.quality.side


@dataclasses.dataclass(frozen=True, kw_only=True)
class Actor:
    """A person acting in a capacity, with the assurance of the login."""

    person: Person
    capacity: Capacity
    #: Assurance level of the login as the identity provider names it (`acr`).
    assurance: str

    @property
    def enterprise(self) -> EnterpriseNumber:
        """The enterprise acted for."""
        return self.capacity.enterprise

    @property
    def side(self) -> Side | None:
        """The side of a mandate acted on; None for officers."""
        return self.capacity.side

    @property
    def manages(self) -> bool:
        """Say whether the role allows to change anything."""
        return self.capacity.role is Role.MANAGE

    @property
    def is_officer(self) -> bool:
        """Say whether the person acts for the office."""
        return self.capacity.quality is Quality.NSSO_OFFICER


class PartyNotActive(Conflict):
    """The enterprise is not active: not yet begun, or ceased (`activity` says when)."""

    code = "partyNotActive"


class PeriodOutsideActivity(Refused):
    """The mandate's period is not inside the activity period of a party."""

    code = "periodOutsideActivity"


class NotAProvider(Refused):
    """The enterprise may not receive mandates: it never was a provider, or is so no more."""

    code = "notAProvider"


class PartiesAreTheSame(Refused):
    """Mandator and mandatary are the same enterprise."""

    code = "partiesAreTheSame"


@dataclasses.dataclass(frozen=True, slots=True)
class ActivityPeriod:
    """Days on which an enterprise is active: from `begins` to `ends` included, open if None."""

    begins: datetime.date
    ends: datetime.date | None = None

    def __contains__(self, day: datetime.date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)

    @property
    def ceased_on(self) -> datetime.date | None:
        """The first day without activity, from which the enterprise has ceased; None while open."""
        return None if self.ends is None else self.ends + datetime.timedelta(days=1)

    def holds(self, period: QuarterPeriod) -> bool:
        """Say whether a period of quarters lies inside.

        A quarter counts as inside where it shares a day with the activity: an enterprise that
        begins or ceases in the middle of a quarter has declarations for that quarter. A mandate
        without end is inside an activity whose end is not known.
        """
        if period.start.last_day < self.begins:
            return False
        if self.ends is None:
            return True
        return period.end is not None and period.end.first_day <= self.ends


class ProviderStatus(enum.Enum):
    """What the register knows of an enterprise's quality as a mandatary."""

    #: No quality of provider or secretariat at all.
    NONE = "none"
    ACTIVE = "active"
    BLOCKED = "blocked"
    LAPSED = "lapsed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Party:
    """What the rules need to know of an enterprise that is party to a mandate, on one day."""

    number: EnterpriseNumber
    name: str
    activity: ActivityPeriod
    #: Whether the enterprise is registered as an NSSO employer on that day.
    is_employer: bool
    #: Quality as a service provider or recognised social secretariat on that day.
    provider: ProviderStatus
    #: The last day as an employer, where it was one before that day and is none on it.
    employer_until: datetime.date | None = None
