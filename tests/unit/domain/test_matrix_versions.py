"""Versions of the matrix: which decides until when, what differs, what can be loaded."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain import matrix_versions as versions
from mahis.domain.groups import Validity
from mahis.domain.matrix_versions import Line, Meaning, Source, Standing
from mahis.domain.refusals import Refused
from mahis.domain.representation import Matrix

TODAY = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)


def day(offset):
    """Give a day by its distance from today."""
    return TODAY + offset * DAY


def matrix(name, begins, ends=None, *, entries=(("610", "10002"),), joint=()):
    """Give a version; days by their distance from today."""
    return Matrix(
        version=name,
        validity=Validity(day(begins), None if ends is None else day(ends)),
        entries=frozenset(entries),
        permanent_representative=frozenset({"10007"}),
        joint=frozenset(joint),
    )


def sign(form, *functions):
    """Give a line by which functions may sign."""
    return Line(legal_form=form, meaning=Meaning.SIGN, functions=functions)


REPRESENT = Line(legal_form="", meaning=Meaning.PERMANENT_REPRESENTATIVE, functions=("10007",))
OLD, NOW, NEXT = matrix("old", -900, -400), matrix("now", -300), matrix("next", 30)


class TestWhatAVersionIs:
    @pytest.mark.parametrize(
        ("name", "standing"),
        [
            ("old", Standing.SET_ASIDE),
            ("now", Standing.IN_FORCE),
            ("next", Standing.TO_COME),
        ],
    )
    def test_follows_from_all_that_there_are(self, name, standing):
        for order in ((OLD, NOW, NEXT), (NEXT, NOW, OLD)):
            assert versions.standing(version=name, versions=order, on=TODAY) is standing

    def test_is_set_aside_once_another_takes_over(self):
        assert versions.standing(version="now", versions=(NOW, NEXT), on=day(30)) is (
            Standing.SET_ASIDE
        )


class TestTheLastDay:
    @pytest.mark.parametrize(("version", "last"), [(OLD, day(-400)), (NOW, day(29)), (NEXT, None)])
    def test_is_the_own_end_or_the_day_before_another_takes_over(self, version, last):
        assert versions.last_day(version=version, versions=(OLD, NOW, NEXT)) == last

    def test_is_not_brought_nearer_by_one_that_ends_before(self):
        short = matrix("short", 5, 10)
        assert versions.last_day(version=NOW, versions=(NOW, short)) is None
        bounded = matrix("bounded", -300, 20)
        assert versions.last_day(version=bounded, versions=(bounded, short)) == day(20)
        assert versions.last_day(version=bounded, versions=(bounded, matrix("as long", 5, 20))) == (
            day(4)
        )


class TestWhatDiffers:
    def test_is_told_by_legal_form(self):
        found = versions.differences(
            before=frozenset({sign("610", "10002"), sign("014", "10003"), REPRESENT}),
            after=frozenset({sign("610", "10002"), sign("610", "10004"), sign("014", "1", "2")}),
        )
        assert [(each.legal_form, each.added, each.removed) for each in found] == [
            ("", (), (REPRESENT,)),
            ("014", (sign("014", "1", "2"),), (sign("014", "10003"),)),
            ("610", (sign("610", "10004"),), ()),
        ]

    def test_is_nothing_between_the_same(self):
        lines = versions.lines_of(NOW)
        assert versions.differences(before=lines, after=lines) == ()

    @given(
        st.frozensets(st.sampled_from([sign("610", str(each)) for each in range(6)])),
        st.frozensets(st.sampled_from([sign("610", str(each)) for each in range(6)])),
    )
    def test_leads_from_the_one_to_the_other(self, before, after):
        found = versions.differences(before=before, after=after)
        added = {line for each in found for line in each.added}
        removed = {line for each in found for line in each.removed}
        assert (before - removed) | added == after
        assert not added & before
        assert removed <= before


def test_the_lines_of_a_version_hold_all_that_it_says():
    both = matrix("both", 0, entries=[("610", "10002")], joint=[("014", "10004", "10003")])
    assert versions.lines_of(both) == {
        sign("610", "10002"),
        sign("014", "10003", "10004"),
        REPRESENT,
    }


class TestLoading:
    def refused(self, **changed):
        asked = {
            "name": "2027",
            "begins": day(40),
            "lines": frozenset({sign("610", "10002"), REPRESENT}),
            "versions": (OLD, NOW, NEXT),
            "on": TODAY,
        }
        with pytest.raises(Refused) as refusal:
            versions.require_loadable(**{**asked, **changed})
        return refusal.value

    def test_is_possible_from_today_on(self):
        for begins in (TODAY, day(1), day(29), day(31)):
            versions.require_loadable(
                name="2027",
                begins=begins,
                lines=frozenset({sign("610", "10002")}),
                versions=(OLD, NOW, NEXT),
                on=TODAY,
            )

    @pytest.mark.parametrize(
        ("changed", "code", "field"),
        [
            ({"name": ""}, "matrixNameMissing", "name"),
            ({"name": "x" * 81}, "matrixNameTooLong", "name"),
            ({"name": "NEXT"}, "matrixNameTaken", "name"),
            ({"begins": day(-1)}, "matrixBeginsInPast", "begins"),
            ({"begins": day(30)}, "matrixBeginTaken", "begins"),
            ({"lines": frozenset()}, "matrixAdmitsNobody", "file"),
            ({"lines": frozenset({REPRESENT})}, "matrixAdmitsNobody", "file"),
        ],
    )
    def test_is_refused_with_the_field_at_fault(self, changed, code, field):
        refusal = self.refused(**changed)
        assert (refusal.code, refusal.field) == (code, field)


class TestWithdrawing:
    @pytest.mark.parametrize("source", [Source.OFFICER, Source.OPERATOR])
    def test_is_possible_until_the_day_before_the_first(self, source):
        versions.require_withdrawable(begins=day(1), source=source, on=TODAY)
        with pytest.raises(versions.MatrixHasBegun):
            versions.require_withdrawable(begins=TODAY, source=source, on=TODAY)

    def test_is_for_the_files_where_the_version_comes_from_them(self):
        with pytest.raises(versions.MatrixComesWithFiles):
            versions.require_withdrawable(begins=day(1), source=Source.REGISTER_FILES, on=TODAY)
