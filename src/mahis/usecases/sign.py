"""Accept and sign an authorisation by authentication, for one's own party (C8, C13, C15).

Where the matrix asks for two functions together, the first person's signature waits for another.
"""

import datetime

from mahis.domain import cosigning, lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.cosigning import Adding, FirstOfTwo
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Level, Method
from mahis.store.models import Validation
from mahis.usecases import _acting, _evidence, _locked, _record, _replacing
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

    Raises AuthorisationUnknown, StalePage, ActNotPossible, NotForYou, MayNotSign, SignedByYou,
    DoesNotComplete, HeldByAnother and the other refusals of the conditions in the table of life.
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
    first = None if doer.side is None else locked.signatures.first_of_two.get(doer.side)
    adds = cosigning.adding(power=power, first=first)
    taken = _steps(actor, locked, doer, power, first, adds, limits=limits, on=on)
    assert doer.side is not None
    sides = frozenset({doer.side})
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
        completes=adds.completes,
        functions=sorted(adds.functions),
    )
    _record.record(
        authorisation=locked.authorisation,
        taken=_replacing.take_places(locked, taken, at=at, on=on),
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed | sides if adds.completes else locked.signed,
        evidence={
            **_evidence.of_authentication(actor, power, adds),
            **_evidence.of_half_signed(frozenset() if adds.completes else sides),
        },
    )


def _steps(  # noqa: PLR0917 - private, the arguments are those of signing
    actor: Actor,
    locked: Locked,
    doer: Doer,
    power: SigningPower,
    first: FirstOfTwo | None,
    adds: Adding,
    *,
    limits: Limits,
    on: datetime.date,
) -> list[_record.Taken]:
    sides = frozenset() if doer.side is None else frozenset({doer.side})
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
                    signing=sides if adds.completes else frozenset(),
                    half_signing=frozenset() if adds.completes else sides,
                    signatory=actor.person.insz,
                    first_of_two=first,
                ),
            ),
        )
        for row in locked.mandates
    ]
