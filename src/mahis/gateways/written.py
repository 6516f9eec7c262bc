"""How days, moments and periods are written in whatever people read: screens, notices, letters."""

import datetime
import functools

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mahis.domain.quarters import Quarter, QuarterPeriod


def day(value: datetime.date) -> str:
    """Write a day in words: `1 October 2026`."""
    # Translators: a day in words, in Django's date format, e.g. "1 October 2026" is "j F Y"
    return _formatted(value, _("j F Y"), get_language() or "")


def day_and_month(value: datetime.date) -> str:
    """Write a day of a year known already: `1 October`."""
    # Translators: a day without its year, in Django's date format, e.g. "1 October" is "j F"
    return _formatted(value, _("j F"), get_language() or "")


# Formatting takes its time, and most of what is written at once names the same few days.
@functools.lru_cache(maxsize=4096)
def _formatted(value: datetime.date, form: str, language: str) -> str:
    """Write a day, the first of a month as French does, `1er janvier`; no date format knows it."""
    written = date_format(value, form)
    if value.day == 1 and language.startswith("fr"):
        return written.replace("1 ", "1er ", 1)
    return written


def moment(value: datetime.datetime) -> str:
    """Write a moment in the time of Belgium: `23 November 2026 at 13:05`."""
    local = timezone.localtime(value)
    return _("%(day)s at %(time)s") % {"day": day(local.date()), "time": f"{local:%H:%M}"}


def quarter_words(quarter: Quarter) -> str:
    """Write the days of a quarter: `1 October to 31 December 2026`."""
    return _("%(first)s to %(last)s") % {
        "first": day_and_month(quarter.first_day),
        "last": day(quarter.last_day),
    }


def period(value: QuarterPeriod) -> str:
    """Write a period in quarters: `1/2027 to 4/2027`, `from 1/2027`."""
    if value.end is None:
        return _("from %(start)s") % {"start": value.start.screen}
    if value.end == value.start:
        return value.start.screen
    return _("%(first)s to %(last)s") % {"first": value.start.screen, "last": value.end.screen}


def period_words(value: QuarterPeriod) -> str:
    """Write the days of a period: `1 January to 31 December 2027`, `from 1 January 2027`."""
    return _period_words(value, get_language() or "")


@functools.lru_cache(maxsize=4096)
def _period_words(value: QuarterPeriod, language: str) -> str:  # noqa: ARG001 - for each its own
    first, last = value.first_day, value.last_day
    if last is None:
        return pgettext("a day", "from %(start)s") % {"start": day(first)}
    begin = day_and_month(first) if first.year == last.year else day(first)
    return _("%(first)s to %(last)s") % {"first": begin, "last": day(last)}
