"""One authorisation with everything on its screen."""

import datetime

import pytest

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Quality, Role, Side
from mahis.domain.representation import NoPower
from mahis.domain.signing import Method
from mahis.queries import mandate_details
from tests.factories import register, roads
from tests.factories.mandates import TODAY, an_authorisation, moment


def details(actor, row_or_reference, *, on=TODAY, language="fr"):
    reference = getattr(row_or_reference, "reference", row_or_reference)
    return mandate_details.authorisation(actor=actor, reference=reference, on=on, language=language)


def may(actor, row):
    """Give what an actor may do with the first mandate."""
    return set(details(actor, row).mandates[0].may)


class TestForeignEyes:
    def test_see_nothing(self, house):
        row = an_authorisation(house.bakery, house.practice, house.dmfa)
        assert details(house.stranger, row) is None

    def test_cannot_tell_a_foreign_authorisation_from_none(self, house):
        row = an_authorisation(house.bakery, house.practice, house.dmfa)
        for reference in (
            AuthorisationReference(row.year - 1, row.pk),
            AuthorisationReference(row.year, row.pk + 1),
            AuthorisationReference(9999, 10**12 - 1),
        ):
            assert details(house.baker, reference) is None


class TestWhatIsShown:
    def test_is_everything_that_was_drawn_up_and_signed(self, house):
        reference = roads.signed_by_both(
            house.baker, house.accountant, "dmfa", "risks", start="1/2027", end="4/2027"
        )
        shown = details(house.accountant, reference, language="nl")
        assert (shown.reference, shown.version, shown.drawn_up_by) == (
            reference,
            3,
            Side.MANDATOR,
        )
        assert shown.drawn_up_at == moment()
        assert shown.expires_on == TODAY + datetime.timedelta(days=90)
        assert (shown.mandator.number, shown.mandatary.name) == (house.bakery, "Fiduciaire Dupont")
        assert shown.party(Side.MANDATARY) is shown.mandatary
        assert [(each.group_name, each.place) for each in shown.mandates] == [
            ("dmfa nl", 1),
            ("risks nl", 2),
        ]
        assert {each.state for each in shown.mandates} == {State.ACTIVE}
        assert [str(each.reference) for each in shown.mandates] == [
            f"{reference}/1",
            f"{reference}/2",
        ]
        assert shown.mandates[0].single_mandatary
        assert shown.mandates[0].period.end.screen == "4/2027"
        assert [(each.side, each.method, each.person_name) for each in shown.validations] == [
            (Side.MANDATOR, Method.AUTHENTICATION, "Anna Peeters"),
            (Side.MANDATARY, Method.AUTHENTICATION, "Anna Peeters"),
        ]
        assert shown.validations[0].assurance == register.ASSURANCE
        assert (shown.my_side, shown.acts_here, shown.awaited) == (
            Side.MANDATARY,
            True,
            frozenset(),
        )

    def test_names_no_national_number(self, house):
        row = an_authorisation(house.bakery, house.practice, house.dmfa)
        shown = repr(details(house.baker, row))
        for person in (house.baker.person.insz, *row.validations.values_list("person", flat=True)):
            assert person.digits not in shown

    def test_gives_the_reason_of_a_refusal(self, house):
        reference = roads.refused(house.baker, house.accountant, "risks", reason="Not my client")
        (mandate,) = details(house.baker, reference).mandates
        assert (mandate.state, mandate.reason) == (State.REJECTED, "Not my client")

    def test_shows_the_state_of_the_day(self, house):
        row = an_authorisation(
            house.bakery, house.practice, house.dmfa, state=State.PENDING, expires_on=TODAY
        )
        tomorrow = TODAY + datetime.timedelta(days=1)
        assert details(house.baker, row).awaited == {Side.MANDATARY}
        later = details(house.baker, row, on=tomorrow)
        assert (later.mandates[0].state, later.awaited) == (State.EXPIRED, frozenset())

    def test_tells_in_which_state_each_mandate_is(self, house):
        reference = roads.signed_by_both(house.baker, house.accountant, "dmfa", "risks")
        roads.closed(reference, house.baker, 2, end="4/2026")
        shown = details(house.baker, reference)
        assert [each.place for each in shown.may(Act.CLOSE)] == [1]


class TestMay:
    @pytest.fixture
    def clerk(self, house):
        """Manages the bakery's mandates without a function that may sign."""
        return register.acting(house.bakery, Quality.NSSO_EMPLOYER)

    @pytest.fixture
    def reader(self, house):
        return register.acting(
            house.bakery, Quality.NSSO_EMPLOYER, role=Role.CONSULT, may_sign=True
        )

    def test_a_pending_one_be_signed_or_refused_by_who_is_awaited(self, house, clerk, reader):
        row = an_authorisation(
            house.bakery,
            house.practice,
            house.dmfa,
            state=State.PENDING,
            drawn_up_by=Side.MANDATARY,
            signed=(Side.MANDATARY,),
        )
        assert may(house.baker, row) == {Act.VALIDATE, Act.UPLOAD_SIGNED, Act.REFUSE}
        assert may(clerk, row) == {Act.UPLOAD_SIGNED, Act.REFUSE}
        assert may(reader, row) == set()
        assert may(house.accountant, row) == {Act.UPLOAD_SIGNED, Act.WITHDRAW}
        assert may(house.officer, row) == set()

    def test_one_that_the_other_has_signed_not_be_withdrawn(self, house):
        row = an_authorisation(
            house.bakery,
            house.practice,
            house.dmfa,
            state=State.PENDING,
            signed=(Side.MANDATARY,),
        )
        assert Act.WITHDRAW not in may(house.baker, row)

    def test_an_active_one_be_closed_by_representatives_and_officers(self, house, clerk, reader):
        row = an_authorisation(house.bakery, house.practice, house.dmfa)
        answers = [
            may(each, row) for each in (house.baker, house.accountant, house.officer, clerk, reader)
        ]
        assert answers == [
            {Act.CLOSE},
            {Act.CLOSE, Act.DELEGATE, Act.END_DELEGATION},
            {Act.CLOSE, Act.END_DELEGATION},
            set(),
            set(),
        ]

    def test_one_with_an_end_not_be_closed_again(self, house):
        row = an_authorisation(house.bakery, house.practice, house.dmfa, end="1/2027")
        assert may(house.baker, row) == set()
        assert may(house.officer, row) == {Act.END_DELEGATION}

    def test_nothing_be_done_in_a_capacity_of_the_other_side(self, house):
        row = an_authorisation(house.bakery, house.practice, house.dmfa)
        company = register.acting(
            house.practice, Quality.COMPANY_WITHOUT_STAFF, person=house.accountant.person
        )
        shown = details(company, row)
        assert (shown.my_side, shown.acts_here) == (Side.MANDATARY, False)
        assert shown.mandates[0].may == frozenset()

    def test_be_asked_why_one_may_not_sign(self, house, clerk):
        row = an_authorisation(house.bakery, house.practice, house.dmfa)
        assert details(house.baker, row).actor_power.granted
        assert details(clerk, row).actor_power.why_not is NoPower.NO_FUNCTION


def test_takes_as_many_queries_for_many_mandates_as_for_one(house, django_assert_max_num_queries):
    few = an_authorisation(house.bakery, house.practice, house.risks)
    many = an_authorisation(
        house.bakery,
        house.practice,
        *(register.a_group(f"group{each}") for each in range(9)),
    )
    for row in (few, many):
        with django_assert_max_num_queries(16):
            details(house.baker, row)
