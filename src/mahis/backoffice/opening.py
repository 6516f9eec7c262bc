"""Whom the officers' screens let in: people of the NSSO, and to change something its managers."""

from mahis.domain.parties import Quality
from mahis.web import access

_OFFICERS = frozenset({Quality.NSSO_OFFICER})

#: Officers and auditors: the page only shows.
officers = access.for_capacity(qualities=_OFFICERS)
#: Officers who may act on behalf of a party (N2).
acting_officers = access.for_capacity(qualities=_OFFICERS, manages=True)
