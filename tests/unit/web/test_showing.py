"""Values are written as people in Belgium read them."""

import datetime

import pytest
from django.utils import translation

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.web import showing


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def period(start, end=None):
    return QuarterPeriod(Quarter.parse(start), Quarter.parse(end) if end else None)


def test_a_quarter_in_words_says_its_year_once():
    assert showing.quarter_words(Quarter.parse("4/2026")) == "1 October to 31 December 2026"
    with translation.override("fr"):
        assert (
            showing.quarter_words(Quarter.parse("4/2026")) == "du 1er octobre au 31 décembre 2026"
        )
        assert showing.period_words(period("1/2027")) == "à partir du 1er janvier 2027"


@pytest.mark.parametrize(
    ("given", "short", "long"),
    [
        (period("1/2027", "4/2027"), "1/2027 to 4/2027", "1 January to 31 December 2027"),
        (period("4/2026", "1/2027"), "4/2026 to 1/2027", "1 October 2026 to 31 March 2027"),
        (period("1/2027", "1/2027"), "1/2027", "1 January to 31 March 2027"),
        (period("1/2027"), "from 1/2027", "from 1 January 2027"),
    ],
)
def test_a_period_is_written_short_and_in_days(given, short, long):
    assert showing.period(given) == short
    assert showing.period_words(given) == long


def test_a_moment_is_told_in_the_time_of_belgium():
    summer = datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)
    assert showing.moment(summer) == "2 July 2026 at 00:30"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (EnterpriseNumber("0123456749"), "0123.456.749"),
        (Quarter.parse("4/2026"), "4/2026"),
        (period("1/2027"), "from 1/2027"),
        (datetime.date(2026, 10, 1), "1 October 2026"),
        (Insz("53480200724"), "53.••.••-•••.••"),
        (0, "0"),
        (None, ""),
    ],
)
def test_any_value_is_written_as_screens_write_it(value, written):
    assert showing.value(value) == written
