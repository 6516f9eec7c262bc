"""Every way to a person, step by step; what is shown agrees with what is decided."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain import trails
from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.representation import Matrix, NoPower, Office, signing_power

ON = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)
ALWAYS = Validity(datetime.date(2000, 1, 1))
ENDED = Validity(datetime.date(2000, 1, 1), ON - DAY)
NOT_BEGUN = Validity(ON + DAY)
AN, BERT = Insz("81050103522"), Insz("10000100182")
BAKERY, HOLDING, FAMILY, FOUNDATION = (
    EnterpriseNumber(digits) for digits in ("0206731645", "0409536968", "0314595348", "0884303369")
)
FORM = "610"
DIRECTOR, AUDITOR, REPRESENTATIVE, CHAIR = "10002", "10008", "10013", "10020"
MATRIX = Matrix(
    version="made up",
    validity=ALWAYS,
    entries=frozenset({(FORM, DIRECTOR)}),
    permanent_representative=frozenset({REPRESENTATIVE}),
    joint=frozenset({(FORM, CHAIR, CHAIR), (FORM, AUDITOR, CHAIR)}),
)


def office(enterprise, function, holder, validity=ALWAYS, represents_in=None):
    """Give a function in an enterprise, held by a person or by another enterprise."""
    by_person = isinstance(holder, Insz)
    return Office(
        enterprise=enterprise,
        function=function,
        validity=validity,
        person=holder if by_person else None,
        holder=None if by_person else holder,
        represents_in=represents_in,
    )


def found(*offices, matrix=MATRIX, most=100):
    """Give the ways from the bakery, and whether there are more."""
    scene = trails.Scene(legal_form=FORM, offices=offices, matrix=matrix, on=ON)
    return trails.trails_in(enterprise=BAKERY, scene=scene, most=most)


def only(*offices):
    """Give the only way that there is."""
    ((trail,), more) = found(*offices)
    assert not more
    return trail


def power(*offices):
    """Give what is decided about An."""
    return signing_power(
        person=AN, enterprise=BAKERY, legal_form=FORM, offices=offices, matrix=MATRIX, on=ON
    )


def faults(trail):
    """Give what is wrong with each step."""
    return [step.fault for step in trail.steps]


class TestAWay:
    def test_over_several_enterprises_is_told_step_by_step(self):
        chain = (
            office(BAKERY, DIRECTOR, HOLDING),
            office(HOLDING, REPRESENTATIVE, FAMILY),
            office(FAMILY, REPRESENTATIVE, FOUNDATION, represents_in=HOLDING),
            office(FOUNDATION, REPRESENTATIVE, AN),
        )
        trail = only(*reversed(chain))
        assert tuple(step.office for step in trail.steps) == chain
        assert (trail.granted, trail.person, trail.partners) == (True, AN, frozenset())

    def test_names_every_step_that_is_not_in_force_and_the_nearest_as_the_reason(self):
        trail = only(
            office(BAKERY, DIRECTOR, HOLDING, NOT_BEGUN),
            office(HOLDING, REPRESENTATIVE, FAMILY),
            office(FAMILY, REPRESENTATIVE, AN, ENDED),
        )
        assert faults(trail) == [NoPower.FUNCTION_NOT_BEGUN, None, NoPower.FUNCTION_ENDED]
        assert trail.why_not is NoPower.FUNCTION_ENDED

    def test_by_a_function_that_does_not_fit_the_form_says_so_where_all_else_is_in_order(self):
        wrong = office(BAKERY, "10099", HOLDING)
        assert only(wrong, office(HOLDING, REPRESENTATIVE, AN)).why_not is (
            NoPower.FUNCTION_NOT_IN_MATRIX
        )
        assert only(wrong, office(HOLDING, REPRESENTATIVE, AN, ENDED)).why_not is (
            NoPower.FUNCTION_ENDED
        )

    def test_that_comes_back_to_an_enterprise_ends_there(self):
        trail = only(
            office(BAKERY, DIRECTOR, HOLDING),
            office(HOLDING, REPRESENTATIVE, FAMILY),
            office(FAMILY, REPRESENTATIVE, HOLDING),
        )
        assert faults(trail) == [None, None, NoPower.CHAIN_HAS_LOOP]
        assert (trail.why_not, trail.person) == (NoPower.CHAIN_HAS_LOOP, None)

    def test_ends_where_nobody_represents_an_enterprise(self):
        trail = only(office(BAKERY, DIRECTOR, HOLDING), office(HOLDING, DIRECTOR, AN))
        assert (trail.why_not, trail.person) == (NoPower.NO_FUNCTION, None)

    def test_of_more_enterprises_than_are_followed_ends(self):
        numbers = [BAKERY, *(_number(each) for each in range(25))]
        links = [
            office(enterprise, DIRECTOR if enterprise == BAKERY else REPRESENTATIVE, holder)
            for enterprise, holder in zip(numbers, [*numbers[1:], AN], strict=True)
        ]
        trail = only(*links)
        assert (len(trail.steps), trail.why_not) == (20, NoPower.NO_FUNCTION)
        assert not power(*links).granted
        most = (*links[:19], office(numbers[19], REPRESENTATIVE, AN))
        assert only(*most).granted
        assert power(*most).granted

    @pytest.mark.parametrize(
        ("function", "partners"), [(CHAIR, {CHAIR, AUDITOR}), (AUDITOR, {CHAIR}), (DIRECTOR, set())]
    )
    def test_by_a_function_that_signs_with_another_names_which(self, function, partners):
        trail = only(office(BAKERY, function, AN))
        assert (trail.granted, trail.partners) == (True, partners)

    def test_that_gives_nothing_names_no_partners(self):
        trail = only(office(BAKERY, CHAIR, HOLDING), office(HOLDING, REPRESENTATIVE, AN, ENDED))
        assert (trail.granted, trail.partners) == (False, frozenset())


def test_no_more_ways_are_followed_than_asked_for_and_the_rest_is_not_hidden():
    offices = [office(BAKERY, DIRECTOR, AN)] * 5
    assert [len(found(*offices, most=most)[0]) for most in (3, 5)] == [3, 5]
    assert [found(*offices, most=most)[1] for most in (3, 5)] == [True, False]


def test_a_thicket_of_enterprises_is_not_walked_to_its_end():
    numbers = [_number(each) for each in range(12)]
    offices = [office(BAKERY, DIRECTOR, numbers[0])]
    offices += [
        office(one, REPRESENTATIVE, other) for one in numbers for other in numbers if one != other
    ]
    ways, more = found(*offices, most=200)
    assert (len(ways), more) == (200, True)
    assert power(*offices).why_not is NoPower.CHAIN_HAS_LOOP
    assert power(*offices, office(numbers[5], REPRESENTATIVE, AN)).granted


ENTERPRISES = st.sampled_from([BAKERY, HOLDING, FAMILY, FOUNDATION])
OFFICES = st.builds(
    office,
    ENTERPRISES,
    st.sampled_from([DIRECTOR, CHAIR, "10099", REPRESENTATIVE, REPRESENTATIVE]),
    st.one_of(st.sampled_from([AN, AN, BERT]), ENTERPRISES),
    st.sampled_from([ALWAYS, ALWAYS, ENDED, NOT_BEGUN]),
    st.one_of(st.none(), ENTERPRISES),
)
#: From the furthest from signing to the nearest.
ORDER = (
    NoPower.NO_FUNCTION,
    NoPower.CHAIN_HAS_LOOP,
    NoPower.FUNCTION_ENDED,
    NoPower.FUNCTION_NOT_BEGUN,
    NoPower.FUNCTION_NOT_IN_MATRIX,
)


@given(st.lists(OFFICES, max_size=7))
def test_what_is_shown_is_what_is_decided(offices):
    ways, more = found(*offices, most=10_000)
    assert not more
    decided = power(*offices)
    mine = [way for way in ways if way.person == AN]
    granted = [way for way in mine if way.granted]
    assert decided.granted is bool(granted)
    if granted:
        assert decided.alone is any(not way.partners for way in granted)
        assert decided.chain in [tuple(step.office for step in way.steps) for way in granted]
    else:
        reasons = [_reason(way) for way in ways]
        assert decided.why_not is max(reasons, key=ORDER.index, default=NoPower.NO_FUNCTION)


def _reason(way):
    """Give what a way that leads to somebody else, or to nobody, is for An."""
    if way.person == AN or way.why_not is NoPower.CHAIN_HAS_LOOP:
        return way.why_not
    return NoPower.NO_FUNCTION


def _number(place):
    first_eight = 2_000_000 + place
    return EnterpriseNumber(f"{first_eight:08d}{97 - first_eight % 97:02d}")
