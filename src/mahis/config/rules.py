"""The numbers of the rules that an operator may set; each has a default and bounds."""

import datetime
import os
import re

from django.core.exceptions import ImproperlyConfigured

from mahis.domain.conditions import Limits
from mahis.domain.deliveries import Patience
from mahis.domain.reminders import Reminders
from mahis.gateways.ebox.settings import EboxSettings

_DEFAULTS = Limits()
_MOST_DAYS_BEFORE = 365
_DAYS = re.compile("[0-9]{1,3}")


def limits() -> Limits:
    """Give the limits of mandates; ImproperlyConfigured where one makes no sense."""
    return Limits(
        start_ahead=_number("MAHIS_START_AHEAD", _DEFAULTS.start_ahead, 0, 40),
        start_back=_number("MAHIS_START_BACK", _DEFAULTS.start_back, 0, 40),
        days_to_finish=_number("MAHIS_DAYS_TO_FINISH", _DEFAULTS.days_to_finish, 1, 3650),
        longest_reason=_number("MAHIS_LONGEST_REASON", _DEFAULTS.longest_reason, 20, 10_000),
        minutes_to_decide=_number("MAHIS_MINUTES_TO_DECIDE", _DEFAULTS.minutes_to_decide, 1, 480),
    )


def rows_a_page() -> int:
    """Give how many mandates one page of a search shows."""
    return _number("MAHIS_SEARCH_ROWS_A_PAGE", 25, 5, 200)


def most_found() -> int:
    """Give how many mandates a search may find before it has to be refined (F3)."""
    return _number("MAHIS_SEARCH_MOST_FOUND", 1000, 100, 10_000)


def largest_upload() -> int:
    """Give how many bytes can be sent at once in files."""
    return _number("MAHIS_LARGEST_UPLOAD", 10 * 2**20, 2**16, 100 * 2**20)


def patience() -> Patience:
    """Give how long notices are tried for (T2)."""
    usual = Patience()
    return Patience(
        tries=_number("MAHIS_DELIVERY_TRIES", usual.tries, 1, 100),
        first=datetime.timedelta(
            seconds=_number("MAHIS_DELIVERY_WAIT_SECONDS", usual.first.seconds, 1, 3600)
        ),
        longest=datetime.timedelta(
            seconds=_number("MAHIS_DELIVERY_LONGEST_SECONDS", usual.longest.seconds, 1, 86_399)
        ),
    )


def lease_seconds(*, ebox: EboxSettings | None) -> int:
    """Give for how long a worker has the notices that it takes, sure to be enough for one try."""
    longest_try = 0 if ebox is None else ebox.longest_try_seconds
    least = int(longest_try * 2) + 5
    return _number("MAHIS_DELIVERY_LEASE_SECONDS", max(180, least), least, 3600)


def days_of_drafts() -> int:
    """Give after how many days what nobody went on typing is thrown away."""
    return _number("MAHIS_DAYS_OF_DRAFTS", 365, 30, 3650)


def reminders() -> Reminders:
    """Give how long before something happens by itself people are warned of it (L6, R3)."""
    usual = Reminders()
    months = _number("MAHIS_PROVIDER_FIRST_MANDATE_MONTHS", usual.months_to_first_mandate, 1, 120)
    return Reminders(
        to_sign=_days_before("MAHIS_REMIND_DAYS", usual.to_sign),
        of_the_end=_days_before("MAHIS_ENDS_SOON_DAYS", usual.of_the_end),
        of_the_lapse=_days_before("MAHIS_PROVIDER_WARN_DAYS", usual.of_the_lapse),
        months_to_first_mandate=months,
    )


def _days_before(variable: str, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    """Read numbers of days, such as `30 7`; `none` stands for no warning at all."""
    text = os.environ.get(variable, "").strip()
    if not text:
        return otherwise
    words = () if text == "none" else text.split()
    if not all(_DAYS.fullmatch(word) and int(word) <= _MOST_DAYS_BEFORE for word in words):
        message = (
            f"{variable} is {text!r}; it must be numbers of days from 0 to {_MOST_DAYS_BEFORE},"
            " with spaces between, or none."
        )
        raise ImproperlyConfigured(message)
    return tuple(sorted(set(map(int, words)), reverse=True))


def _number(variable: str, otherwise: int, lowest: int, highest: int) -> int:
    text = os.environ.get(variable, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        message = f"{variable} is {text!r}; it must be a number from {lowest} to {highest}."
        raise ImproperlyConfigured(message)
    return int(text)
