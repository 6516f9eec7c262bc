"""Claims on scans: who is deciding, until when; read and written under the authorisation's lock."""

import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.documents import ClaimedByAnother
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Actor
from mahis.store.models import Authorisation, ScanClaim
from mahis.usecases import _acting
from mahis.usecases._locked import Locked


def require_decidable(actor: Actor, locked: Locked, *, act: Act, on: datetime.date) -> None:
    """Require a scan that waits, and an officer; raises ActNotPossible or NotForYou."""
    doer, power = _acting.doer_of(actor, locked, on=on)
    case = _acting.case_for(locked.mandates[0], locked, on=on, limits=Limits(), power=power)
    lifecycle.require(act=act, doer=doer, case=case)


def require_free(authorisation: Authorisation, actor: Actor, *, at: datetime.datetime) -> None:
    """Require that no other officer is deciding this scan; raises ClaimedByAnother."""
    claim = ScanClaim.objects.filter(authorisation=authorisation).first()
    if claim is not None and claim.officer != actor.person.insz and at < claim.until:
        raise ClaimedByAnother(name=claim.name, until=claim.until)


def drop(authorisation: Authorisation) -> None:
    """End the claim on a scan, whosever it is."""
    ScanClaim.objects.filter(authorisation=authorisation).delete()
