"""Reject an authorisation signed by hand, as an officer who has looked at its scan (N1)."""

import datetime

from mahis.domain.conditions import Limits
from mahis.domain.documents import RejectionReason
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.store import documents as kept
from mahis.usecases import _claims, _evidence, _for_all, _locked, _record
from mahis.usecases._transaction import in_one_transaction


@in_one_transaction
def reject(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    reason_code: RejectionReason,
    reason: str,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Reject all mandates of an authorisation, with a reason from the list and free text.

    The text may be left out, but not with the reason "other". Raises AuthorisationUnknown,
    StalePage, ActNotPossible, NotForYou, ClaimedByAnother, ReasonMissing or ReasonTooLong.
    """
    locked = _locked.lock(reference=reference, actor=actor, version=version, on=on)
    _claims.require_decidable(actor, locked, act=Act.REJECT, on=on)
    _claims.require_free(locked.authorisation, actor, at=at)
    text = reason.strip()
    given = text if reason_code is RejectionReason.OTHER else text or reason_code.value
    taken, doer = _for_all.take(
        act=Act.REJECT, actor=actor, locked=locked, limits=limits, on=on, reason=given
    )
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed,
        reason=text,
        evidence=_evidence.of_rejection(kept.scan_of(locked.authorisation), reason_code),
    )
    _claims.drop(locked.authorisation)
