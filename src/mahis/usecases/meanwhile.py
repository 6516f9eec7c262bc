"""What happened to an authorisation since a page was made, and by whom."""

import dataclasses
import datetime

from mahis.domain.lifecycle import Act, Kind
from mahis.domain.parties import Quality, Side
from mahis.domain.refusals import Conflict, NotFound
from mahis.store import loading
from mahis.store.models import Authorisation, HistoryEntry


class AuthorisationUnknown(NotFound):
    """There is no such authorisation, or not for this enterprise; both are told alike."""

    code = "authorisationUnknown"


class StalePage(Conflict):
    """Something happened since the page was made; `happened` lists what, when and by whom."""

    code = "stalePage"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Happened:
    """One act that happened since a page was made."""

    act: Act
    #: What kind of doer acted: a party, an officer, the clock, the register.
    kind: Kind
    at: datetime.datetime
    #: The side that acted; None for the office, a delegate, the clock and the register.
    side: Side | None
    #: Name of the enterprise that acted; empty where none did.
    enterprise: str


def happened_since(row: Authorisation, version: int) -> tuple[Happened, ...]:
    """Give the acts on an authorisation after a count of acts, oldest first, one a version."""
    entries = HistoryEntry.objects.filter(authorisation=row, version__gt=version)
    first_of_each: dict[int, HistoryEntry] = {}
    for entry in entries.order_by("number"):
        first_of_each.setdefault(entry.version, entry)
    names = loading.names_of(
        {entry.enterprise for entry in first_of_each.values() if entry.enterprise is not None}
    )
    return tuple(
        Happened(
            act=entry.act,
            kind=entry.kind,
            at=entry.at,
            side=_side_of(row, entry),
            enterprise=names.get(entry.enterprise, "") if entry.enterprise else "",
        )
        for entry in first_of_each.values()
    )


def _side_of(row: Authorisation, entry: HistoryEntry) -> Side | None:
    outside = entry.quality is Quality.NSSO_OFFICER or entry.kind is Kind.DELEGATE
    if entry.enterprise is None or outside:
        return None
    return (
        Side.MANDATOR if entry.enterprise == loading.number_of(row.mandator_id) else Side.MANDATARY
    )
