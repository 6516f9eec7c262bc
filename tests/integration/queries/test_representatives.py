"""The matrix of representatives, and who may sign for one's own enterprise."""

import datetime

import pytest

from mahis.domain.parties import Quality
from mahis.domain.representation import NATURAL_PERSON, NoPower
from mahis.queries import representatives
from mahis.store import loading, models
from tests.factories import numbers, register
from tests.factories.mandates import TODAY

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def labels():
    """Write labels of forms and functions."""
    register.labelled("JuridicalForm", "610", {"fr": "SRL", "nl": "BV"})
    register.labelled("JuridicalForm", "014", {"fr": "SA", "nl": "NV"})
    register.labelled("TypeOfEnterprise", "1", {"fr": "Personne physique"})
    register.labelled("Function", register.MANAGER, {"fr": "Gérant", "nl": "Zaakvoerder"})


def own(actor):
    found = representatives.own(actor=actor, on=TODAY, language="fr")
    assert found is not None
    return found


class TestTheMatrix:
    def shown(self, legal_form, on=TODAY):
        return representatives.matrix(legal_form=legal_form, on=on, language="fr")

    def test_shows_the_functions_that_may_sign_for_a_form(self, labels):
        register.a_matrix("610", "014", illustrative=True)
        view = self.shown("610")
        assert (view.version, view.illustrative, view.legal_form.label) == ("first", True, "SRL")
        assert [(each.code, each.label) for each in view.functions] == [
            (register.MANAGER, "Gérant")
        ]

    @pytest.mark.parametrize("legal_form", [None, "999", "'; --", ""])
    def test_shows_no_function_for_a_form_that_it_does_not_know(self, labels, legal_form):
        register.a_matrix("610")
        view = self.shown(legal_form)
        assert (view.legal_form, view.functions) == (None, ())

    def test_of_the_day_is_the_one_that_began_last(self, labels):
        register.a_matrix("610", name="old", begins=YESTERDAY)
        register.a_matrix("014", name="new", begins=TODAY)
        register.a_matrix("014", name="to come", begins=TOMORROW)
        assert self.shown("610").version == "new"
        assert self.shown("610", on=YESTERDAY).version == "old"

    def test_is_none_where_no_version_is_valid(self):
        register.a_matrix(begins=TOMORROW)
        assert self.shown("610") is None

    def test_lists_its_forms_by_label(self, labels):
        register.a_matrix("610", "014", NATURAL_PERSON)
        register.a_matrix("700", name="to come", begins=TOMORROW)
        listed = representatives.legal_forms(language="fr", on=TODAY)
        assert [(each.code, each.label) for each in listed] == [
            (NATURAL_PERSON, "Personne physique"),
            ("014", "SA"),
            ("610", "SRL"),
        ]
        everything = representatives.legal_forms(language="fr")
        assert {each.code for each in everything} == {NATURAL_PERSON, "014", "610", "700"}


class TestOwnRepresentatives:
    @pytest.fixture
    def bakery(self, labels):
        register.a_matrix()
        return register.an_enterprise("Bakkerij Peeters")

    @pytest.fixture
    def anna(self):
        return register.a_person("Anna", "Peeters")

    def lines(self, enterprise, person=None):
        actor = register.acting(enterprise, Quality.COMPANY_WITHOUT_STAFF, person=person)
        return own(actor).lines

    def test_are_shown_with_their_function_and_whether_they_may_sign(self, bakery, anna):
        register.holding(anna, bakery, begins=YESTERDAY)
        (line,) = self.lines(bakery, anna)
        assert (line.function.label, line.holder, line.person_name) == (
            "Gérant",
            "Anna Peeters",
            "Anna Peeters",
        )
        assert (line.may_sign, line.why_not, line.in_force, line.is_me) == (
            True,
            None,
            True,
            True,
        )
        assert (line.validity.begins, line.through) == (YESTERDAY, ())

    def test_say_why_somebody_may_not_sign_those_who_may_first(self, bakery):
        register.holding(register.a_person("Old"), bakery, ends=YESTERDAY)
        register.holding(register.a_person("New"), bakery, begins=TOMORROW)
        register.holding(register.a_person("Auditor"), bakery, function="20001")
        register.holding(register.a_person("Manager"), bakery)
        lines = self.lines(bakery)
        assert [(line.person_name.split()[0], line.why_not) for line in lines] == [
            ("Manager", None),
            ("Auditor", NoPower.FUNCTION_NOT_IN_MATRIX),
            ("New", NoPower.FUNCTION_NOT_BEGUN),
            ("Old", NoPower.FUNCTION_ENDED),
        ]
        assert [line.is_me for line in lines] == [False] * 4

    def test_follow_a_function_held_by_an_enterprise_to_its_representative(self, bakery, anna):
        holding, top = (register.an_enterprise(name) for name in ("Holding", "Top"))
        register.holding(holding, bakery)
        register.holding(top, holding, function=register.PERMANENT_REPRESENTATIVE)
        register.holding(anna, top, function=register.PERMANENT_REPRESENTATIVE)
        register.holding(register.a_person("Other"), holding)
        (line,) = self.lines(bakery, anna)
        assert (line.holder, line.holder_number) == ("Holding", holding)
        assert (line.person_name, line.through) == ("Anna Peeters", ("Holding", "Top"))
        assert (line.may_sign, line.is_me) == (True, True)

    def test_name_each_of_several_permanent_representatives(self, bakery):
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery)
        for name in ("Bert", "Ann"):
            register.holding(
                register.a_person(name), holding, function=register.PERMANENT_REPRESENTATIVE
            )
        register.holding(
            register.a_person("Elsewhere"),
            holding,
            function=register.PERMANENT_REPRESENTATIVE,
            represents_in=numbers.enterprise_number(),
        )
        assert [line.person_name.split()[0] for line in self.lines(bakery)] == ["Ann", "Bert"]

    def test_leave_the_person_open_where_nobody_is_found(self, bakery):
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery)
        (line,) = self.lines(bakery)
        assert (line.holder, line.person_name, line.why_not) == (
            "Holding",
            "",
            NoPower.NO_FUNCTION,
        )

    def test_survive_enterprises_that_hold_each_other(self, bakery):
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery)
        register.holding(bakery, holding, function=register.PERMANENT_REPRESENTATIVE)
        register.holding(register.a_person(), holding, function="20001")
        (line,) = self.lines(bakery)
        assert (line.may_sign, line.why_not) == (False, NoPower.CHAIN_HAS_LOOP)

    def test_cannot_be_told_without_a_matrix(self, anna):
        bakery = register.an_enterprise()
        register.holding(anna, bakery)
        register.holding(register.an_enterprise("Holding"), bakery)
        actor = register.acting(bakery, Quality.COMPANY_WITHOUT_STAFF)
        found = own(actor)
        assert (found.matrix_version, found.illustrative) == ("", False)
        assert {line.why_not for line in found.lines} == {NoPower.NO_MATRIX}

    def test_are_asked_by_the_legal_form(self, labels, anna):
        register.a_matrix("014", NATURAL_PERSON, illustrative=True)
        person = register.an_enterprise("Anna Peeters", legal_form="")
        register.holding(anna, person)
        actor = register.acting(person, Quality.COMPANY_WITHOUT_STAFF)
        found = own(actor)
        assert (found.legal_form.label, found.illustrative) == ("Personne physique", True)
        assert found.lines[0].may_sign

    def test_are_none_for_an_enterprise_that_the_register_does_not_know(self):
        actor = register.acting(numbers.enterprise_number(), Quality.COMPANY_WITHOUT_STAFF)
        assert representatives.own(actor=actor, on=TODAY, language="fr") is None

    def test_are_found_with_few_queries_and_without_national_numbers(
        self, bakery, django_assert_max_num_queries
    ):
        persons = [register.a_person(f"Person{each}") for each in range(8)]
        for person in persons:
            register.holding(person, bakery)
        actor = register.acting(bakery, Quality.COMPANY_WITHOUT_STAFF, person=persons[0])
        with django_assert_max_num_queries(7):
            found = own(actor)
        assert len(found.lines) == 8
        for person in persons:
            assert person.insz.digits not in repr(found)

    def test_agree_with_the_power_that_acts_ask_for(self, bakery, anna):
        """What this screen says is what signing will say."""
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery, begins=TOMORROW)
        register.holding(anna, holding, function=register.PERMANENT_REPRESENTATIVE)
        (line,) = self.lines(bakery, anna)
        power = loading.signing_power_of(person=anna.insz, enterprise=bakery, on=TODAY)
        assert (line.may_sign, line.why_not) == (power.granted, power.why_not)
        assert models.Office.objects.count() == 2
