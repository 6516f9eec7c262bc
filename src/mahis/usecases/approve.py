"""Approve an authorisation signed by hand, as an officer who has looked at its scan (N1)."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence

from mahis.domain import cosigning
from mahis.domain.conditions import Limits
from mahis.domain.cosigning import Adding, FirstOfTwo
from mahis.domain.documents import NoScan, SecondSignatoryMissing, SignatoryUnknown
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Person, Side
from mahis.domain.refusals import Refused
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Level, Method
from mahis.store import documents as kept
from mahis.store import loading
from mahis.store.models import AuthorisationDocument, Office, Validation
from mahis.usecases import _claims, _evidence, _for_all, _locked, _record, _replacing
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def approve(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    signatories: Mapping[Side, Sequence[int]],
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Validate all mandates by the signatures of both parties on a scan; all of them or none.

    `signatories` holds for each party an office of the person whose signature the officer has
    recognised, as the queue of scans lists them, or of the two persons who signed together. Raises
    AuthorisationUnknown, StalePage, ActNotPossible, NotForYou, ClaimedByAnother, NoScan,
    SignatoryUnknown, SecondSignatoryMissing, SignedByYou, DoesNotComplete or the refusal of a
    condition.
    """
    locked = _locked.lock(reference=reference, actor=actor, version=version, on=on)
    _claims.require_decidable(actor, locked, act=Act.APPROVE, on=on)
    _claims.require_free(locked.authorisation, actor, at=at)
    scan = kept.scan_of(locked.authorisation)
    if scan is None:
        raise NoScan
    signed = [
        signatory
        for side in Side
        for signatory in _signatories(locked, side, signatories.get(side, ()), on)
    ]
    taken, doer = _for_all.take(
        act=Act.APPROVE,
        actor=actor,
        locked=locked,
        limits=limits,
        on=on,
        level=Level.HANDWRITTEN,
        signing=frozenset(Side),
    )
    Validation.objects.bulk_create(_validation(locked, each, scan, at) for each in signed)
    _record.record(
        authorisation=locked.authorisation,
        taken=_replacing.take_places(locked, taken, at=at, on=on),
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=frozenset(Side),
        evidence=_rests_on(scan, signed),
    )
    _claims.drop(locked.authorisation)


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Signatory:
    """A person whose signature by hand was recognised."""

    side: Side
    person: Person
    power: SigningPower
    adds: Adding


def _signatories(
    locked: Locked, side: Side, offices: Sequence[int], on: datetime.date
) -> Iterator[_Signatory]:
    """Give those who signed for a party: one who may alone, or two who may together."""
    if not offices:
        raise SignatoryUnknown(field=_field(side, 1), side=side)
    first: FirstOfTwo | None = None
    for place, office in enumerate(offices, start=1):
        person, power = _who(locked, side, office, _field(side, place), on)
        try:
            cosigning.require_fits(person=person.insz, power=power, first=first)
        except Refused as refusal:
            raise refusal.on(_field(side, place)) from None
        adds = cosigning.adding(power=power, first=first)
        yield _Signatory(side=side, person=person, power=power, adds=adds)
        if adds.completes:
            return
        first = FirstOfTwo(person=person.insz, functions=adds.functions)
    raise SecondSignatoryMissing(field=_field(side, 2), side=side)


def _field(side: Side, place: int) -> str:
    name = f"signatory_{side.value}"
    return name if place == 1 else f"{name}_{place}"


def _who(
    locked: Locked, side: Side, office: int, field: str, on: datetime.date
) -> tuple[Person, SigningPower]:
    """Give the person who holds an office, and the power by which they sign for a party."""
    row = Office.objects.filter(pk=office, person__isnull=False).first()
    if row is not None:
        power = loading.signing_power_of(
            person=row.person, enterprise=locked.parties[side].number, on=on
        )
        if power.granted:
            person = Person(insz=row.person, given_name=row.given_name, family_name=row.family_name)
            return person, power
    raise SignatoryUnknown(field=field, side=side)


def _rests_on(scan: AuthorisationDocument, signed: Sequence[_Signatory]) -> dict[str, object]:
    """Give what the history keeps as the ground of an approval."""
    given = [
        _evidence.Given(
            side=each.side, person_name=each.person.name, power=each.power, adds=each.adds
        )
        for each in signed
    ]
    return _evidence.of_signatures(Method.HANDWRITTEN, document=scan, signatures=given)


def _validation(
    locked: Locked,
    signatory: _Signatory,
    scan: AuthorisationDocument,
    at: datetime.datetime,
) -> Validation:
    return Validation(
        authorisation=locked.authorisation,
        enterprise_id=locked.parties[signatory.side].number,
        side=signatory.side,
        method=Method.HANDWRITTEN,
        person=signatory.person.insz,
        given_name=signatory.person.given_name,
        family_name=signatory.person.family_name,
        at=at,
        document=scan,
        completes=signatory.adds.completes,
        functions=sorted(signatory.adds.functions),
    )
