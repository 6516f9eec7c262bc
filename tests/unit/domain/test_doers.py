"""Doers: what role and power make of somebody, and what would happen if they acted."""

import datetime

import pytest

from mahis.domain.lifecycle import Act, Doer, Kind, Standing, party_doer, would_take
from mahis.domain.mandate import State
from mahis.domain.parties import Side
from mahis.domain.representation import NoPower, Office, SigningPower
from tests.unit.domain import situations
from tests.unit.domain.situations import ON

POWER = SigningPower(
    chain=(
        Office(
            enterprise=situations.BAKERY,
            function="10002",
            validity=situations.GROUP.validity,
            holder=situations.ACCOUNTANT,
        ),
    )
)
NONE = SigningPower(why_not=NoPower.NO_FUNCTION)


class TestStanding:
    @pytest.mark.parametrize("side", Side)
    @pytest.mark.parametrize(
        ("manages", "power", "standing"),
        [
            (True, POWER, Standing.REPRESENTS),
            (True, NONE, Standing.MANAGES),
            # A function does not help who may only consult: role and power are two checks (A4).
            (False, POWER, Standing.CONSULTS),
            (False, NONE, Standing.CONSULTS),
        ],
    )
    def test_follows_from_role_and_from_power(self, side, manages, power, standing):
        doer = party_doer(side=side, manages=manages, power=power)
        assert doer == Doer(kind=Kind.PARTY, side=side, standing=standing)

    def test_grows_from_consulting_over_managing_to_representing(self):
        assert Standing.CONSULTS < Standing.MANAGES < Standing.REPRESENTS


class TestAStep:
    @pytest.mark.parametrize(
        ("days_left", "kind", "is_taken"),
        [(-1, Kind.CLOCK, True), (0, Kind.CLOCK, False), (-1, Kind.REGISTER, False)],
    )
    def test_would_be_taken_only_by_the_right_one_when_its_time_has_come(
        self, days_left, kind, is_taken
    ):
        pending = situations.mandate(
            state=State.PENDING, expires_on=ON + datetime.timedelta(days=days_left)
        )
        case = situations.case(mandate=pending)
        assert would_take(act=Act.EXPIRE, doer=Doer(kind=kind), case=case) is is_taken
