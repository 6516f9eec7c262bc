"""Who somebody is to an authorisation, and the case that the rules judge."""

import datetime

from mahis.domain import lifecycle
from mahis.domain.conditions import NO_POWER_KNOWN, Case, Limits
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.identifiers import Insz
from mahis.domain.lifecycle import Doer, Kind, Standing
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import Quarter
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Level
from mahis.store import loading
from mahis.store.models import Mandate
from mahis.usecases._locked import Locked

#: The house itself, which does what time and the register bring about.
CLOCK = Doer(kind=Kind.CLOCK)
REGISTER = Doer(kind=Kind.REGISTER)


def drawer(actor: Actor) -> Doer:
    """Give the doer of a drawing up; no power to sign is needed for it (A4)."""
    standing = Standing.MANAGES if actor.manages else Standing.CONSULTS
    return Doer(kind=Kind.PARTY, side=actor.side, standing=standing)


def doer_of(actor: Actor, locked: Locked, *, on: datetime.date) -> tuple[Doer, SigningPower]:
    """Say who somebody is to an authorisation, and whether they may sign for their party."""
    standing = Standing.MANAGES if actor.manages else Standing.CONSULTS
    if actor.is_officer:
        return Doer(kind=Kind.OFFICER, standing=standing), NO_POWER_KNOWN
    side = actor.side
    if side is None or locked.parties[side].number != actor.enterprise:
        return Doer(kind=Kind.OUTSIDER, standing=standing), NO_POWER_KNOWN
    power = loading.signing_power_of(person=actor.person.insz, enterprise=actor.enterprise, on=on)
    return lifecycle.party_doer(side=side, manages=actor.manages, power=power), power


def case_for(
    row: Mandate,
    locked: Locked,
    *,
    on: datetime.date,
    limits: Limits,
    power: SigningPower = NO_POWER_KNOWN,
    level: Level | None = None,
    signing: frozenset[Side] = frozenset(),
    half_signing: frozenset[Side] = frozenset(),
    signatory: Insz | None = None,
    first_of_two: FirstOfTwo | None = None,
    end: Quarter | None = None,
    reason: str = "",
) -> Case:
    """Give the case of one mandate of a locked authorisation."""
    known = locked.mandate(row)
    return Case(
        mandate=known,
        on=on,
        mandator=locked.parties[Side.MANDATOR],
        mandatary=locked.parties[Side.MANDATARY],
        limits=limits,
        power=power,
        level=level,
        signing=signing,
        half_signing=half_signing,
        signatory=signatory,
        first_of_two=first_of_two,
        end=end,
        reason=reason.strip(),
        holder=loading.in_the_way(
            mandator=known.mandator,
            mandatary=known.mandatary,
            group_id=row.group_id,
            single_mandatary=known.group.single_mandatary,
            period=known.period,
            except_authorisation=row.authorisation_id,
        ),
    )
