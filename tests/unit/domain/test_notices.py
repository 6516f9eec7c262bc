"""Notices: every step tells both parties, each by the channel that reaches it."""

import itertools

import pytest

from mahis.domain.life_table import TABLE
from mahis.domain.notices import (
    ABOUT_PROVIDERS,
    TOLD_BY_CHANGES,
    WARNINGS,
    Channel,
    Telling,
    channel_for,
    notices_for,
)
from mahis.domain.parties import Side

#: By side, and by whether the enterprise has an account in user management.
CHANNELS = {
    (Side.MANDATARY, True): Channel.EBOX,
    (Side.MANDATARY, False): Channel.EBOX,
    (Side.MANDATOR, True): Channel.EBOX,
    (Side.MANDATOR, False): Channel.POST,
}

AWAITED = [frozenset(sides) for count in range(3) for sides in itertools.combinations(Side, count)]


class TestAChannel:
    @pytest.mark.parametrize("side", Side)
    @pytest.mark.parametrize("has_account", [True, False])
    def test_is_the_ebox_but_for_a_mandator_without_an_account(self, side, has_account):
        assert channel_for(side=side, has_account=has_account) is CHANNELS[side, has_account]


class TestAStep:
    @pytest.mark.parametrize("telling", Telling)
    @pytest.mark.parametrize("awaited", AWAITED, ids=len)
    @pytest.mark.parametrize("has_account", [True, False])
    def test_tells_both_parties_once_and_says_who_must_act(self, telling, awaited, has_account):
        notices = notices_for(telling=telling, awaited=awaited, mandator_has_account=has_account)
        assert sorted(notice.side.value for notice in notices) == ["mandatary", "mandator"]
        for notice in notices:
            assert notice.telling is telling
            assert notice.must_act is (notice.side in awaited)
            assert notice.channel is CHANNELS[notice.side, has_account]


class TestATelling:
    def test_is_told_by_a_step_a_warning_of_the_clock_or_a_change_of_a_provider(self):
        told_by_steps = {telling for row in TABLE for telling in row.telling}
        assert told_by_steps | WARNINGS | TOLD_BY_CHANGES == set(Telling)
        assert not told_by_steps & (WARNINGS | TOLD_BY_CHANGES)
        assert not WARNINGS & TOLD_BY_CHANGES

    def test_about_a_provider_is_told_by_no_step_of_a_mandate(self):
        assert ABOUT_PROVIDERS <= WARNINGS | TOLD_BY_CHANGES
