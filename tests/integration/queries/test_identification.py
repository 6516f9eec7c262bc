"""The conditions for asking to become a service provider."""

import datetime

import pytest

from mahis.domain.identification import Condition
from mahis.domain.parties import ProviderStatus, Quality
from mahis.queries import identification
from mahis.store.models import UserAccount
from tests.factories import numbers, register
from tests.factories.mandates import TODAY

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - datetime.timedelta(days=1)


def asked(*, may_sign=True, opened_on=YESTERDAY, **traits):
    """Give the conditions for somebody of an enterprise with some traits."""
    register.a_matrix(name=f"matrix {numbers.nsso_number()}")
    number = register.an_enterprise(**traits)
    if opened_on is not None:
        UserAccount.objects.create(enterprise=number, begins=YESTERDAY, ebox_opened_on=opened_on)
    actor = register.acting(number, Quality.COMPANY_WITHOUT_STAFF, may_sign=may_sign)
    return identification.conditions(actor=actor, on=TODAY)


def test_all_hold_for_a_representative_of_an_active_enterprise_with_an_open_ebox():
    assert asked().may_ask


@pytest.mark.parametrize(
    ("traits", "failing"),
    [
        ({"may_sign": False}, Condition.REPRESENTS),
        ({"ceased_on": YESTERDAY}, Condition.ACTIVE),
        ({"provider": ProviderStatus.ACTIVE}, Condition.NO_PROVIDER),
        ({"provider": ProviderStatus.BLOCKED}, Condition.NO_PROVIDER),
        ({"secretariat": "331"}, Condition.NO_SECRETARIAT),
        ({"opened_on": None}, Condition.EBOX_OPENED),
        ({"opened_on": TODAY + datetime.timedelta(days=1)}, Condition.EBOX_OPENED),
    ],
)
def test_each_can_fail_alone(traits, failing):
    found = asked(**traits)
    assert [each.condition for each in found.judged if not each.met] == [failing]
    assert not found.may_ask


def test_a_lapsed_quality_can_be_asked_for_again():
    assert asked(provider=ProviderStatus.LAPSED).may_ask


def test_the_entry_is_for_representatives_of_enterprises_that_are_no_provider():
    assert asked(opened_on=None).shows_entry
    assert not asked(may_sign=False).shows_entry


def test_officers_ask_nobody():
    found = identification.conditions(actor=register.an_officer(), on=TODAY)
    assert not found.shows_entry
