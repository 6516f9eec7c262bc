"""What the portal's tests start from: a still clock, two enterprises and their people."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from mahis.web import clock
from tests.integration.portal import people

_NOW = datetime.datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    """Let it be the same moment in all tests of the portal."""
    monkeypatch.setattr(clock, "now", lambda: _NOW)
    monkeypatch.setattr(clock, "today", _NOW.date)


@pytest.fixture
def cast(db):
    """Give two enterprises with their people, in a database that forgets after the test."""
    return people.gather()
