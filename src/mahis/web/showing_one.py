"""What every screen about one authorisation shows: what may be done with it, and who signed."""

import dataclasses

from django.http import HttpRequest
from django.utils.translation import get_language

from mahis.domain import signing
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import (
    EXPIRING_STATES,
    RUNNING_STATES,
    AuthorisationReference,
    State,
)
from mahis.domain.parties import Actor, Side
from mahis.domain.signing import Level
from mahis.queries import documents as documents_query
from mahis.queries import mandate_details
from mahis.queries.cards import PartyCard
from mahis.queries.cosigners import Part
from mahis.queries.documents import DocumentRow
from mahis.queries.mandate_details import (
    AuthorisationDetails,
    MandateDetails,
    ValidationDetails,
)
from mahis.usecases.meanwhile import AuthorisationUnknown
from mahis.web import asking, clock, next_step, replacing_words


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signed:
    """How one person signed for a party."""

    validation: ValidationDetails
    #: Number of the document with a report on the signature; None where there is none.
    report: int | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signature:
    """One party, and how it signed."""

    side: Side
    card: PartyCard
    #: Empty while nobody has signed for the party; two where two persons sign together.
    given: tuple[Signed, ...]
    is_awaited: bool
    #: Whether one person has signed, and another has to sign too.
    is_half: bool
    #: Whether the office is still to judge it on a scan.
    is_at_office: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Acts:
    """What the person may do with an authorisation, and what keeps them from it."""

    sign: bool
    refuse: bool
    withdraw: bool
    #: Whether something that took the place of another mandate can be withdrawn before it begins.
    withdraw_replacement: bool
    close: bool
    #: Whether a signed form, and a scan of one signed by hand, can come back.
    upload_signed: bool
    upload_scan: bool
    #: Whether a new version can be attached to what was done.
    attach: bool
    #: Whether the enterprise is to sign, and acts here as the party that is.
    is_awaited: bool
    #: Whether it can only do so by eID, because the first party did.
    needs_eid: bool
    #: Whether the enterprise is to sign, and only a function that may is missing.
    lacks_power_to_sign: bool
    #: Whether the person has signed, and another of the enterprise has to sign too.
    awaits_cosignatory: bool
    #: Whether the person may sign, but not together with the one who has.
    does_not_fit: bool
    #: Whether the person is the one who makes the signature whole.
    completes: bool
    #: Whether another has to sign after the person.
    needs_second: bool
    #: Whether something could be closed, and only a function that may is missing.
    lacks_power_to_close: bool
    #: Whether the enterprise is party to it, but not in the capacity that the person acts in.
    elsewhere: bool


def details_of(request: HttpRequest, reference: AuthorisationReference) -> AuthorisationDetails:
    """Give an authorisation for the person who asks; raises AuthorisationUnknown."""
    details = mandate_details.authorisation(
        actor=asking.actor(request),
        reference=reference,
        on=clock.today(),
        language=get_language() or "",
    )
    if details is None:
        raise AuthorisationUnknown
    return details


def documents_of(request: HttpRequest, details: AuthorisationDetails) -> tuple[DocumentRow, ...]:
    """Give the documents of an authorisation, the newest first."""
    return documents_query.of(
        actor=asking.actor(request),
        reference=details.reference,
        language=get_language() or "",
    )


def context(
    request: HttpRequest,
    details: AuthorisationDetails,
    *,
    only: MandateDetails | None = None,
    documents: tuple[DocumentRow, ...] | None = None,
) -> dict[str, object]:
    """Give templates an authorisation, or `only` one mandate of it, with all that is shown.

    `documents` are looked up unless the caller has done so already.
    """
    rows = documents_of(request, details) if documents is None else documents
    return {
        "details": details,
        "mandate": only,
        "steps": next_step.sentences(details, only=only),
        "replacing": replacing_words.planned(details.mandates),
        "acts": _acts(asking.actor(request), details, only),
        "signatures": tuple(_signature(details, rows, side) for side in Side),
        "drawn_up_by": details.party(details.drawn_up_by),
        "documents": rows,
        "settled_party": _settled_party(details, only),
    }


def _settled_party(details: AuthorisationDetails, only: MandateDetails | None) -> PartyCard | None:
    """Give the party by whose end a mandate was touched; None where it was not."""
    if only is None or only.settled is None:
        return None
    return details.party(only.settled.side)


def _signature(
    details: AuthorisationDetails, rows: tuple[DocumentRow, ...], side: Side
) -> Signature:
    reported = {row.number for row in rows if row.has_report}
    return Signature(
        side=side,
        card=details.party(side),
        given=tuple(
            Signed(validation=each, report=each.document if each.document in reported else None)
            for each in details.validations
            if each.side is side
        ),
        is_awaited=side in details.awaited,
        is_half=side in details.half_signed,
        is_at_office=any(each.state is State.TO_BE_VALIDATED for each in details.mandates),
    )


def _acts(actor: Actor, details: AuthorisationDetails, only: MandateDetails | None) -> Acts:
    mandates = details.mandates if only is None else (only,)
    may = frozenset(act for mandate in mandates for act in mandate.may)
    powerless = actor.manages and details.acts_here and not details.actor_power.granted
    can_authenticate = _can_authenticate(details)
    is_awaited = details.acts_here and details.my_side in details.awaited
    part = None if details.cosigning is None else details.cosigning.part
    return Acts(
        sign=Act.VALIDATE in may and can_authenticate,
        refuse=Act.REFUSE in may,
        withdraw=any(_is_withdrawable(each) for each in mandates if each.state in EXPIRING_STATES),
        withdraw_replacement=any(
            _is_withdrawable(each) for each in mandates if each.state in RUNNING_STATES
        ),
        close=Act.CLOSE in may,
        upload_signed=Act.UPLOAD_SIGNED in may,
        upload_scan=Act.UPLOAD_SCAN in may,
        attach=actor.manages and (details.acts_here or actor.is_officer),
        is_awaited=is_awaited,
        awaits_cosignatory=is_awaited and part is Part.SIGNED,
        does_not_fit=is_awaited and part is Part.DOES_NOT_FIT,
        completes=is_awaited and part is Part.COMPLETES,
        needs_second=is_awaited and details.cosigning is None and bool(details.actor_power.joint),
        needs_eid=is_awaited and not can_authenticate,
        lacks_power_to_sign=powerless and details.my_side in details.awaited,
        lacks_power_to_close=powerless and any(map(_is_closable, mandates)),
        elsewhere=details.my_side is not None and not details.acts_here,
    )


def _can_authenticate(details: AuthorisationDetails) -> bool:
    """Say whether signing by authentication is not below how the first party signed (C13)."""
    if details.first_level is None or details.first_side is details.my_side:
        return True
    return signing.mixes(first=details.first_level, second=Level.AUTHENTICATION)


def _is_withdrawable(mandate: MandateDetails) -> bool:
    return Act.WITHDRAW in mandate.may


def _is_closable(mandate: MandateDetails) -> bool:
    return mandate.state in RUNNING_STATES and mandate.period.end is None
