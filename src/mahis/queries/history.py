"""The history of an authorisation, for officers, and whether its chain is unbroken (L7)."""

import dataclasses
import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Actor, Quality, Role
from mahis.domain.refusals import Forbidden
from mahis.queries import evidence, labels
from mahis.queries.evidence import Evidence
from mahis.store import history_chain, loading
from mahis.store.models import Authorisation, HistoryEntry, Mandate


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
    #: What the step rests on.
    evidence: Evidence


@dataclasses.dataclass(frozen=True, kw_only=True)
class History:
    """Every step of one authorisation, oldest first."""

    lines: tuple[HistoryLine, ...]
    #: Whether the entries are unchanged and complete, by their hashes, and lead to the states in
    #: which the mandates are.
    chain_holds: bool


def of_authorisation(
    *, actor: Actor, reference: AuthorisationReference, language: str
) -> History | None:
    """Show the history of an authorisation; None where there is no such authorisation.

    Raises HistoryIsForOfficers.
    """
    if not actor.is_officer:
        raise HistoryIsForOfficers
    row = Authorisation.objects.filter(pk=reference.number, year=reference.year).first()
    if row is None:
        return None
    entries, arrived = _read(row)
    names = loading.names_of(
        {entry.enterprise for entry in entries if entry.enterprise is not None},
        language=labels.language_of(language),
    )
    grounds = evidence.read_all([entry.evidence for entry in entries], language=language)
    return History(
        lines=tuple(
            _line(entry, ground, names) for entry, ground in zip(entries, grounds, strict=True)
        ),
        chain_holds=history_chain.holds(entries) and arrived,
    )


def _read(row: Authorisation) -> tuple[list[HistoryEntry], bool]:
    """Read the entries, and say whether they lead to the states in which the mandates are.

    A chain that lost its last entries is unbroken in itself; what they led to gives it away. All
    is read in one statement: in two, an act that is committed between them would look like that.
    """
    mandates = Mandate.objects.filter(authorisation=OuterRef("authorisation")).order_by("place")
    entries = list(
        HistoryEntry.objects.filter(authorisation=row)
        .select_related("authorisation")
        .annotate(recorded=ArraySubquery(mandates.values("state")))
        .order_by("number")
    )
    if not entries:
        return [], False
    last = entries[-1]
    led_to = {entry.place: entry.after for entry in entries}
    arrived = last.recorded == [led_to[place] for place in sorted(led_to)]
    return list(entries), arrived and last.version == last.authorisation.version


def _line(entry: HistoryEntry, ground: Evidence, names: dict[EnterpriseNumber, str]) -> HistoryLine:
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
        evidence=ground,
    )
