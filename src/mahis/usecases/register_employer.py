"""Register an enterprise as an NSSO employer; what waited for that becomes active (A5, N2)."""

import datetime

from mahis.domain import employers
from mahis.domain.conditions import Limits
from mahis.domain.employers import EnterpriseNotKnown, Registration, Source
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.store import loading
from mahis.store.models import Employer
from mahis.usecases import _employers, identify_employer
from mahis.usecases._transaction import in_one_transaction


def register(
    *,
    actor: Actor,
    wanted: Registration,
    reason: str,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> int:
    """Register an employer, then make active what waited for it; gives the number of mandates.

    A registration that begins later lets the clock do so on its first day. Without `at` nothing is
    written, only what would be refused is. Raises OnlyOfficersRegister, EnterpriseNotKnown,
    PartyNotActive, AlreadyAnEmployer, NssoNumberTaken, ReasonMissing or ReasonTooLong.
    """
    _register(actor=actor, wanted=wanted, reason=reason, limits=limits, at=at)
    if at is None:
        return 0
    return identify_employer.identify_now(at=at, on=on, mandator=wanted.enterprise)


@in_one_transaction
def _register(
    *,
    actor: Actor,
    wanted: Registration,
    reason: str,
    limits: Limits,
    at: datetime.datetime | None,
) -> None:
    if at is not None:
        _employers.lock()
    _require(actor=actor, wanted=wanted, reason=reason, limits=limits)
    if at is None:
        return
    Employer.objects.create(
        enterprise=wanted.enterprise,
        nsso_number=wanted.nsso_number.number,
        begins=wanted.begins,
        ends=wanted.ends,
        source=Source.OFFICE,
    )
    _employers.write_change(
        enterprise=wanted.enterprise,
        act="registered",
        at=at,
        before=None,
        after=wanted,
        kind=Kind.OFFICER,
        actor=actor,
        reason=reason.strip(),
    )


def _require(*, actor: Actor, wanted: Registration, reason: str, limits: Limits) -> None:
    employers.require_officer(actor)
    known = loading.party_on(wanted.enterprise, on=wanted.begins)
    if known is None:
        raise EnterpriseNotKnown(field="enterprise")
    employers.require_registrable(
        wanted,
        name=known.name,
        activity=known.activity,
        others=_employers.touching(wanted),
    )
    _employers.require_reason(reason, limits=limits)
