"""Delegate: let a former mandatary act for past quarters that it had (L8)."""

import dataclasses
import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import Case, Limits
from mahis.domain.delegation import NOTHING, Delegating, NotAFormerMandatary
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import MandateReference
from mahis.domain.parties import Actor
from mahis.domain.quarters import QuarterPeriod
from mahis.store import delegations, loading
from mahis.store.models import Application, Delegation, Mandate
from mahis.usecases import _acting, _delegations, _locked, _record
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction
from mahis.usecases.meanwhile import AuthorisationUnknown


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be delegated to whom."""

    mandate: MandateReference
    #: Count of acts that the page was made from.
    version: int
    delegate: EnterpriseNumber
    #: Code of one application; None: all of the group.
    application: str | None
    #: First to last of the past quarters.
    quarters: QuarterPeriod


@in_one_transaction
def delegate(*, actor: Actor, wanted: Wanted, at: datetime.datetime, on: datetime.date) -> int:
    """Give a former mandatary access for past quarters; gives the number of the delegation.

    Raises AuthorisationUnknown, StalePage, ActNotPossible, NotForYou, or the refusal of a
    condition.
    """
    locked, row, step = _take(actor=actor, wanted=wanted, on=on)
    application = None
    if wanted.application is not None:
        application = Application.objects.get(code=wanted.application)
    given = Delegation.objects.create(
        mandate=row,
        delegate_id=wanted.delegate,
        application=application,
        quarters=wanted.quarters,
        created_at=at,
        created_by=actor.person.insz,
        created_by_name=actor.person.name,
    )
    by = _record.By(kind=lifecycle.Kind.PARTY, actor=actor)
    _delegations.record(given, locked=locked, step=step, by=by, at=at)
    return given.pk


@in_one_transaction
def rehearse(*, actor: Actor, wanted: Wanted, on: datetime.date) -> None:
    """Raise what delegating would raise; nothing is written."""
    _take(actor=actor, wanted=wanted, on=on)


def _take(
    *, actor: Actor, wanted: Wanted, on: datetime.date
) -> tuple[Locked, Mandate, lifecycle.Step]:
    locked = _locked.lock(
        reference=wanted.mandate.authorisation, actor=actor, version=wanted.version, on=on
    )
    row = next((each for each in locked.mandates if each.place == wanted.mandate.place), None)
    if row is None:
        raise AuthorisationUnknown
    doer, power = _acting.doer_of(actor, locked, on=on)
    case = _acting.case_for(row, locked, on=on, limits=Limits(), power=power)
    lifecycle.require(act=Act.DELEGATE, doer=doer, case=case)
    step = lifecycle.take(act=Act.DELEGATE, doer=doer, case=_about(case, row, wanted))
    return locked, row, step


def _about(case: Case, row: Mandate, wanted: Wanted) -> Case:
    """Add to a case what is to be delegated; raises NotAFormerMandatary for who is unknown."""
    party = loading.party_on(wanted.delegate, on=case.on)
    if party is None:
        raise NotAFormerMandatary(field="delegate", name=wanted.delegate.screen)
    held = delegations.held_by_mandatary(row, on=case.on).get(wanted.delegate, NOTHING)
    named = wanted.application
    return dataclasses.replace(
        case,
        delegating=Delegating(
            delegate=party,
            application=named,
            quarters=wanted.quarters,
            held=held.over,
            still_holds=held.still,
            in_group=() if named is None else delegations.in_group(row, application=named),
            given=delegations.given_of(row, delegate=wanted.delegate),
        ),
    )
