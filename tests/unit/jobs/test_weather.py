"""The weather at the e-Box: what is held against it, and what against a notice."""

import uuid

import pytest

from mahis.jobs.weather import Weather


@pytest.fixture
def weather():
    return Weather(lambda: 1.0)


def fail(weather, times, *, for_certain=False):
    for _ in range(times):
        weather.failed(uuid.uuid4(), for_certain=for_certain)


class TestAnEbox:
    def test_is_open_until_something_says_otherwise(self, weather):
        assert not weather.is_out

    def test_is_out_at_once_where_nothing_else_would_have_fared_better(self, weather):
        fail(weather, 1, for_certain=True)
        assert weather.is_out

    def test_is_out_where_all_notices_fail_one_after_the_other(self, weather):
        fail(weather, 7)
        assert not weather.is_out
        fail(weather, 1)
        assert weather.is_out

    def test_is_not_out_because_one_notice_fails_over_and_over(self, weather):
        notice = uuid.uuid4()
        for _ in range(1000):
            weather.failed(notice, for_certain=False)
        assert not weather.is_out

    def test_is_not_out_while_others_get_through_in_between(self, weather):
        for _ in range(100):
            fail(weather, 7)
            weather.got_through()
        assert not weather.is_out

    def test_is_open_again_with_the_first_that_gets_through(self, weather):
        fail(weather, 20, for_certain=True)
        weather.got_through()
        assert not weather.is_out
        fail(weather, 7)
        assert not weather.is_out


class TestATryInBadWeather:
    def test_comes_ever_later_up_to_a_minute(self, weather):
        fail(weather, 1, for_certain=True)
        assert [weather.next_pause() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]

    def test_comes_soon_again_after_good_weather(self, weather):
        for _ in range(8):
            weather.next_pause()
        weather.got_through()
        assert weather.next_pause() == 1

    def test_comes_at_another_time_for_each_worker(self):
        assert Weather(lambda: 0.0).next_pause() == 0.5
