"""What changed of a provider, an employer or a piece of reference data, for officers (N2)."""

import dataclasses
import datetime
from collections.abc import Mapping

from mahis.domain.changes import Subject
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import models


@dataclasses.dataclass(frozen=True, kw_only=True)
class Change:
    """One change of one thing."""

    #: Position among the changes of the thing, from 1.
    number: int
    at: datetime.datetime
    act: str
    kind: Kind
    #: Who did it; empty for the clock and the register.
    person_name: str
    reason: str
    before: Mapping[str, object]
    after: Mapping[str, object]


def of(*, actor: Actor, subject: Subject, key: str) -> tuple[Change, ...]:
    """Give the changes of one thing, newest first; raises OfficersOnly."""
    if not actor.is_officer:
        raise OfficersOnly
    rows = models.Change.objects.filter(subject=subject, key=key).order_by("-number")
    return tuple(
        Change(
            number=row.number,
            at=row.at,
            act=row.act,
            kind=row.kind,
            person_name=row.person_name,
            reason=row.reason,
            before=row.before,
            after=row.after,
        )
        for row in rows
    )
