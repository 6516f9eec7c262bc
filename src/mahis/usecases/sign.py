"""Accept and sign an authorisation by authentication, for one's own party (C8, C13, C15)."""

import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Level, Method
from mahis.store.models import Validation
from mahis.usecases import _acting, _evidence, _locked, _record
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def sign(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Validate all mandates of an authorisation by authentication; all of them or none.

    Raises AuthorisationUnknown, StalePage, ActNotPossible, NotForYou, MayNotSign, HeldByAnother
    and the other refusals of the conditions in the table of life.
    """
    sign_locked(actor=actor, reference=reference, version=version, limits=limits, at=at, on=on)


def sign_locked(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Do the same inside a transaction that the caller has begun."""
    locked = _locked.lock(reference=reference, actor=actor, version=version, on=on)
    doer, power = _acting.doer_of(actor, locked, on=on)
    taken = _steps(locked, doer, power, limits=limits, on=on)
    assert doer.side is not None
    Validation.objects.create(
        authorisation=locked.authorisation,
        enterprise_id=actor.enterprise,
        side=doer.side,
        method=Method.AUTHENTICATION,
        person=actor.person.insz,
        given_name=actor.person.given_name,
        family_name=actor.person.family_name,
        at=at,
        assurance=actor.assurance,
    )
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed | {doer.side},
        evidence=_evidence.of_authentication(actor, power),
    )


def _steps(
    locked: Locked, doer: Doer, power: SigningPower, *, limits: Limits, on: datetime.date
) -> list[_record.Taken]:
    signing = frozenset() if doer.side is None else frozenset({doer.side})
    return [
        _record.Taken(
            row=row,
            step=lifecycle.take(
                act=Act.VALIDATE,
                doer=doer,
                case=_acting.case_for(
                    row,
                    locked,
                    on=on,
                    limits=limits,
                    power=power,
                    level=Level.AUTHENTICATION,
                    signing=signing,
                ),
            ),
        )
        for row in locked.mandates
    ]
