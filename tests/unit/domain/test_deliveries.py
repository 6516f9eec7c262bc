"""Deliveries: waits that grow within bounds, and what makes a notice wait, fail or go by post."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.deliveries import (
    ByPost,
    Delivered,
    DeliveryState,
    Patience,
    Refused,
    TryAgain,
    backoff,
    standing_after,
)
from mahis.domain.notices import Channel

SECOND = datetime.timedelta(seconds=1)
NO_TIME = datetime.timedelta()

DICE = st.floats(0, 1, exclude_max=True)
ATTEMPTS = st.integers(0, 10_000)
PATIENCE = st.builds(
    Patience,
    tries=st.integers(1, 100),
    first=st.timedeltas(SECOND, 60 * SECOND),
    longest=st.timedeltas(60 * SECOND, 86_400 * SECOND),
)
CHANNELS = st.sampled_from(Channel)


def after(outcome, *, attempts=0, dice=0.5, patience=None, channel=Channel.EBOX):
    return standing_after(
        outcome,
        channel=channel,
        attempts=attempts,
        dice=dice,
        patience=patience or Patience(),
    )


class TestAWait:
    @given(ATTEMPTS, DICE, PATIENCE)
    def test_is_never_longer_than_the_longest(self, attempts, dice, patience):
        wait = backoff(attempts=attempts, dice=dice, patience=patience)
        assert NO_TIME <= wait <= patience.longest

    @given(DICE, PATIENCE)
    def test_is_at_first_no_longer_than_the_first(self, dice, patience):
        assert backoff(attempts=1, dice=dice, patience=patience) <= patience.first

    @given(ATTEMPTS, DICE, PATIENCE)
    def test_grows_with_every_failure_until_it_is_the_longest(self, attempts, dice, patience):
        shorter = backoff(attempts=attempts, dice=dice, patience=patience)
        longer = backoff(attempts=attempts + 1, dice=dice, patience=patience)
        assert shorter <= longer <= max(shorter * 4, patience.first) + SECOND

    @given(st.integers(1, 40), PATIENCE)
    def test_falls_evenly_between_nothing_and_its_bound(self, attempts, patience):
        bound = backoff(attempts=attempts, dice=1.0, patience=patience)
        for tenth in range(10):
            wait = backoff(attempts=attempts, dice=tenth / 10, patience=patience)
            assert abs(wait - bound * tenth / 10) <= SECOND / 1000

    @pytest.mark.parametrize(
        ("attempts", "seconds"),
        [(1, 5), (2, 20), (3, 80), (4, 320), (7, 20_480), (8, 21_600), (5000, 21_600)],
    )
    def test_has_the_bounds_of_the_decision(self, attempts, seconds):
        assert backoff(attempts=attempts, dice=1.0) == datetime.timedelta(seconds=seconds)


class TestANoticeThatArrived:
    @given(ATTEMPTS, CHANNELS)
    def test_is_delivered_however_often_it_failed_before(self, attempts, channel):
        standing = after(Delivered(receipt="x"), attempts=attempts, channel=channel)
        assert standing.state is DeliveryState.DELIVERED
        assert (standing.channel, standing.problem) == (channel, "")


class TestANoticeThatWasRefused:
    @given(ATTEMPTS, DICE, PATIENCE)
    def test_fails_at_once_and_says_why(self, attempts, dice, patience):
        refused = Refused(problem="forbidden", detail="status 403")
        standing = after(refused, attempts=attempts, dice=dice, patience=patience)
        assert standing.state is DeliveryState.FAILED
        assert (standing.problem, standing.detail) == ("forbidden", "status 403")


class TestANoticeToBeTriedAgain:
    @given(DICE, PATIENCE)
    def test_fails_at_the_last_of_its_tries_and_not_before(self, dice, patience):
        attempts, states = 0, []
        for _ in range(patience.tries):
            standing = after(TryAgain(problem="timeout"), attempts=attempts, patience=patience)
            attempts = standing.attempts
            states.append(standing.state)
        assert states[:-1] == [DeliveryState.WAITING] * (patience.tries - 1)
        assert states[-1] is DeliveryState.FAILED

    @given(st.integers(0, 11), st.integers(1, 500))
    def test_never_fails_while_nothing_at_all_gets_through(self, attempts, times):
        for _ in range(times):
            standing = after(TryAgain(problem="unreachable", counts=False), attempts=attempts)
            assert standing.state is DeliveryState.WAITING
            assert standing.attempts == attempts

    @given(ATTEMPTS, DICE, PATIENCE, st.timedeltas(NO_TIME, 100_000 * SECOND))
    def test_waits_as_long_as_asked_within_the_longest(self, attempts, dice, patience, asked):
        outcome = TryAgain(problem="tooMany", at_least=asked, counts=False)
        standing = after(outcome, attempts=attempts, dice=dice, patience=patience)
        assert min(asked, patience.longest) <= standing.wait <= patience.longest


class TestANoticeThatTheEboxDoesNotBring:
    @given(ATTEMPTS)
    def test_goes_by_post_with_all_its_tries_before_it(self, attempts):
        standing = after(ByPost(why="noEbox"), attempts=attempts)
        assert standing.state is DeliveryState.WAITING
        assert (standing.channel, standing.attempts, standing.wait) == (Channel.POST, 0, NO_TIME)
