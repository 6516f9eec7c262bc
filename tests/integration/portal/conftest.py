"""What the portal's tests start from: a still clock, two enterprises and their people."""

import pytest

from mahis.web import clock
from tests.integration.portal import people
from tests.integration.portal.desk import NOW


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    """Let it be the same moment in all tests of the portal."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


@pytest.fixture
def cast(db):
    """Give two enterprises with their people, in a database that forgets after the test."""
    return people.gather()
