"""The one place that writes what changed of things that are no authorisation."""

import datetime
from collections.abc import Mapping

from mahis.domain.changes import Subject
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Actor
from mahis.store.models import Change
from mahis.usecases import _doer_columns


def write(
    *,
    subject: Subject,
    key: str,
    act: str,
    at: datetime.datetime,
    kind: Kind,
    actor: Actor | None = None,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> int:
    """Add a change, in the caller's transaction and with the thing itself under lock.

    `before` and `after` hold what JSON can, and nothing that tells who a person is. Gives the
    number of the change among those of the thing.
    """
    last = Change.objects.filter(subject=subject, key=key).order_by("-number").first()
    change = Change.objects.create(
        subject=subject,
        key=key,
        number=1 if last is None else last.number + 1,
        at=at,
        act=act,
        kind=kind,
        reason=reason,
        before=dict(before or {}),
        after=dict(after or {}),
        **_doer_columns.of(actor),
    )
    return change.number
