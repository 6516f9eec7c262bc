"""Who may sign: functions held on a day, through enterprises, against a version of the matrix."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.refusals import Forbidden
from mahis.domain.representation import (
    NATURAL_PERSON,
    Matrix,
    MayNotSign,
    NoPower,
    Office,
    SigningPower,
    matrix_on,
    require_power,
    signing_power,
)

ON = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)
ALWAYS = Validity(datetime.date(2000, 1, 1))
ENDED = Validity(datetime.date(2000, 1, 1), ON - DAY)
NOT_BEGUN = Validity(ON + DAY)

AN = Insz("81050103522")
BERT = Insz("10000100182")

BAKERY, HOLDING, FAMILY, FOUNDATION = (
    EnterpriseNumber(digits) for digits in ("0206731645", "0409536968", "0314595348", "0884303369")
)

LIMITED_COMPANY, ASSOCIATION = "610", "017"
DIRECTOR, AUDITOR, REPRESENTATIVE, FOUNDER = "10002", "10008", "10013", "10007"

MATRIX = Matrix(
    version="2026 (made up)",
    validity=ALWAYS,
    entries=frozenset({(LIMITED_COMPANY, DIRECTOR), (NATURAL_PERSON, FOUNDER)}),
    permanent_representative=frozenset({REPRESENTATIVE}),
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


def power(*offices, person=AN, legal_form=LIMITED_COMPANY, matrix=MATRIX, on=ON):
    """Ask whether somebody may sign for the bakery."""
    return signing_power(
        person=person,
        enterprise=BAKERY,
        legal_form=legal_form,
        offices=offices,
        matrix=matrix,
        on=on,
    )


class TestAPerson:
    def test_with_a_function_of_the_matrix_may_sign_on_that_ground(self):
        held = office(BAKERY, DIRECTOR, AN)
        assert power(held) == SigningPower(chain=(held,))
        assert power(held).granted

    def test_without_any_function_may_not_sign(self):
        assert power().why_not is NoPower.NO_FUNCTION
        assert power(office(BAKERY, DIRECTOR, BERT)).why_not is NoPower.NO_FUNCTION

    def test_with_a_function_in_another_enterprise_may_not_sign(self):
        assert power(office(HOLDING, DIRECTOR, AN)).why_not is NoPower.NO_FUNCTION

    def test_with_a_function_outside_the_matrix_may_not_sign(self):
        assert power(office(BAKERY, AUDITOR, AN)).why_not is NoPower.FUNCTION_NOT_IN_MATRIX

    def test_with_a_function_for_another_legal_form_may_not_sign(self):
        answer = power(office(BAKERY, DIRECTOR, AN), legal_form=ASSOCIATION)
        assert answer.why_not is NoPower.FUNCTION_NOT_IN_MATRIX

    def test_who_founded_an_enterprise_without_legal_form_may_sign(self):
        assert power(office(BAKERY, FOUNDER, AN), legal_form=NATURAL_PERSON).granted

    def test_may_sign_from_the_first_to_the_last_day_of_the_function(self):
        begins, ends = datetime.date(2026, 1, 10), datetime.date(2026, 1, 20)
        held = office(BAKERY, DIRECTOR, AN, Validity(begins, ends))
        assert power(held, on=begins - DAY).why_not is NoPower.FUNCTION_NOT_BEGUN
        assert power(held, on=begins).granted
        assert power(held, on=ends).granted
        assert power(held, on=ends + DAY).why_not is NoPower.FUNCTION_ENDED

    def test_may_not_sign_where_no_matrix_is_known(self):
        assert power(office(BAKERY, DIRECTOR, AN), matrix=None).why_not is NoPower.NO_MATRIX

    def test_may_sign_by_one_good_function_among_bad_ones(self):
        good = office(BAKERY, DIRECTOR, AN)
        bad = (office(BAKERY, AUDITOR, AN), office(BAKERY, DIRECTOR, AN, ENDED))
        assert power(*bad, good).chain == (good,)


class TestAFunctionHeldByAnEnterprise:
    @pytest.mark.parametrize("represents_in", [None, BAKERY])
    def test_is_used_by_its_permanent_representative(self, represents_in):
        held = office(BAKERY, DIRECTOR, HOLDING)
        link = office(HOLDING, REPRESENTATIVE, AN, represents_in=represents_in)
        assert power(held, link) == SigningPower(chain=(held, link))

    def test_is_not_used_by_a_representative_for_another_enterprise(self):
        link = office(HOLDING, REPRESENTATIVE, AN, represents_in=FAMILY)
        assert power(office(BAKERY, DIRECTOR, HOLDING), link).why_not is NoPower.NO_FUNCTION

    def test_is_not_used_by_those_with_other_functions_in_the_holder(self):
        link = office(HOLDING, DIRECTOR, AN)
        assert power(office(BAKERY, DIRECTOR, HOLDING), link).why_not is NoPower.NO_FUNCTION

    def test_must_itself_be_in_the_matrix(self):
        answer = power(office(BAKERY, AUDITOR, HOLDING), office(HOLDING, REPRESENTATIVE, AN))
        assert answer.why_not is NoPower.FUNCTION_NOT_IN_MATRIX

    def test_is_followed_over_several_enterprises(self):
        chain = (
            office(BAKERY, DIRECTOR, HOLDING),
            office(HOLDING, REPRESENTATIVE, FAMILY, represents_in=BAKERY),
            office(FAMILY, REPRESENTATIVE, FOUNDATION, represents_in=HOLDING),
            office(FOUNDATION, REPRESENTATIVE, AN, represents_in=FAMILY),
        )
        assert power(*chain) == SigningPower(chain=chain)
        assert power(*reversed(chain)) == SigningPower(chain=chain)

    @pytest.mark.parametrize("broken", range(3))
    @pytest.mark.parametrize(
        ("validity", "why_not"),
        [(ENDED, NoPower.FUNCTION_ENDED), (NOT_BEGUN, NoPower.FUNCTION_NOT_BEGUN)],
    )
    def test_gives_nothing_where_one_link_is_not_in_force(self, broken, validity, why_not):
        validities = [ALWAYS] * 3
        validities[broken] = validity
        answer = power(
            office(BAKERY, DIRECTOR, HOLDING, validities[0]),
            office(HOLDING, REPRESENTATIVE, FAMILY, validities[1]),
            office(FAMILY, REPRESENTATIVE, AN, validities[2]),
        )
        assert answer == SigningPower(why_not=why_not)

    def test_gives_nothing_where_the_enterprises_hold_each_other(self):
        assert power(office(BAKERY, DIRECTOR, BAKERY)).why_not is NoPower.CHAIN_HAS_LOOP
        answer = power(
            office(BAKERY, DIRECTOR, HOLDING),
            office(HOLDING, REPRESENTATIVE, FAMILY),
            office(FAMILY, REPRESENTATIVE, HOLDING),
        )
        assert answer.why_not is NoPower.CHAIN_HAS_LOOP

    def test_gives_power_by_a_straight_way_beside_a_loop(self):
        held = office(BAKERY, DIRECTOR, HOLDING)
        loop = office(HOLDING, REPRESENTATIVE, BAKERY)
        straight = office(HOLDING, REPRESENTATIVE, AN)
        assert power(held, loop, straight).chain == (held, straight)


class TestTheReason:
    # Each line: what is tried, and the reason told; further down is nearer to signing.
    ORDER = (
        (NoPower.NO_FUNCTION, (office(BAKERY, DIRECTOR, BERT),)),
        (NoPower.CHAIN_HAS_LOOP, (office(BAKERY, DIRECTOR, BAKERY),)),
        (NoPower.FUNCTION_ENDED, (office(BAKERY, DIRECTOR, AN, ENDED),)),
        (NoPower.FUNCTION_NOT_BEGUN, (office(BAKERY, DIRECTOR, AN, NOT_BEGUN),)),
        (NoPower.FUNCTION_NOT_IN_MATRIX, (office(BAKERY, AUDITOR, AN),)),
    )

    @pytest.mark.parametrize(("further", "nearer"), [*itertools.combinations(ORDER, 2)])
    def test_told_is_the_one_nearest_to_signing(self, further, nearer):
        for offices in ((*further[1], *nearer[1]), (*nearer[1], *further[1])):
            assert power(*offices).why_not is nearer[0]

    def test_told_along_a_chain_is_the_one_nearest_to_signing(self):
        answer = power(
            office(BAKERY, DIRECTOR, HOLDING),
            office(HOLDING, REPRESENTATIVE, AN, ENDED),
            office(HOLDING, REPRESENTATIVE, AN, NOT_BEGUN),
            office(HOLDING, REPRESENTATIVE, BERT),
        )
        assert answer.why_not is NoPower.FUNCTION_NOT_BEGUN

    def test_is_carried_by_the_refusal(self):
        require_power(SigningPower(chain=(office(BAKERY, DIRECTOR, AN),)))
        with pytest.raises(MayNotSign) as refusal:
            require_power(SigningPower(why_not=NoPower.FUNCTION_ENDED))
        assert refusal.value.found == {"reason": NoPower.FUNCTION_ENDED}
        assert isinstance(refusal.value, Forbidden)


class TestAVersionOfTheMatrix:
    OLD = Matrix(
        version="2019",
        validity=Validity(datetime.date(2019, 5, 1), datetime.date(2023, 12, 31)),
        entries=frozenset(),
        permanent_representative=frozenset(),
    )
    NEW = Matrix(
        version="2024",
        validity=Validity(datetime.date(2024, 2, 1)),
        entries=frozenset(),
        permanent_representative=frozenset(),
    )
    CORRECTED = Matrix(
        version="2024, corrected",
        validity=Validity(datetime.date(2024, 6, 1), datetime.date(2024, 6, 30)),
        entries=frozenset(),
        permanent_representative=frozenset(),
    )

    @pytest.mark.parametrize(
        ("on", "version"),
        [
            (datetime.date(2019, 4, 30), None),
            (datetime.date(2019, 5, 1), OLD),
            (datetime.date(2023, 12, 31), OLD),
            (datetime.date(2024, 1, 15), None),
            (datetime.date(2024, 2, 1), NEW),
            (datetime.date(2024, 5, 31), NEW),
            (datetime.date(2024, 6, 1), CORRECTED),
            (datetime.date(2024, 6, 30), CORRECTED),
            (datetime.date(2024, 7, 1), NEW),
        ],
    )
    def test_counts_on_its_days_and_the_one_begun_last_counts_first(self, on, version):
        for order in itertools.permutations((self.OLD, self.NEW, self.CORRECTED)):
            assert matrix_on(versions=order, on=on) is version

    def test_admits_its_pairs_of_form_and_function_and_no_others(self):
        pairs = itertools.product(
            (LIMITED_COMPANY, ASSOCIATION, NATURAL_PERSON), (DIRECTOR, AUDITOR, FOUNDER)
        )
        admitted = {pair for pair in pairs if MATRIX.admits(legal_form=pair[0], function=pair[1])}
        assert admitted == {(LIMITED_COMPANY, DIRECTOR), (NATURAL_PERSON, FOUNDER)}


class TestAnOffice:
    @pytest.mark.parametrize("held_by", [{}, {"person": AN, "holder": HOLDING}])
    def test_is_held_by_a_person_or_by_an_enterprise_and_not_by_both(self, held_by):
        with pytest.raises(ValueError, match="held"):
            Office(enterprise=BAKERY, function=DIRECTOR, validity=ALWAYS, **held_by)


ENTERPRISES = st.sampled_from([BAKERY, HOLDING, FAMILY, FOUNDATION])
OFFICES = st.builds(
    office,
    ENTERPRISES,
    st.sampled_from([DIRECTOR, REPRESENTATIVE, REPRESENTATIVE]),
    st.one_of(st.sampled_from([AN, AN, BERT]), ENTERPRISES),
    st.sampled_from([ALWAYS, ALWAYS, ENDED]),
    st.one_of(st.none(), ENTERPRISES),
)


class TestAnyWebOfOffices:
    @given(st.lists(OFFICES, max_size=6))
    def test_gives_power_exactly_where_a_straight_chain_leads_to_the_person(self, offices):
        chains = [
            chain
            for length in range(1, 5)
            for chain in itertools.permutations(offices, length)
            if _leads_to_an(chain)
        ]
        answer = power(*offices)
        assert answer.granted is bool(chains)
        assert not answer.granted or answer.chain in chains


def _leads_to_an(chain):
    first, last = chain[0], chain[-1]
    enterprises = [each.enterprise for each in chain]
    return (
        first.enterprise == BAKERY
        and first.function == DIRECTOR
        and last.person == AN
        and all(ON in each.validity for each in chain)
        and len(set(enterprises)) == len(enterprises)
        and all(
            link.enterprise == above.holder
            and link.function == REPRESENTATIVE
            and link.represents_in in (None, above.enterprise)
            for above, link in itertools.pairwise(chain)
        )
    )
