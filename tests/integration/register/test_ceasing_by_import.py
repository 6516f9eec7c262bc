"""An import that brings the news that a party has ceased, or employs nobody, does what follows."""

import pytest

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.gateways.register_files import FileRefused
from mahis.store import models
from tests.factories import mandates, register
from tests.factories.register_files import NSSO, ONE, TWO, enterprise, full, meta
from tests.integration.usecases import scene

pytestmark = pytest.mark.django_db

MANDATOR, MANDATARY = EnterpriseNumber.parse(ONE), EnterpriseNumber.parse(TWO)


@pytest.fixture
def given(take_in):
    """Write a mandate for employers between two known enterprises, one of them an employer."""
    take_in("known", full() | {"employers": [f'"{ONE}","{NSSO}",01-01-2020,']})
    row = mandates.an_authorisation(
        MANDATOR, MANDATARY, register.a_group("employers", employers_only=True)
    )
    row.mandates.update(state=State.ACTIVE)
    return row


def told():
    return sorted(
        (row.telling.value, row.side.value) for row in models.Notice.objects.order_by("side")
    )


def test_settles_the_mandates_of_who_is_gone(take_in, given):
    outcome = take_in("gone", {"enterprise_delete": [f'"{ONE}"']})
    assert (outcome.ceased, outcome.settled, outcome.ended) == (1, 1, 0)
    mandate = given.mandates.get()
    assert (mandate.state, mandate.quarters.end.screen) == (State.ACTIVE, "4/2026")
    assert told() == [("partyCeased", "mandatary"), ("partyCeased", "mandator")]


def test_does_so_even_where_the_files_are_known_already(take_in, given):
    models.Enterprise.objects.filter(pk=MANDATARY).update(ceased_on="2026-11-01")
    outcome = take_in("known", {})
    assert (outcome.already, outcome.settled) == (True, 1)
    assert given.mandates.get().quarters.end.screen == "4/2026"


def test_tells_of_an_employer_that_is_one_no_more(take_in, given):
    outcome = take_in("own", {"employers": [f'"{ONE}","{NSSO}",01-01-2020,30-09-2026']})
    assert (outcome.settled, outcome.ended) == (0, 1)
    assert given.mandates.get().quarters.end is None
    assert told() == [("employerCeased", "mandatary"), ("employerCeased", "mandator")]
    again = take_in("own", {}, force=True)
    assert again.ended == 0
    assert models.Notice.objects.filter(telling=Telling.EMPLOYER_CEASED).count() == 2


class TestAFileCutShort:
    """A full extract that leaves out more than a hundred, and more than five in a hundred."""

    @pytest.fixture
    def many(self, take_in):
        others = [scene.enterprise_number(each).screen for each in range(3000, 3298)]
        lines = [enterprise(each) for each in (ONE, TWO, *others)]
        take_in("many", full(enterprise=lines))
        return lines

    def left(self, many, count):
        return full(enterprise=many[:count], meta=meta(day="02-11-2026", number=2))

    def test_changes_nothing(self, take_in, many):
        with pytest.raises(FileRefused, match="101 of 300 enterprises would cease") as refused:
            take_in("short", self.left(many, 199))
        assert "--most-ceased" in refused.value.reason
        assert not models.Enterprise.objects.exclude(ceased_on=None).exists()

    def test_is_taken_in_where_it_is_meant(self, take_in, many):
        assert take_in("short", self.left(many, 199), most_ceased=40).ceased == 101

    def test_does_not_hold_up_a_few(self, take_in, many):
        assert take_in("short", self.left(many, 200)).ceased == 100
