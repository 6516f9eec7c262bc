"""NSSO employers: what the office registers and ends, and what of it an import leaves standing."""

import dataclasses
import datetime
import enum
from collections.abc import Iterable

from mahis.domain.identifiers import EnterpriseNumber, NssoNumber
from mahis.domain.parties import ActivityPeriod, Actor, PartyNotActive
from mahis.domain.refusals import Conflict, Forbidden, NotFound, Refused


class Source(enum.Enum):
    """Where a registration, as it stands, comes from."""

    #: A register file says it.
    REGISTER = "register"
    #: An officer wrote it, and no register file has said the same yet.
    OFFICE = "office"


class OnlyOfficersRegister(Forbidden):
    """Only officers of the NSSO who may act register and end employers."""

    code = "onlyOfficersRegister"


class EnterpriseNotKnown(NotFound):
    """The register knows no enterprise by this number."""

    code = "enterpriseNotKnown"


class AlreadyAnEmployer(Conflict):
    """The enterprise is registered in some of these days already (`nsso_number`, `begins`)."""

    code = "alreadyAnEmployer"


class NssoNumberTaken(Conflict):
    """The NSSO number belongs to another enterprise on some of these days (`number`)."""

    code = "nssoNumberTaken"


class EmployerEndsBeforeItBegins(Refused):
    """The last day as an employer lies before the first (`begins`)."""

    code = "employerEndsBeforeItBegins"


class EndUnchanged(Conflict):
    """The registration has this very last day already (`ends`)."""

    code = "employerEndUnchanged"


class RegistrationUnknown(NotFound):
    """The enterprise has no such registration as an employer (any more)."""

    code = "registrationUnknown"


class RegistrationChanged(Conflict):
    """The registration changed since the page was made."""

    code = "registrationChanged"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Registration:
    """An enterprise being an NSSO employer from `begins` to `ends` included, open if None."""

    enterprise: EnterpriseNumber
    nsso_number: NssoNumber
    begins: datetime.date
    ends: datetime.date | None = None

    def overlaps(self, other: "Registration") -> bool:
        """Say whether two registrations share a day."""
        return (self.ends is None or other.begins <= self.ends) and (
            other.ends is None or self.begins <= other.ends
        )


def require_officer(actor: Actor) -> None:
    """Require that somebody may register and end employers; raises OnlyOfficersRegister."""
    if not (actor.is_officer and actor.manages):
        raise OnlyOfficersRegister


def require_registrable(
    wanted: Registration, *, name: str, activity: ActivityPeriod, others: Iterable[Registration]
) -> None:
    """Require that an enterprise can be registered as an employer.

    `others` are the registrations of the enterprise, and those under the same NSSO number. Raises
    PartyNotActive where the enterprise is not active on the first day, AlreadyAnEmployer or
    NssoNumberTaken.
    """
    if wanted.begins not in activity:
        raise PartyNotActive(field="begins", name=name, activity=activity)
    _require_alone(wanted, others)


def require_endable(
    known: Registration, *, last_day: datetime.date, others: Iterable[Registration]
) -> None:
    """Require that a registration can get a last day; an end written before can be corrected.

    Raises EmployerEndsBeforeItBegins, EndUnchanged, AlreadyAnEmployer or NssoNumberTaken.
    """
    if last_day < known.begins:
        raise EmployerEndsBeforeItBegins(field="ends", begins=known.begins)
    if last_day == known.ends:
        raise EndUnchanged(field="ends", ends=known.ends)
    ending = dataclasses.replace(known, ends=last_day)
    _require_alone(ending, (other for other in others if other != known))


def _require_alone(wanted: Registration, others: Iterable[Registration]) -> None:
    for other in others:
        if not wanted.overlaps(other):
            continue
        if other.enterprise != wanted.enterprise:
            raise NssoNumberTaken(field="nsso_number", number=other.enterprise)
        raise AlreadyAnEmployer(
            field="begins", nsso_number=other.nsso_number, begins=other.begins, ends=other.ends
        )
