"""Which capacities a person is offered."""

import datetime

import pytest

from mahis.domain.parties import Capacity, ProviderStatus, Quality, Role
from mahis.queries import capacities
from mahis.store.models import AccessKind
from tests.factories import numbers, register
from tests.factories.mandates import TODAY

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def anna():
    return register.a_person()


def offered(person):
    """Give what is offered as pairs of quality and role."""
    choices = capacities.offered(person=person.insz, on=TODAY)
    return [(each.capacity.quality, each.capacity.role) for each in choices]


class TestAnEnterprisesOwnRight:
    def test_is_one_of_an_employer_where_the_register_says_so_today(self, anna):
        register.given_access(anna, register.an_enterprise(employer=True))
        assert offered(anna) == [(Quality.NSSO_EMPLOYER, Role.MANAGE)]

    def test_is_one_of_a_company_without_staff_otherwise(self, anna):
        bakery = register.an_enterprise()
        register.registered_as_employer(bakery, ends=YESTERDAY)
        register.registered_as_employer(bakery, begins=TOMORROW)
        register.given_access(anna, bakery)
        assert offered(anna) == [(Quality.COMPANY_WITHOUT_STAFF, Role.MANAGE)]

    def test_lets_people_of_a_ceased_enterprise_only_consult(self, anna):
        register.given_access(anna, register.an_enterprise(ceased_on=YESTERDAY))
        assert offered(anna) == [(Quality.COMPANY_WITHOUT_STAFF, Role.CONSULT)]

    def test_is_worth_nothing_for_an_enterprise_that_the_register_does_not_know(self, anna):
        register.given_access(anna, numbers.enterprise_number())
        assert offered(anna) == []


class TestAMandatarysRight:
    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (ProviderStatus.ACTIVE, [(Quality.SERVICE_PROVIDER, Role.MANAGE)]),
            (ProviderStatus.BLOCKED, [(Quality.SERVICE_PROVIDER, Role.CONSULT)]),
            (ProviderStatus.LAPSED, []),
            (ProviderStatus.NONE, []),
        ],
    )
    def test_follows_the_status_of_the_provider(self, anna, status, expected):
        register.given_access(
            anna, register.an_enterprise(provider=status), kind=AccessKind.PROVIDER
        )
        assert offered(anna) == expected

    def test_of_a_secretariat_needs_its_recognition(self, anna):
        for secretariat in ("331", ""):
            enterprise = register.an_enterprise(secretariat=secretariat)
            register.given_access(anna, enterprise, kind=AccessKind.SECRETARIAT)
        assert offered(anna) == [(Quality.SOCIAL_SECRETARIAT, Role.MANAGE)]


class TestRights:
    def test_count_from_their_first_to_their_last_day(self, anna):
        for begins, ends in ((TODAY, TODAY), (TOMORROW, None), (YESTERDAY, YESTERDAY)):
            register.given_access(anna, register.an_enterprise(), begins=begins, ends=ends)
        assert len(offered(anna)) == 1

    @pytest.mark.parametrize("roles", [tuple(Role), tuple(reversed(Role))])
    def test_to_manage_count_before_rights_to_consult_the_same(self, anna, roles):
        bakery = register.an_enterprise()
        for role in roles:
            register.given_access(anna, bakery, role=role)
        assert offered(anna) == [(Quality.COMPANY_WITHOUT_STAFF, Role.MANAGE)]

    def test_of_others_are_not_offered(self, anna):
        register.given_access(register.a_person(), register.an_enterprise())
        assert offered(anna) == []

    def test_give_one_enterprise_several_capacities(self, anna):
        both = register.a_provider(employer=True)
        register.given_access(anna, both)
        register.given_access(anna, both, kind=AccessKind.PROVIDER)
        assert [quality for quality, _ in offered(anna)] == [
            Quality.NSSO_EMPLOYER,
            Quality.SERVICE_PROVIDER,
        ]

    def test_of_officers_name_the_office_whether_or_not_the_register_knows_it(self, anna):
        office = numbers.enterprise_number()
        register.given_access(anna, office, kind=AccessKind.OFFICER, role=Role.CONSULT)
        (choice,) = capacities.offered(person=anna.insz, on=TODAY)
        assert choice.capacity == Capacity(
            enterprise=office, quality=Quality.NSSO_OFFICER, role=Role.CONSULT
        )


def test_are_listed_by_name_in_the_persons_language(anna):
    for name in ("zebra", "Abeille"):
        enterprise = register.an_enterprise(name)
        register.named(enterprise, f"{name} nv", language="2")
        register.given_access(anna, enterprise)
    choices = capacities.offered(person=anna.insz, on=TODAY, language="nl")
    assert [each.enterprise_name for each in choices] == ["Abeille nv", "zebra nv"]


class TestACapacityInUse:
    def test_is_offered_exactly_as_it_is(self, anna):
        bakery = register.an_enterprise(employer=True)
        register.given_access(anna, bakery, role=Role.CONSULT)
        consulting = Capacity(enterprise=bakery, quality=Quality.NSSO_EMPLOYER, role=Role.CONSULT)
        managing = Capacity(enterprise=bakery, quality=Quality.NSSO_EMPLOYER, role=Role.MANAGE)
        provider = Capacity(enterprise=bakery, quality=Quality.SERVICE_PROVIDER, role=Role.CONSULT)
        answers = [
            capacities.is_offered(person=anna.insz, capacity=capacity, on=TODAY)
            for capacity in (consulting, managing, provider)
        ]
        assert answers == [True, False, False]

    def test_is_checked_with_three_queries(self, anna, django_assert_max_num_queries):
        bakery = register.an_enterprise(employer=True)
        register.given_access(anna, bakery)
        capacity = capacities.offered(person=anna.insz, on=TODAY)[0].capacity
        with django_assert_max_num_queries(3):
            assert capacities.is_offered(person=anna.insz, capacity=capacity, on=TODAY)


def test_many_capacities_take_no_more_queries_than_one(anna, django_assert_max_num_queries):
    for kind in (AccessKind.ENTERPRISE, AccessKind.PROVIDER, AccessKind.SECRETARIAT) * 3:
        register.given_access(
            anna,
            register.a_provider(secretariat=f"{numbers.enterprise_number()}"[-5:-2]),
            kind=kind,
        )
    with django_assert_max_num_queries(6):
        choices = capacities.offered(person=anna.insz, on=TODAY)
    assert len(choices) == 9
    assert anna.insz.digits not in repr(choices)
