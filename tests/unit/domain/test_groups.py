"""Groups of applications: which applications they hold, from when until when."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.groups import Membership, Validity, applications_of, groups_with

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2020, 3, 31))


def _member(application, group, begins, ends=None):
    return Membership(application=application, group=group, validity=Validity(begins, ends))


# In an emergency an application joins a second group for some weeks and stays in its own.
MEMBERSHIPS = (
    _member("dimona", "dimona", datetime.date(2012, 4, 1)),
    _member("dmfa", "dmfa", datetime.date(2012, 4, 1)),
    _member("temporaryUnemployment", "temporaryUnemployment", datetime.date(2012, 4, 1)),
    _member(
        "temporaryUnemployment",
        "asrUnemployment",
        datetime.date(2020, 3, 13),
        datetime.date(2020, 8, 31),
    ),
    _member("asrUnemployment", "asrUnemployment", datetime.date(2012, 4, 1)),
    _member("paperForms", "dmfa", datetime.date(2012, 4, 1), datetime.date(2018, 12, 31)),
)


class TestValidity:
    @given(DAYS, DAYS, DAYS)
    def test_includes_both_its_first_and_its_last_day(self, begins, ends, day):
        assert (day in Validity(begins, ends)) is (begins <= day <= ends)
        assert (day in Validity(begins)) is (begins <= day)


class TestAGroup:
    @pytest.mark.parametrize(
        ("day", "applications"),
        [
            (datetime.date(2011, 12, 31), set()),
            (datetime.date(2020, 3, 12), {"asrUnemployment"}),
            (datetime.date(2020, 3, 13), {"asrUnemployment", "temporaryUnemployment"}),
            (datetime.date(2020, 8, 31), {"asrUnemployment", "temporaryUnemployment"}),
            (datetime.date(2020, 9, 1), {"asrUnemployment"}),
        ],
    )
    def test_holds_an_application_from_its_first_to_its_last_day(self, day, applications):
        held = applications_of(group="asrUnemployment", memberships=MEMBERSHIPS, on=day)
        assert held == applications

    def test_that_nobody_knows_holds_nothing(self):
        on = datetime.date(2020, 4, 1)
        assert applications_of(group="unknown", memberships=MEMBERSHIPS, on=on) == frozenset()


class TestAnApplication:
    @pytest.mark.parametrize(
        ("day", "groups"),
        [
            (datetime.date(2020, 3, 12), {"temporaryUnemployment"}),
            (datetime.date(2020, 4, 1), {"temporaryUnemployment", "asrUnemployment"}),
            (datetime.date(2020, 9, 1), {"temporaryUnemployment"}),
        ],
    )
    def test_can_be_in_several_groups_at_once(self, day, groups):
        found = groups_with(application="temporaryUnemployment", memberships=MEMBERSHIPS, on=day)
        assert found == groups

    @given(st.dates(datetime.date(2010, 1, 1), datetime.date(2025, 1, 1)))
    def test_is_in_a_group_exactly_where_the_group_holds_it(self, day):
        pairs = {(each.application, each.group) for each in MEMBERSHIPS}
        for application in {application for application, _ in pairs}:
            for group in {group for _, group in pairs}:
                is_held = application in applications_of(
                    group=group, memberships=MEMBERSHIPS, on=day
                )
                has_it = group in groups_with(
                    application=application, memberships=MEMBERSHIPS, on=day
                )
                assert is_held is has_it
