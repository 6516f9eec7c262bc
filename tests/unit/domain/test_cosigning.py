"""A party's signature is whole by one person who may sign alone, or by two who fit together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain import cosigning
from mahis.domain.cosigning import DoesNotComplete, FirstOfTwo, SignedByYou
from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.representation import (
    Matrix,
    NoPower,
    Office,
    SigningPower,
    may_sign_together,
    signing_power,
)
from tests.unit.domain.test_representation import ALWAYS, AN, BAKERY, BERT, ENDED, ON, office

FORM, CHAIR, DIRECTOR, TREASURER, CLERK = "026", "10008", "10002", "10020", "10021"
CARLA = Insz("70010100188")
JOINT = Matrix(
    version="made up",
    validity=ALWAYS,
    entries=frozenset({(FORM, CLERK)}),
    permanent_representative=frozenset({"10013"}),
    joint=frozenset({(FORM, DIRECTOR, CHAIR), (FORM, TREASURER, TREASURER)}),
)


def power(person: Insz, *offices: Office, matrix: Matrix = JOINT) -> SigningPower:
    return signing_power(
        person=person, enterprise=BAKERY, legal_form=FORM, offices=offices, matrix=matrix, on=ON
    )


def of(function: str, person: Insz = AN) -> SigningPower:
    return power(person, office(BAKERY, function, person))


def first(function: str, person: Insz = AN) -> FirstOfTwo:
    return FirstOfTwo(person=person, functions=of(function, person).functions)


class TestAFunctionThatSignsTogether:
    def test_may_sign_but_not_alone(self):
        found = of(CHAIR)
        assert (found.granted, found.alone, found.functions) == (True, False, frozenset({CHAIR}))
        assert [way.partners for way in found.joint] == [{DIRECTOR}]

    def test_asks_for_the_same_one_of_another_where_the_matrix_says_so(self):
        assert [way.partners for way in of(TREASURER).joint] == [{TREASURER}]

    def test_does_not_hold_back_who_may_sign_alone(self):
        found = power(AN, office(BAKERY, CHAIR, AN), office(BAKERY, CLERK, AN))
        assert (found.alone, found.functions, found.joint) == (True, frozenset({CLERK}), ())

    def test_counts_for_nothing_where_it_has_ended(self):
        found = power(AN, office(BAKERY, CHAIR, AN, ENDED))
        assert found == SigningPower(why_not=NoPower.FUNCTION_ENDED)

    def test_is_followed_through_enterprises(self):
        holding = EnterpriseNumber("0409536968")
        chain = (office(BAKERY, CHAIR, holding), office(holding, "10013", AN))
        assert [way.chain for way in power(AN, *chain).joint] == [chain]

    def test_can_be_one_of_several(self):
        found = power(AN, office(BAKERY, CHAIR, AN), office(BAKERY, TREASURER, AN))
        assert found.functions == {CHAIR, TREASURER}


class TestASignature:
    def test_of_who_may_sign_alone_is_whole(self):
        for before in (None, first(CHAIR)):
            adds = cosigning.adding(power=of(CLERK, BERT), first=before)
            assert (adds.completes, adds.functions) == (True, frozenset({CLERK}))

    def test_of_one_of_two_waits_for_the_other(self):
        adds = cosigning.adding(power=of(CHAIR), first=None)
        assert (adds.completes, adds.functions) == (False, frozenset({CHAIR}))

    @pytest.mark.parametrize(
        ("one", "other", "whole"),
        [
            (CHAIR, DIRECTOR, True),
            (DIRECTOR, CHAIR, True),
            (TREASURER, TREASURER, True),
            (CHAIR, CHAIR, False),
            (DIRECTOR, DIRECTOR, False),
            (CHAIR, TREASURER, False),
            (TREASURER, DIRECTOR, False),
        ],
    )
    def test_of_two_is_whole_where_their_functions_go_together(self, one, other, whole):
        before, second = first(one), of(other, BERT)
        assert cosigning.adding(power=second, first=before).completes is whole
        if whole:
            cosigning.require_fits(person=BERT, power=second, first=before)
        else:
            with pytest.raises(DoesNotComplete):
                cosigning.require_fits(person=BERT, power=second, first=before)

    def test_is_never_made_whole_by_the_same_person(self):
        for again in (of(DIRECTOR), of(CLERK), of(TREASURER)):
            with pytest.raises(SignedByYou):
                cosigning.require_fits(person=AN, power=again, first=first(CHAIR))

    def test_rests_on_the_function_that_fitted(self):
        both = power(BERT, office(BAKERY, DIRECTOR, BERT), office(BAKERY, TREASURER, BERT))
        assert cosigning.adding(power=both, first=first(CHAIR)).functions == {DIRECTOR}


class TestRoomForTwoSignatures:
    def ask(self, *offices: Office, matrix: Matrix | None = JOINT) -> bool:
        return may_sign_together(
            enterprise=BAKERY, legal_form=FORM, offices=offices, matrix=matrix, on=ON
        )

    def test_is_needed_where_two_persons_hold_functions_that_go_together(self):
        chair, director = office(BAKERY, CHAIR, AN), office(BAKERY, DIRECTOR, BERT)
        assert self.ask(chair, director)
        assert self.ask(chair, director, office(BAKERY, CLERK, CARLA))

    def test_is_not_needed_where_one_person_holds_both_or_one_has_ended(self):
        chair = office(BAKERY, CHAIR, AN)
        assert not self.ask(chair, office(BAKERY, DIRECTOR, AN))
        assert not self.ask(chair, office(BAKERY, DIRECTOR, BERT, ENDED))
        assert not self.ask(chair, office(BAKERY, CHAIR, BERT))
        assert not self.ask(chair, office(BAKERY, DIRECTOR, BERT), matrix=None)


FUNCTIONS = (CHAIR, DIRECTOR, TREASURER, CLERK, "10030")
_held = st.lists(
    st.tuples(
        st.sampled_from(FUNCTIONS),
        st.sampled_from((AN, BERT, CARLA)),
        st.sampled_from((ALWAYS, ENDED)),
    ),
    max_size=6,
)
_pairs = st.frozensets(
    st.tuples(st.just(FORM), st.sampled_from(FUNCTIONS), st.sampled_from(FUNCTIONS)).map(
        lambda pair: (pair[0], *sorted(pair[1:]))
    ),
    max_size=4,
)
_alone = st.frozensets(st.tuples(st.just(FORM), st.sampled_from(FUNCTIONS)), max_size=2)


@given(held=_held, pairs=_pairs, alone=_alone)
def test_whatever_the_matrix_two_make_a_signature_whole_in_either_order(held, pairs, alone):
    """A pair is whole whichever of the two signs first, and a stranger to the matrix never is."""
    matrix = Matrix(
        version="any",
        validity=Validity(ALWAYS.begins),
        entries=alone,
        permanent_representative=frozenset(),
        joint=pairs,
    )
    offices = tuple(office(BAKERY, function, person, when) for function, person, when in held)
    powers = {person: power(person, *offices, matrix=matrix) for person in (AN, BERT, CARLA)}
    for person, found in powers.items():
        in_force = {f for f, p, when in held if p == person and when is ALWAYS}
        assert found.alone is bool({function for _, function in alone} & in_force)
        in_a_pair = {function for _, *pair in pairs for function in pair}
        assert found.granted is (found.alone or bool(in_a_pair & in_force))
        assert found.functions <= in_force
    joint = {person: found for person, found in powers.items() if found.joint}
    for one, other in ((a, b) for a in joint for b in joint if a != b):
        before = FirstOfTwo(person=one, functions=joint[one].functions)
        back = FirstOfTwo(person=other, functions=joint[other].functions)
        whole = cosigning.adding(power=joint[other], first=before).completes
        assert whole is cosigning.adding(power=joint[one], first=back).completes
        expected = any(
            (FORM, *sorted((a, b))) in pairs
            for a in joint[one].functions
            for b in joint[other].functions
        )
        assert whole is expected
