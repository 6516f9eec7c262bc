"""What the office wrote of employers stands beside register files, until they say it too."""

import datetime

import pytest

from mahis.domain.changes import Subject
from mahis.domain.employers import Source
from mahis.domain.identifiers import EnterpriseNumber
from mahis.store import models
from tests.factories.register_files import NSSO, ONE, TWO, full

pytestmark = pytest.mark.django_db

NUMBER = int(NSSO.replace("-", ""))
BEGINS = datetime.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _known(take_in):
    """Let the register know two enterprises."""
    take_in("known", full())


def by_office(number=ONE, *, begins=BEGINS, ends=None):
    models.Employer.objects.create(
        enterprise=EnterpriseNumber.parse(number),
        nsso_number=NUMBER,
        begins=begins,
        ends=ends,
        source=Source.OFFICE,
    )


def rows():
    found = models.Employer.objects.order_by("begins", "id")
    return [
        (row.begins.isoformat(), row.ends and row.ends.isoformat(), row.source) for row in found
    ]


def acts():
    return [row.act for row in models.Change.objects.filter(subject=Subject.EMPLOYER)]


def test_a_file_that_does_not_name_it_leaves_it(take_in):
    by_office()
    take_in("own", {"employers": []})
    assert rows() == [("2026-03-01", None, Source.OFFICE)]
    assert acts() == []


def test_a_file_that_names_it_confirms_it(take_in):
    by_office()
    take_in("own", {"employers": [f'"{ONE}","{NSSO}",01-02-2026,']})
    assert rows() == [("2026-02-01", None, Source.REGISTER)]
    (change,) = models.Change.objects.all()
    assert (change.act, change.key) == ("confirmed", EnterpriseNumber.parse(ONE).digits)
    assert (change.before["begins"], change.after["begins"]) == ("2026-03-01", "2026-02-01")


def test_an_end_that_the_register_learns_is_taken_over(take_in):
    by_office()
    take_in("own", {"employers": [f'"{ONE}","{NSSO}",01-03-2026,30-09-2026']})
    assert rows() == [("2026-03-01", "2026-09-30", Source.REGISTER)]


def test_an_end_of_the_office_stands_while_the_file_knows_none(take_in):
    by_office(ends=datetime.date(2026, 6, 30))
    outcome = take_in("own", {"employers": [f'"{ONE}","{NSSO}",01-03-2026,']})
    assert rows() == [("2026-03-01", "2026-06-30", Source.OFFICE)]
    assert any("of these employers: 1." in remark for remark in outcome.remarks)
    take_in("later", {"employers": [f'"{ONE}","{NSSO}",01-03-2026,30-06-2026']})
    assert rows() == [("2026-03-01", "2026-06-30", Source.REGISTER)]
    assert acts() == ["confirmed"]


def test_a_new_registration_after_that_end_comes_beside_it(take_in):
    by_office(ends=datetime.date(2026, 6, 30))
    take_in("own", {"employers": [f'"{ONE}","{NSSO}",01-09-2026,']})
    assert rows() == [
        ("2026-03-01", "2026-06-30", Source.OFFICE),
        ("2026-09-01", None, Source.REGISTER),
    ]


def test_a_deletion_by_file_takes_only_what_files_wrote(take_in):
    take_in("own", {"employers": [f'"{ONE}","{NSSO}",01-01-2020,31-12-2025']})
    by_office()
    take_in("gone", {"employers_delete": [f'"{ONE}"']})
    assert rows() == [("2026-03-01", None, Source.OFFICE)]


def test_another_enterprise_is_none_of_its_business(take_in):
    by_office()
    take_in("own", {"employers": [f'"{TWO}","{NSSO}",01-01-2020,31-12-2025']})
    assert [row[2] for row in rows()] == [Source.REGISTER, Source.OFFICE]
