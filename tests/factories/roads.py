"""Mandates brought to a state by the real use cases, history and notices included."""

import datetime
from typing import Any

from mahis.domain.conditions import Limits
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.parties import Actor
from mahis.domain.quarters import Quarter
from mahis.store import models
from mahis.usecases import close, draw_up, refuse, sign, withdraw
from tests.factories.mandates import TODAY, moment, period

LIMITS = Limits()


def drawn_up(
    by: Actor,
    other: Actor,
    *groups: str,
    signed: bool = False,
    start: str = "4/2026",
    end: str | None = None,
    on: datetime.date = TODAY,
    replacing: AuthorisationReference | None = None,
) -> AuthorisationReference:
    """Draw up between the enterprises of two actors, signed by the first where asked for.

    `replacing` names an authorisation whose mandates stand in the way, in the same order.
    """
    return draw_up.draw_up(
        actor=by,
        draft_id=None,
        wanted=draw_up.Wanted(
            other_party=other.enterprise,
            groups=groups,
            period=period(start, end),
            replaces={
                code: MandateReference(replacing, place)
                for place, code in enumerate(groups, start=1)
                if replacing is not None
            },
        ),
        signing=signed,
        limits=LIMITS,
        at=moment(on),
        on=on,
    )


def signed_by_both(by: Actor, other: Actor, *groups: str, **more) -> AuthorisationReference:
    """Draw up and sign by both."""
    reference = drawn_up(by, other, *groups, signed=True, **more)
    sign.sign(actor=other, **_page(reference, minute=1))
    return reference


def refused(by: Actor, other: Actor, *groups: str, reason: str) -> AuthorisationReference:
    """Draw up, sign by one, and refuse by the other."""
    reference = drawn_up(by, other, *groups, signed=True)
    refuse.refuse(actor=other, reason=reason, **_page(reference, minute=1))
    return reference


def withdrawn(by: Actor, other: Actor, *groups: str) -> AuthorisationReference:
    """Draw up and withdraw."""
    reference = drawn_up(by, other, *groups)
    withdraw.withdraw(actor=by, **_page(reference, minute=1))
    return reference


def taken_back(reference: AuthorisationReference, by: Actor) -> None:
    """Withdraw what both have signed and what took the place of other mandates."""
    withdraw.withdraw(actor=by, **_page(reference, minute=2))


def closed(
    reference: AuthorisationReference, by: Actor, *places: int, end: str, reason: str = ""
) -> None:
    """Give active mandates an end quarter."""
    page = _page(reference, minute=2)
    close.close(
        actor=by,
        closing=close.Closing(
            reference=page.pop("reference"),
            version=page.pop("version"),
            places=places,
            end=Quarter.parse(end),
            reason=reason,
        ),
        **page,
    )


def _page(reference: AuthorisationReference, *, minute: int) -> dict[str, Any]:
    """Give what every use case takes from a page made just now."""
    return {
        "reference": reference,
        "version": models.Authorisation.objects.get(pk=reference.number).version,
        "limits": LIMITS,
        "at": moment(TODAY, minute),
        "on": TODAY,
    }
