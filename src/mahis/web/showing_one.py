"""What every screen about one authorisation shows: what may be done with it, and who signed."""

import dataclasses

from django.http import HttpRequest
from django.utils.translation import get_language

from mahis.domain import signing
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Actor, Side
from mahis.domain.signing import Level
from mahis.queries import documents as documents_query
from mahis.queries import mandate_details
from mahis.queries.cards import PartyCard
from mahis.queries.documents import DocumentRow
from mahis.queries.mandate_details import (
    AuthorisationDetails,
    MandateDetails,
    ValidationDetails,
)
from mahis.usecases.meanwhile import AuthorisationUnknown
from mahis.web import asking, clock, next_step


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signature:
    """One party, and how it signed."""

    side: Side
    card: PartyCard
    #: None while the party has not signed.
    validation: ValidationDetails | None
    #: Number of the document with a report on the signature; None where there is none.
    report: int | None
    is_awaited: bool
    #: Whether the office is still to judge it on a scan.
    is_at_office: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Acts:
    """What the person may do with an authorisation, and what keeps them from it."""

    sign: bool
    refuse: bool
    withdraw: bool
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
        "acts": _acts(asking.actor(request), details, only),
        "signatures": tuple(_signature(details, rows, side) for side in Side),
        "drawn_up_by": details.party(details.drawn_up_by),
        "documents": rows,
    }


def _signature(
    details: AuthorisationDetails, rows: tuple[DocumentRow, ...], side: Side
) -> Signature:
    validation = next((each for each in details.validations if each.side is side), None)
    reported = {row.number for row in rows if row.has_report}
    document = None if validation is None else validation.document
    return Signature(
        side=side,
        card=details.party(side),
        validation=validation,
        report=document if document in reported else None,
        is_awaited=side in details.awaited,
        is_at_office=any(each.state is State.TO_BE_VALIDATED for each in details.mandates),
    )


def _acts(actor: Actor, details: AuthorisationDetails, only: MandateDetails | None) -> Acts:
    mandates = details.mandates if only is None else (only,)
    may = frozenset(act for mandate in mandates for act in mandate.may)
    powerless = actor.manages and details.acts_here and not details.actor_power.granted
    can_authenticate = _can_authenticate(details)
    is_awaited = details.acts_here and details.my_side in details.awaited
    return Acts(
        sign=Act.VALIDATE in may and can_authenticate,
        refuse=Act.REFUSE in may,
        withdraw=Act.WITHDRAW in may,
        close=Act.CLOSE in may,
        upload_signed=Act.UPLOAD_SIGNED in may,
        upload_scan=Act.UPLOAD_SCAN in may,
        attach=actor.manages and (details.acts_here or actor.is_officer),
        is_awaited=is_awaited,
        needs_eid=is_awaited and not can_authenticate,
        lacks_power_to_sign=powerless and details.my_side in details.awaited,
        lacks_power_to_close=powerless and any(map(_is_closable, mandates)),
        elsewhere=details.my_side is not None and not details.acts_here,
    )


def _can_authenticate(details: AuthorisationDetails) -> bool:
    """Say whether signing by authentication is not below how the first party signed (C13)."""
    return all(
        signing.mixes(first=each.method.level, second=Level.AUTHENTICATION)
        for each in details.validations[:1]
    )


def _is_closable(mandate: MandateDetails) -> bool:
    return mandate.state is State.ACTIVE and mandate.period.end is None
