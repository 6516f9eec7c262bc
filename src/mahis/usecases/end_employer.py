"""End the registration of an NSSO employer, or correct its end; both parties are told (N2)."""

import dataclasses
import datetime

from mahis.domain import employers
from mahis.domain.conditions import Limits
from mahis.domain.employers import Registration, RegistrationChanged, RegistrationUnknown, Source
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.store.models import Employer
from mahis.usecases import _employers, tell_employers_ended
from mahis.usecases._transaction import in_one_transaction


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ending:
    """Which registration ends, and when."""

    enterprise: EnterpriseNumber
    #: Number of its row.
    registration: int
    #: Number of the last change that the page was made from; 0 where there was none.
    change_seen: int
    #: The last day as an employer.
    last_day: datetime.date
    reason: str


def end(
    *,
    actor: Actor,
    ending: Ending,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> int:
    """End a registration; gives the number of mandates whose parties are told at once.

    An end that lies ahead is told on the day after it, by the clock. Without `at` nothing is
    written, only what would be refused is. Raises OnlyOfficersRegister, RegistrationUnknown,
    RegistrationChanged, EmployerEndsBeforeItBegins, EndUnchanged, AlreadyAnEmployer,
    NssoNumberTaken, ReasonMissing or ReasonTooLong.
    """
    _end(actor=actor, ending=ending, limits=limits, at=at)
    if at is None:
        return 0
    return tell_employers_ended.tell_now(at=at, on=on, mandator=ending.enterprise)


@in_one_transaction
def _end(*, actor: Actor, ending: Ending, limits: Limits, at: datetime.datetime | None) -> None:
    if at is not None:
        _employers.lock()
    row, before = _required(actor=actor, ending=ending, limits=limits)
    if at is None:
        return
    row.ends, row.source = ending.last_day, Source.OFFICE
    row.save(update_fields=["ends", "source"])
    _employers.write_change(
        enterprise=ending.enterprise,
        act="ended",
        at=at,
        before=before,
        after=_employers.registration_of(row),
        kind=Kind.OFFICER,
        actor=actor,
        reason=ending.reason.strip(),
    )


def _required(*, actor: Actor, ending: Ending, limits: Limits) -> tuple[Employer, Registration]:
    employers.require_officer(actor)
    row = Employer.objects.filter(pk=ending.registration, enterprise=ending.enterprise).first()
    if row is None:
        raise RegistrationUnknown
    if _employers.last_change(ending.enterprise) != ending.change_seen:
        raise RegistrationChanged
    known = _employers.registration_of(row)
    employers.require_endable(
        known,
        last_day=ending.last_day,
        others=_employers.touching(known),
    )
    _employers.require_reason(ending.reason, limits=limits)
    return row, known
