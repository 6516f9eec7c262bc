"""The history of an authorisation, for officers, and whether its chain is unbroken (L7)."""

import dataclasses
import datetime
from typing import Any

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Actor, Quality, Role
from mahis.domain.refusals import Forbidden
from mahis.queries import labels
from mahis.store import history_chain, loading
from mahis.store.models import HistoryEntry


class HistoryIsForOfficers(Forbidden):
    """Only officers of the NSSO and auditors see the history."""

    code = "historyIsForOfficers"


@dataclasses.dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One step of one mandate."""

    #: Position in the chain of the authorisation, from 1.
    number: int
    #: Count of acts after the step; the steps of one act share it.
    version: int
    place: int
    at: datetime.datetime
    act: Act
    #: None: the mandate did not exist yet.
    before: State | None
    after: State
    kind: Kind
    #: Who did it; empty for the clock and the register.
    person_name: str
    enterprise: EnterpriseNumber | None
    enterprise_name: str
    quality: Quality | None
    role: Role | None
    reason: str
    #: What the step rests on, as it was recorded.
    evidence: dict[str, Any]


@dataclasses.dataclass(frozen=True, kw_only=True)
class History:
    """Every step of one authorisation, oldest first."""

    lines: tuple[HistoryLine, ...]
    #: Whether the entries are unchanged and complete, by their hashes.
    chain_holds: bool


def of_authorisation(
    *, actor: Actor, reference: AuthorisationReference, language: str
) -> History | None:
    """Show the history of an authorisation; None where there is no such authorisation.

    Raises HistoryIsForOfficers.
    """
    if not actor.is_officer:
        raise HistoryIsForOfficers
    entries = list(
        HistoryEntry.objects.filter(
            authorisation=reference.number, authorisation__year=reference.year
        ).order_by("number")
    )
    if not entries:
        # An authorisation is written together with its first entries.
        return None
    names = loading.names_of(
        {entry.enterprise for entry in entries if entry.enterprise is not None},
        language=labels.language_of(language),
    )
    return History(
        lines=tuple(_line(entry, names) for entry in entries),
        chain_holds=history_chain.holds(entries),
    )


def _line(entry: HistoryEntry, names: dict[EnterpriseNumber, str]) -> HistoryLine:
    return HistoryLine(
        number=entry.number,
        version=entry.version,
        place=entry.place,
        at=entry.at,
        act=entry.act,
        before=entry.before,
        after=entry.after,
        kind=entry.kind,
        person_name=entry.person_name,
        enterprise=entry.enterprise,
        enterprise_name=names.get(entry.enterprise, "") if entry.enterprise else "",
        quality=entry.quality,
        role=entry.role,
        reason=entry.reason,
        evidence=entry.evidence,
    )
