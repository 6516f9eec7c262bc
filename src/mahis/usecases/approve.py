"""Approve an authorisation signed by hand, as an officer who has looked at its scan (N1)."""

import dataclasses
import datetime
from collections.abc import Mapping

from mahis.domain.conditions import Limits
from mahis.domain.documents import NoScan, SignatoryUnknown
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Person, Side
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Level, Method
from mahis.store import documents as kept
from mahis.store import loading
from mahis.store.models import AuthorisationDocument, Office, Validation
from mahis.usecases import _claims, _evidence, _for_all, _locked, _record
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def approve(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    signatories: Mapping[Side, int],
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Validate all mandates by the two signatures on a scan; all of them or none.

    `signatories` holds for each party an office of the person whose signature the officer has
    recognised, as the queue of scans lists them. Raises AuthorisationUnknown, StalePage,
    ActNotPossible, NotForYou, ClaimedByAnother, NoScan, SignatoryUnknown or the refusal of a
    condition.
    """
    locked = _locked.lock(reference=reference, actor=actor, version=version, on=on)
    _claims.require_decidable(actor, locked, act=Act.APPROVE, on=on)
    _claims.require_free(locked.authorisation, actor, at=at)
    scan = kept.scan_of(locked.authorisation)
    if scan is None:
        raise NoScan
    signed = {side: _signatory(locked, side, signatories.get(side), on) for side in Side}
    taken, doer = _for_all.take(
        act=Act.APPROVE,
        actor=actor,
        locked=locked,
        limits=limits,
        on=on,
        level=Level.HANDWRITTEN,
        signing=frozenset(Side),
    )
    Validation.objects.bulk_create(
        _validation(locked, side, each, scan, at) for side, each in signed.items()
    )
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=frozenset(Side),
        evidence=_rests_on(scan, signed),
    )
    _claims.drop(locked.authorisation)


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Signatory:
    """A person whose signature by hand was recognised."""

    person: Person
    power: SigningPower


def _signatory(locked: Locked, side: Side, office: int | None, on: datetime.date) -> _Signatory:
    """Give the person who holds an office, and the power by which they sign for a party."""
    row = None
    if office is not None:
        row = Office.objects.filter(pk=office, person__isnull=False).first()
    if row is not None:
        power = loading.signing_power_of(
            person=row.person, enterprise=locked.parties[side].number, on=on
        )
        if power.granted:
            person = Person(insz=row.person, given_name=row.given_name, family_name=row.family_name)
            return _Signatory(person=person, power=power)
    raise SignatoryUnknown(field=f"signatory_{side.value}", side=side)


def _rests_on(scan: AuthorisationDocument, signed: Mapping[Side, _Signatory]) -> dict[str, object]:
    """Give what the history keeps as the ground of an approval."""
    given = [
        _evidence.Given(side=side, person_name=each.person.name, power=each.power)
        for side, each in signed.items()
    ]
    return _evidence.of_signatures(Method.HANDWRITTEN, document=scan, signatures=given)


def _validation(
    locked: Locked,
    side: Side,
    signatory: _Signatory,
    scan: AuthorisationDocument,
    at: datetime.datetime,
) -> Validation:
    return Validation(
        authorisation=locked.authorisation,
        enterprise_id=locked.parties[side].number,
        side=side,
        method=Method.HANDWRITTEN,
        person=signatory.person.insz,
        given_name=signatory.person.given_name,
        family_name=signatory.person.family_name,
        at=at,
        document=scan,
    )
