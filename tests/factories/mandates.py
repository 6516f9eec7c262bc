"""Authorisations and their mandates in any state, with the signatures that belong to it.

Rows are written as they are recorded, without history, so that also states which take a journey
or a calendar to reach are at hand; where the road matters, tests take the real use cases.
"""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.signing import Method
from mahis.store import models
from tests.factories import register

TODAY = datetime.date(2026, 11, 23)

#: Sides that have signed where a state is reached by the ordinary road, drawn up by the mandator.
_SIGNED = {
    State.TO_BE_FINALISED: (),
    State.PENDING: (Side.MANDATOR,),
    State.REJECTED: (Side.MANDATOR,),
    State.WITHDRAWN: (),
    State.EXPIRED: (),
}


def moment(day: datetime.date = TODAY, minute: int = 0) -> datetime.datetime:
    """Give an aware moment on a day."""
    brussels = ZoneInfo("Europe/Brussels")
    return datetime.datetime(day.year, day.month, day.day, 10, minute, tzinfo=brussels)


def period(start: str = "1/2026", end: str | None = None) -> QuarterPeriod:
    """Read a period as screens write quarters."""
    return QuarterPeriod(Quarter.parse(start), None if end is None else Quarter.parse(end))


def an_authorisation(
    mandator: EnterpriseNumber,
    mandatary: EnterpriseNumber,
    *groups: models.ApplicationGroup,
    state: State = State.ACTIVE,
    start: str = "1/2026",
    end: str | None = None,
    drawn_up_by: Side = Side.MANDATOR,
    drawn_up_on: datetime.date = TODAY,
    expires_on: datetime.date | None = None,
    signed: Iterable[Side] | None = None,
) -> models.Authorisation:
    """Write an authorisation with a mandate for each group, all in one state."""
    row = models.Authorisation.objects.create(
        year=drawn_up_on.year,
        mandator_id=mandator,
        mandatary_id=mandatary,
        drawn_up_by=drawn_up_by,
        drawn_up_at=moment(drawn_up_on),
        expires_on=expires_on or drawn_up_on + datetime.timedelta(days=90),
    )
    models.Mandate.objects.bulk_create(
        models.Mandate(
            authorisation=row,
            place=place,
            mandator_id=mandator,
            mandatary_id=mandatary,
            group=group,
            single_mandatary=group.single_mandatary,
            quarters=period(start, end),
            state=state,
        )
        for place, group in enumerate(groups, start=1)
    )
    for minute, side in enumerate(_SIGNED.get(state, tuple(Side)) if signed is None else signed):
        _sign(row, side, minute)
    return row


def _sign(row: models.Authorisation, side: Side, minute: int) -> None:
    person = register.a_person("Jan", f"Signing{side.value.title()}")
    models.Validation.objects.create(
        authorisation=row,
        enterprise_id=row.mandator_id if side is Side.MANDATOR else row.mandatary_id,
        side=side,
        method=Method.AUTHENTICATION,
        person=person.insz,
        given_name=person.given_name,
        family_name=person.family_name,
        at=moment(minute=minute),
        assurance=register.ASSURANCE,
    )
