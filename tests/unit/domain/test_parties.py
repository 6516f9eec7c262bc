"""Parties: their sides, who acts for them, and their days of activity against quarters."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.identifiers import Insz
from mahis.domain.parties import (
    ActivityPeriod,
    Actor,
    Capacity,
    Person,
    Quality,
    Role,
    Side,
)
from mahis.domain.quarters import Quarter, QuarterPeriod
from tests.unit.domain import situations

FIRST = Quarter.of(2026, 1)
LAST = FIRST + 7
DAYS = st.dates(FIRST.first_day, LAST.last_day)
INDEXES = st.integers(FIRST.index, LAST.index)
PERSON = Person(insz=Insz("81050103522"), given_name="An", family_name="Peeters")


@st.composite
def _activities(draw):
    begins = draw(DAYS)
    return ActivityPeriod(begins, draw(st.none() | st.dates(begins, LAST.last_day)))


@st.composite
def _periods(draw):
    start = draw(INDEXES)
    end = draw(st.none() | st.integers(start, LAST.index))
    return QuarterPeriod(Quarter(start), None if end is None else Quarter(end))


def _days_of(quarter):
    count = (quarter.last_day - quarter.first_day).days + 1
    return [quarter.first_day + datetime.timedelta(days=day) for day in range(count)]


class TestAnActivityPeriod:
    @given(_activities(), _periods())
    def test_holds_a_period_where_each_quarter_of_it_has_a_day_of_activity(self, activity, period):
        # Where both are without end, quarters after the last one looked at are all alike.
        end = period.end or LAST
        quarters = [Quarter(index) for index in range(period.start.index, end.index + 1)]
        each_quarter_has_a_day = all(
            any(day in activity for day in _days_of(quarter)) for quarter in quarters
        )
        runs_on = period.end is not None or activity.ends is None
        assert activity.holds(period) is (each_quarter_has_a_day and runs_on)

    @given(_activities(), DAYS)
    def test_contains_its_first_day_its_last_day_and_those_between(self, activity, day):
        after_begin = (day - activity.begins).days >= 0
        before_end = activity.ends is None or (activity.ends - day).days >= 0
        assert (day in activity) is (after_begin and before_end)

    @pytest.mark.parametrize(
        ("begins", "ends", "holds"),
        [
            (datetime.date(2026, 3, 31), datetime.date(2026, 4, 1), True),
            (datetime.date(2026, 4, 1), None, False),
            (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31), False),
        ],
    )
    def test_holds_a_half_year_by_one_day_in_each_quarter(self, begins, ends, holds):
        half_year = QuarterPeriod(Quarter.of(2026, 1), Quarter.of(2026, 2))
        assert ActivityPeriod(begins, ends).holds(half_year) is holds

    def test_whose_end_is_known_holds_no_period_without_an_end(self):
        activity = ActivityPeriod(datetime.date(2010, 1, 1), datetime.date(2150, 1, 1))
        assert not activity.holds(QuarterPeriod(FIRST))
        assert activity.holds(QuarterPeriod(FIRST, Quarter.of(2150, 1)))


class TestACapacity:
    @pytest.mark.parametrize(
        ("quality", "side"),
        [
            (Quality.NSSO_EMPLOYER, Side.MANDATOR),
            (Quality.COMPANY_WITHOUT_STAFF, Side.MANDATOR),
            (Quality.SERVICE_PROVIDER, Side.MANDATARY),
            (Quality.SOCIAL_SECRETARIAT, Side.MANDATARY),
            (Quality.NSSO_OFFICER, None),
        ],
    )
    @pytest.mark.parametrize("role", Role)
    def test_stands_on_the_side_of_its_quality(self, quality, side, role):
        capacity = Capacity(enterprise=situations.BAKERY, quality=quality, role=role)
        actor = Actor(person=PERSON, capacity=capacity, assurance="500")
        assert capacity.side is side
        assert actor.side is side
        assert actor.enterprise == situations.BAKERY
        assert actor.manages is (role is Role.MANAGE)
        assert actor.is_officer is (quality is Quality.NSSO_OFFICER)

    def test_exists_for_every_quality_on_one_side_or_for_the_office(self):
        assert {quality for quality in Quality if quality.side is None} == {Quality.NSSO_OFFICER}


class TestASide:
    def test_has_the_other_across(self):
        assert [side.other for side in Side] == [Side.MANDATARY, Side.MANDATOR]
        assert all(side.other.other is side for side in Side)


class TestAPerson:
    @pytest.mark.parametrize(
        ("given_name", "family_name", "name"),
        [("An", "Peeters", "An Peeters"), ("", "Peeters", "Peeters"), ("An", "", "An")],
    )
    def test_is_called_by_the_names_there_are(self, given_name, family_name, name):
        person = Person(insz=PERSON.insz, given_name=given_name, family_name=family_name)
        assert person.name == name
