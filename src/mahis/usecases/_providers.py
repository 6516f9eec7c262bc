"""A provider taken under lock, and how a change of it is recorded and told."""

import datetime
from collections.abc import Mapping

from mahis.domain import notices
from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits, ReasonMissing, ReasonTooLong
from mahis.domain.identification import ProviderUnknown
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Kind
from mahis.domain.notices import Telling
from mahis.domain.parties import Actor, Language, Side
from mahis.store import loading
from mahis.store.models import Enterprise, Notice, Provider
from mahis.usecases import _changes, _outbox, _record


def lock_enterprise(number: EnterpriseNumber) -> bool:
    """Let one transaction at a time change what an enterprise is as a provider.

    Taken before its provider, whether there is one yet or not; who only names the enterprise does
    not wait for it. Says whether the register knows the enterprise.
    """
    rows = Enterprise.objects.select_for_update(no_key=True).filter(number=number)
    return rows.values_list("number").first() is not None


def lock(number: EnterpriseNumber) -> Provider:
    """Lock an enterprise and its quality of provider; raises ProviderUnknown."""
    is_known = lock_enterprise(number)
    row = Provider.objects.select_for_update().filter(pk=number).first()
    if row is None or not is_known:
        raise ProviderUnknown
    return row


def given(reason: str, limits: Limits) -> str:
    """Give a reason without what surrounds it; raises ReasonMissing or ReasonTooLong."""
    stripped = reason.strip()
    if not stripped:
        raise ReasonMissing(field="reason")
    if len(stripped) > limits.longest_reason:
        raise ReasonTooLong(field="reason", longest=limits.longest_reason)
    return stripped


def record(
    number: EnterpriseNumber,
    *,
    act: str,
    at: datetime.datetime,
    kind: Kind,
    actor: Actor | None = None,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> int:
    """Write that a provider changed, with its enterprise under lock; gives the change's number."""
    return _changes.write(
        subject=Subject.PROVIDER,
        key=number.digits,
        act=act,
        at=at,
        kind=kind,
        actor=actor,
        reason=reason,
        before=before,
        after=after,
    )


def tell(
    number: EnterpriseNumber,
    telling: Telling,
    *,
    change: int,
    at: datetime.datetime,
    language: Language | None = None,
) -> None:
    """Tell an enterprise of a change of its quality, in its e-Box.

    It is written to in `language`, else in the one that the register knows.
    """
    known = loading.languages_of([number], otherwise=_record.LANGUAGE_WHERE_UNKNOWN)
    notice = Notice(
        authorisation=None,
        recipient_id=number,
        side=Side.MANDATARY,
        telling=telling,
        history_number=change,
        places=[],
        channel=notices.channel_for(side=Side.MANDATARY, has_account=True),
        language=language or known[number],
        must_act=False,
        created_at=at,
    )
    _outbox.write([notice])


def shown(row: Provider) -> dict[str, object]:
    """Give how a provider stands, as its changes keep it."""
    return {
        "status": row.status.value,
        "begins": row.begins.isoformat(),
        "ends": None if row.ends is None else row.ends.isoformat(),
    }
