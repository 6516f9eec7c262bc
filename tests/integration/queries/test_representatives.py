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

    def test_of_another_day_is_shown_by_its_number(self, labels):
        register.a_matrix("610", name="now")
        register.a_matrix("014", name="to come", begins=TOMORROW)
        number = models.MatrixVersion.objects.get(name="to come").pk
        view = representatives.matrix(legal_form="014", on=TODAY, language="fr", version=number)
        assert view is not None
        assert view.legal_form is not None
        assert (view.version, view.legal_form.label) == ("to come", "SA")
        assert representatives.matrix(legal_form="014", on=TODAY, language="fr", version=0) is None

    def test_shows_the_pairs_that_sign_together(self, labels):
        register.labelled("Function", "10003", {"fr": "Administrateur délégué"})
        register.a_matrix("610")
        models.MatrixVersion.objects.update(entries=[], joint=[f"014:10003+{register.MANAGER}"])
        view = self.shown("014")
        assert (view.legal_form.label, view.functions) == ("SA", ())
        assert [[each.code for each in pair] for pair in view.together] == [
            [register.MANAGER, "10003"]
        ]
        assert [each.code for each in representatives.legal_forms(language="fr")] == ["014"]

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

    def people(self, enterprise, person=None):
        actor = register.acting(enterprise, Quality.COMPANY_WITHOUT_STAFF, person=person)
        return own(actor).people

    def test_are_shown_with_their_function_and_whether_they_may_sign(self, bakery, anna):
        register.holding(anna, bakery, begins=YESTERDAY)
        (each,) = self.people(bakery, anna)
        assert (each.name, each.is_person, each.is_me) == ("Anna Peeters", True, True)
        assert (each.may_sign, each.why_not, each.partners) == (True, None, ())
        ((step,),) = (way.steps for way in each.ways)
        assert (step.function.label, step.enterprise, step.holder) == (
            "Gérant",
            "Bakkerij Peeters",
            "Anna Peeters",
        )
        assert (step.validity.begins, step.fault) == (YESTERDAY, None)

    def test_say_why_somebody_may_not_sign_those_who_may_first(self, bakery):
        register.holding(register.a_person("Old"), bakery, ends=YESTERDAY)
        register.holding(register.a_person("New"), bakery, begins=TOMORROW)
        register.holding(register.a_person("Auditor"), bakery, function="20001")
        register.holding(register.a_person("Manager"), bakery)
        people = self.people(bakery)
        assert [(each.name.split()[0], each.why_not) for each in people] == [
            ("Manager", None),
            ("Auditor", NoPower.FUNCTION_NOT_IN_MATRIX),
            ("New", NoPower.FUNCTION_NOT_BEGUN),
            ("Old", NoPower.FUNCTION_ENDED),
        ]
        assert [each.is_me for each in people] == [False] * 4

    def test_are_told_once_with_all_their_functions_the_best_first(self, bakery, anna):
        register.holding(anna, bakery, ends=YESTERDAY)
        register.holding(anna, bakery, function="20001")
        register.holding(anna, bakery)
        (each,) = self.people(bakery, anna)
        assert each.may_sign
        assert [way.why_not for way in each.ways] == [
            None,
            NoPower.FUNCTION_NOT_IN_MATRIX,
            NoPower.FUNCTION_ENDED,
        ]

    def test_follow_a_function_held_by_an_enterprise_step_by_step(self, bakery, anna):
        holding, top = (register.an_enterprise(name) for name in ("Holding", "Top"))
        register.holding(holding, bakery)
        register.holding(top, holding, function=register.PERMANENT_REPRESENTATIVE)
        register.holding(anna, top, function=register.PERMANENT_REPRESENTATIVE)
        register.holding(register.a_person("Other"), holding)
        (each,) = self.people(bakery, anna)
        assert (each.name, each.may_sign, each.is_me) == ("Anna Peeters", True, True)
        (way,) = each.ways
        assert [(step.holder, step.enterprise) for step in way.steps] == [
            ("Holding", "Bakkerij Peeters"),
            ("Top", "Holding"),
            ("Anna Peeters", "Top"),
        ]
        assert [step.holder_number for step in way.steps] == [holding, top, None]

    def test_show_at_which_step_a_chain_breaks(self, bakery, anna):
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery, begins=TOMORROW)
        register.holding(anna, holding, function=register.PERMANENT_REPRESENTATIVE, ends=YESTERDAY)
        (each,) = self.people(bakery, anna)
        assert each.why_not is NoPower.FUNCTION_ENDED
        assert [step.fault for step in each.ways[0].steps] == [
            NoPower.FUNCTION_NOT_BEGUN,
            NoPower.FUNCTION_ENDED,
        ]

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
        assert [each.name.split()[0] for each in self.people(bakery)] == ["Ann", "Bert"]

    def test_name_the_enterprise_where_nobody_is_found_behind_it(self, bakery):
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery)
        (each,) = self.people(bakery)
        assert (each.name, each.is_person, each.why_not) == (
            "Holding",
            False,
            NoPower.NO_FUNCTION,
        )

    def test_survive_enterprises_that_hold_each_other(self, bakery):
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery)
        register.holding(bakery, holding, function=register.PERMANENT_REPRESENTATIVE)
        register.holding(register.a_person(), holding, function="20001")
        (each,) = self.people(bakery)
        assert (each.may_sign, each.why_not) == (False, NoPower.CHAIN_HAS_LOOP)
        assert [step.fault for step in each.ways[0].steps] == [None, NoPower.CHAIN_HAS_LOOP]

    def test_who_sign_with_another_come_after_those_who_sign_alone(self, bakery, anna):
        models.MatrixVersion.objects.update(joint=["610:10003+10003", "610:10003+10004"])
        register.labelled("Function", "10004", {"fr": "Président"})
        register.holding(anna, bakery, function="10003")
        register.holding(register.a_person("Zoë"), bakery)
        alone, with_another = self.people(bakery, anna)
        assert (alone.name.split()[0], alone.partners) == ("Zoë", ())
        assert (with_another.name, with_another.may_sign) == ("Anna Peeters", True)
        assert {each.code for each in with_another.partners} == {"10003", "10004"}
        power = loading.signing_power_of(person=anna.insz, enterprise=bakery, on=TODAY)
        assert (power.granted, power.alone) == (True, False)

    def test_cannot_be_told_without_a_matrix(self, anna):
        bakery = register.an_enterprise()
        register.holding(anna, bakery)
        register.holding(register.an_enterprise("Holding"), bakery)
        actor = register.acting(bakery, Quality.COMPANY_WITHOUT_STAFF)
        found = own(actor)
        assert (found.matrix_version, found.illustrative) == ("", False)
        assert {each.why_not for each in found.people} == {NoPower.NO_MATRIX}

    def test_are_asked_by_the_legal_form(self, labels, anna):
        register.a_matrix("014", NATURAL_PERSON, illustrative=True)
        person = register.an_enterprise("Anna Peeters", legal_form="")
        register.holding(anna, person)
        actor = register.acting(person, Quality.COMPANY_WITHOUT_STAFF)
        found = own(actor)
        assert (found.legal_form.label, found.illustrative) == ("Personne physique", True)
        assert found.people[0].may_sign
        assert (found.me.may_sign, found.me.why_not) == (False, NoPower.NO_FUNCTION)

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
        assert len(found.people) == 8
        assert (found.me.may_sign, found.me.with_another) == (True, False)
        for person in persons:
            assert person.insz.digits not in repr(found)

    def test_of_whom_there_are_too_many_are_cut_and_that_is_said(self, bakery, monkeypatch):
        monkeypatch.setattr(representatives, "MOST_WAYS", 3)
        persons = [register.a_person(f"Person{each}") for each in range(4)]
        for person in persons:
            register.holding(person, bakery)
        last = register.acting(bakery, Quality.COMPANY_WITHOUT_STAFF, person=persons[-1])
        found = own(last)
        assert (len(found.people), found.is_cut) == (3, True)
        assert found.me.may_sign

    def test_agree_with_the_power_that_acts_ask_for(self, bakery, anna):
        """What this screen says is what signing will say."""
        holding = register.an_enterprise("Holding")
        register.holding(holding, bakery, begins=TOMORROW)
        register.holding(anna, holding, function=register.PERMANENT_REPRESENTATIVE)
        (each,) = self.people(bakery, anna)
        power = loading.signing_power_of(person=anna.insz, enterprise=bakery, on=TODAY)
        assert (each.may_sign, each.why_not) == (power.granted, power.why_not)
        assert models.Office.objects.count() == 2
