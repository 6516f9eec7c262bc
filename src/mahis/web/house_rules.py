"""The numbers that an operator may set, as the doors hand them to the floors below."""

from django.conf import settings

from mahis.domain.conditions import Limits
from mahis.domain.deliveries import Patience
from mahis.domain.reminders import Reminders


def limits() -> Limits:
    """Give the limits of mandates in this installation."""
    found = settings.LIMITS
    assert isinstance(found, Limits)
    return found


def rows_a_page() -> int:
    """Give how many mandates one page of a search shows."""
    return int(settings.SEARCH_ROWS_A_PAGE)


def most_found() -> int:
    """Give how many mandates a search may find before it has to be refined (F3)."""
    return int(settings.SEARCH_MOST_FOUND)


def largest_upload() -> int:
    """Give how many bytes can be sent at once in files."""
    return int(settings.LARGEST_UPLOAD)


def patience() -> Patience:
    """Give how long notices are tried for (T2)."""
    found = settings.PATIENCE
    assert isinstance(found, Patience)
    return found


def days_of_drafts() -> int:
    """Give after how many days what nobody went on typing is thrown away."""
    return int(settings.DAYS_OF_DRAFTS)


def reminders() -> Reminders:
    """Give how long before something happens by itself people are warned of it (L6, R3)."""
    found = settings.REMINDERS
    assert isinstance(found, Reminders)
    return found
