"""How values are written on screens: numbers, quarters, periods, days and moments."""

import datetime
import re

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mahis.domain.identifiers import (
    BranchNumber,
    EnterpriseNumber,
    EstablishmentNumber,
    Insz,
    NssoNumber,
)
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.gateways.written import (
    day,
    moment,
    period,
    period_words,
    quarter_words,
)

__all__ = [
    "common_name",
    "day",
    "moment",
    "period",
    "period_words",
    "quarter_words",
    "size",
    "value",
]

_MEGABYTE = 2**20
_COMMON_NAME = re.compile(r"(?:^|, )CN=(?P<name>.*?)(?=, [A-Z]+=|$)")
_ScreenNumber = EnterpriseNumber | EstablishmentNumber | BranchNumber | NssoNumber | Quarter


def size(octets: int) -> str:
    """Write how large a file is: `10 MB`, `1.4 MB`, `38 kB`."""
    if octets < _MEGABYTE // 10:
        return _("%(count)s kB") % {"count": max(1, round(octets / 1024))}
    megabytes = round(octets / _MEGABYTE, 1)
    places = 0 if megabytes == int(megabytes) else 1
    return _("%(count)s MB") % {"count": number_format(megabytes, places)}


def common_name(distinguished: str) -> str:
    """Write whom a certificate names, in short: `Citizen CA` of `C=BE, CN=Citizen CA, SN=2019`."""
    found = _COMMON_NAME.search(distinguished)
    return found["name"] if found is not None else distinguished


def value(found: object) -> str:
    """Write any value that a refusal or a page holds; national numbers only masked."""
    if isinstance(found, _ScreenNumber):
        return found.screen
    if isinstance(found, QuarterPeriod):
        return period(found)
    if isinstance(found, Insz):
        return found.masked
    if isinstance(found, datetime.datetime):
        return moment(found)
    if isinstance(found, datetime.date):
        return day(found)
    return str(found) if isinstance(found, str | int | Promise) or found else ""
