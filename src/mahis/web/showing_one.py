"""What every screen about one authorisation shows: what may be done with it, and who signed."""

import dataclasses

from django.http import HttpRequest
from django.utils.translation import get_language

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Actor, Side
from mahis.queries import mandate_details
from mahis.queries.cards import PartyCard
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
    is_awaited: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Acts:
    """What the person may do with an authorisation, and what keeps them from it."""

    sign: bool
    refuse: bool
    withdraw: bool
    close: bool
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


def context(
    request: HttpRequest, details: AuthorisationDetails, *, only: MandateDetails | None = None
) -> dict[str, object]:
    """Give templates an authorisation, or `only` one mandate of it, with all that is shown."""
    return {
        "details": details,
        "mandate": only,
        "steps": next_step.sentences(details, only=only),
        "acts": _acts(asking.actor(request), details, only),
        "signatures": tuple(_signature(details, side) for side in Side),
        "drawn_up_by": details.party(details.drawn_up_by),
    }


def _signature(details: AuthorisationDetails, side: Side) -> Signature:
    validations = [each for each in details.validations if each.side is side]
    return Signature(
        side=side,
        card=details.party(side),
        validation=validations[0] if validations else None,
        is_awaited=side in details.awaited,
    )


def _acts(actor: Actor, details: AuthorisationDetails, only: MandateDetails | None) -> Acts:
    mandates = details.mandates if only is None else (only,)
    may = frozenset(act for mandate in mandates for act in mandate.may)
    powerless = actor.manages and details.acts_here and not details.actor_power.granted
    return Acts(
        sign=Act.VALIDATE in may,
        refuse=Act.REFUSE in may,
        withdraw=Act.WITHDRAW in may,
        close=Act.CLOSE in may,
        lacks_power_to_sign=powerless and details.my_side in details.awaited,
        lacks_power_to_close=powerless and any(map(_is_closable, mandates)),
        elsewhere=details.my_side is not None and not details.acts_here,
    )


def _is_closable(mandate: MandateDetails) -> bool:
    return mandate.state is State.ACTIVE and mandate.period.end is None
