"""The numbers that an operator may set, as the doors hand them to the floors below."""

from django.conf import settings

from mahis.domain.conditions import Limits


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
