"""Close mandates: give active mandates their end quarter (L2 to L4)."""

import dataclasses
import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import Limits
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.domain.quarters import Quarter
from mahis.domain.refusals import Refused
from mahis.store.models import Mandate
from mahis.usecases import _acting, _evidence, _locked, _record
from mahis.usecases._transaction import in_one_transaction


class NoMandateChosen(Refused):
    """At least one mandate of the authorisation has to be ticked."""

    code = "noMandateChosen"


class MandateUnknown(Refused):
    """The authorisation has no mandate in this place (`place`)."""

    code = "mandateUnknown"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Closing:
    """What is to be closed, and when."""

    reference: AuthorisationReference
    #: Count of acts that the page was made from.
    version: int
    #: Places of the mandates to close.
    places: tuple[int, ...]
    #: Last quarter in which the mandates can be used.
    end: Quarter
    #: Needed from officers; parties need give none.
    reason: str = ""


@in_one_transaction
def close(
    *,
    actor: Actor,
    closing: Closing,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> None:
    """Give mandates their end quarter: all that were ticked, or none.

    Raises AuthorisationUnknown, StalePage, NoMandateChosen, MandateUnknown, ActNotPossible,
    NotForYou, MayNotSign or the refusal of a condition.
    """
    _close(actor=actor, closing=closing, limits=limits, at=at, on=on)


@in_one_transaction
def rehearse(
    *,
    actor: Actor,
    closing: Closing,
    limits: Limits,
    on: datetime.date,
) -> None:
    """Raise what closing would raise; nothing is written."""
    _close(actor=actor, closing=closing, limits=limits, at=None, on=on)


def _close(
    *,
    actor: Actor,
    closing: Closing,
    limits: Limits,
    at: datetime.datetime | None,
    on: datetime.date,
) -> None:
    locked = _locked.lock(reference=closing.reference, actor=actor, version=closing.version, on=on)
    doer, power = _acting.doer_of(actor, locked, on=on)
    taken = [
        _record.Taken(
            row=row,
            step=lifecycle.take(
                act=Act.CLOSE,
                doer=doer,
                case=_acting.case_for(
                    row,
                    locked,
                    on=on,
                    limits=limits,
                    power=power,
                    end=closing.end,
                    reason=closing.reason,
                ),
            ),
        )
        for row in chosen(locked, closing.places)
    ]
    if at is None:
        return
    _record.record(
        authorisation=locked.authorisation,
        taken=taken,
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed,
        reason=closing.reason.strip(),
        evidence=_evidence.of_power(power) if power.granted else {},
    )


def chosen(locked: _locked.Locked, places: tuple[int, ...]) -> list[Mandate]:
    """Give the mandates in some places; raises NoMandateChosen or MandateUnknown."""
    if not places:
        raise NoMandateChosen(field="places")
    by_place = {row.place: row for row in locked.mandates}
    for place in places:
        if place not in by_place:
            raise MandateUnknown(field="places", place=place)
    return [by_place[place] for place in sorted(set(places))]
