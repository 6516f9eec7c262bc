"""Becoming a service provider: the conditions, one by one, and the life of a request (R3)."""

import dataclasses
import datetime
import enum
import re
from collections.abc import Iterable
from typing import Self

from mahis.domain.parties import ActivityPeriod, ProviderStatus
from mahis.domain.refusals import Conflict, Forbidden, NotFound, Refused
from mahis.domain.representation import SigningPower

_REFERENCE = re.compile(r"P-([0-9]{4})-([0-9]{1,9})")
#: A lapsed quality is over, so that it can be asked for again; a blocked one is not.
_NO_QUALITY = frozenset({ProviderStatus.NONE, ProviderStatus.LAPSED})


class RequestReferenceUnreadable(Refused):
    """The text is no reference of a request."""

    code = "requestReferenceUnreadable"


class ConditionNotMet(Conflict):
    """A condition for becoming a service provider does not hold (`condition`)."""

    code = "conditionNotMet"


class TermsNotAccepted(Refused):
    """The terms of the e-Box for service providers were not accepted."""

    code = "termsNotAccepted"


class RequestUnknown(NotFound):
    """There is no such request, or not for this enterprise; both are told alike."""

    code = "requestUnknown"


class RequestDecided(Conflict):
    """The request waits no more: it was decided or withdrawn (`state`)."""

    code = "requestDecided"


class RequestClaimed(Conflict):
    """Another officer is deciding this request (`name`, `until`)."""

    code = "requestClaimed"


class OfficeOnly(Forbidden):
    """Only officers of the NSSO who may act decide about providers."""

    code = "officeOnly"


class ProviderUnknown(NotFound):
    """This enterprise has no quality of service provider."""

    code = "providerUnknown"


class ProviderIsBlocked(Forbidden):
    """The provider is blocked, so that it can only look at what it has."""

    code = "providerIsBlocked"


class StatusNotFitting(Conflict):
    """The provider does not stand as the act needs it to (`status`)."""

    code = "statusNotFitting"


class NotOwnData(Forbidden):
    """Only who manages for an active service provider changes its contact data."""

    code = "notOwnData"


class RequestState(enum.Enum):
    """Where a request stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    #: By the enterprise itself, before a decision.
    WITHDRAWN = "withdrawn"


class Condition(enum.Enum):
    """What must hold before an enterprise can ask, as a sentence that a lawyer can check."""

    MANAGES = "the person has the role to manage mandates for the enterprise"
    REPRESENTS = "the person holds a function that may sign for the enterprise today"
    ACTIVE = "the enterprise is active on the day"
    NO_SECRETARIAT = "the enterprise is no recognised social secretariat"
    NO_PROVIDER = "the enterprise is no service provider, not even a blocked one"
    EBOX_OPENED = "the e-Box of the enterprise has been opened at least once"
    NO_OPEN_REQUEST = "no request of the enterprise waits for a decision"


#: What has to hold still, or again, when an officer accepts; who asked must still represent.
AT_ACCEPTANCE = (
    Condition.REPRESENTS,
    Condition.ACTIVE,
    Condition.NO_SECRETARIAT,
    Condition.NO_PROVIDER,
    Condition.EBOX_OPENED,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Standing:
    """What the registers know of who asks and of the enterprise, on a day."""

    manages: bool
    power: SigningPower
    #: None where the register does not know the enterprise.
    activity: ActivityPeriod | None
    is_secretariat: bool
    #: As a service provider only; a recognised secretariat has a condition of its own.
    provider: ProviderStatus
    ebox_opened: bool
    has_open_request: bool
    on: datetime.date

    def meets(self, condition: Condition) -> bool:
        """Say whether a condition holds."""
        return {
            Condition.MANAGES: self.manages,
            Condition.REPRESENTS: self.power.granted,
            Condition.ACTIVE: self.activity is not None and self.on in self.activity,
            Condition.NO_SECRETARIAT: not self.is_secretariat,
            Condition.NO_PROVIDER: self.provider in _NO_QUALITY,
            Condition.EBOX_OPENED: self.ebox_opened,
            Condition.NO_OPEN_REQUEST: not self.has_open_request,
        }[condition]

    def unmet(self, conditions: Iterable[Condition] = Condition) -> tuple[Condition, ...]:
        """Give the conditions that do not hold, in their order."""
        return tuple(each for each in conditions if not self.meets(each))


def require(standing: Standing, conditions: Iterable[Condition] = Condition) -> None:
    """Require conditions; raises ConditionNotMet for the first that does not hold."""
    for condition in standing.unmet(conditions):
        raise ConditionNotMet(condition=condition)


def require_waiting(state: RequestState) -> None:
    """Require that a request waits for a decision; raises RequestDecided."""
    if state is not RequestState.SUBMITTED:
        raise RequestDecided(state=state)


def require_status(status: ProviderStatus, wanted: ProviderStatus) -> None:
    """Require that a provider stands as an act needs it; raises StatusNotFitting."""
    if status is not wanted:
        raise StatusNotFitting(status=status)


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class RequestReference:
    """The number under which a request is known, as its receipt names it: `P-2026-000012`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a reference; raises RequestReferenceUnreadable."""
        found = _REFERENCE.fullmatch(text.strip().upper())
        if found is None:
            raise RequestReferenceUnreadable
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"P-{self.year:04}-{self.number:06}"
