"""The days of warnings that an operator sets: read as written, refused where they make no sense."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from mahis.config import rules
from mahis.domain.reminders import Reminders


def test_without_settings_the_usual_days_hold(monkeypatch):
    assert rules.reminders() == Reminders()


@pytest.mark.parametrize(
    ("text", "days"),
    [("14", (14,)), (" 7  30 ", (30, 7)), ("30 30 0", (30, 0)), ("none", ()), ("", (30, 7))],
)
def test_days_are_read_with_spaces_between(monkeypatch, text, days):
    monkeypatch.setenv("MAHIS_REMIND_DAYS", text)
    assert rules.reminders().to_sign == days


def test_each_kind_of_warning_has_days_of_its_own(monkeypatch):
    monkeypatch.setenv("MAHIS_ENDS_SOON_DAYS", "60")
    monkeypatch.setenv("MAHIS_PROVIDER_WARN_DAYS", "45 15")
    monkeypatch.setenv("MAHIS_PROVIDER_FIRST_MANDATE_MONTHS", "12")
    assert rules.reminders() == Reminders(
        of_the_end=(60,), of_the_lapse=(45, 15), months_to_first_mandate=12
    )


@pytest.mark.parametrize("text", ["7,30", "-1", "366", "soon", "none 7", "٣", "9" * 5000])
def test_what_makes_no_sense_is_refused_with_the_name_of_the_setting(monkeypatch, text):
    monkeypatch.setenv("MAHIS_REMIND_DAYS", text)
    with pytest.raises(ImproperlyConfigured, match="MAHIS_REMIND_DAYS"):
        rules.reminders()
