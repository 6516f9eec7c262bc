"""What the backoffice's tests start from: a still clock, two parties, an officer, an auditor."""

import datetime
import itertools
from zoneinfo import ZoneInfo

import pytest

from mahis.domain.parties import Quality, Role
from mahis.store import models
from mahis.web import clock
from tests.factories import register
from tests.integration.portal import people

NOW = datetime.datetime(2026, 11, 23, 11, 0, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    """Let it be the same moment in all tests of the backoffice."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


@pytest.fixture
def cast(db):
    """Give two enterprises with their people and an officer, forgotten after the test."""
    return people.gather()


@pytest.fixture
def auditor(cast):
    """Give somebody of the office who only consults."""
    return people.somebody(cast.officer.enterprise, Quality.NSSO_OFFICER, role=Role.CONSULT)


@pytest.fixture
def companies(cast):
    """Give somebody in each quality but that of officers."""
    employer = register.an_enterprise("Garage Maes", employer=True)
    secretariat = register.an_enterprise("Sekretariat Eupen", secretariat="331")
    return (
        cast.director,
        cast.accountant,
        people.somebody(employer, Quality.NSSO_EMPLOYER),
        people.somebody(secretariat, Quality.SOCIAL_SECRETARIAT),
    )


@pytest.fixture
def national_numbers():
    """Give a look-up of every national number that the database holds."""

    def find() -> set[str]:
        columns = (
            models.AccessRight.objects.values_list("person", flat=True),
            models.Office.objects.values_list("person", flat=True),
            models.Validation.objects.values_list("person", flat=True),
            models.HistoryEntry.objects.values_list("person", flat=True),
        )
        return {number.digits for number in itertools.chain(*columns) if number is not None}

    return find


@pytest.fixture
def kept_here(settings, tmp_path):
    """Keep documents in a folder of the test."""
    settings.DOCUMENTS_DIR = tmp_path / "documents"
