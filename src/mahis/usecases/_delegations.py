"""What giving and ending a delegation have in common: evidence, and telling the delegate."""

import datetime

from mahis.domain import notices
from mahis.domain.lifecycle import Step
from mahis.domain.parties import Side
from mahis.store import loading
from mahis.store.models import Delegation, Notice
from mahis.usecases import _outbox, _record
from mahis.usecases._locked import Locked


def record(
    row: Delegation,
    *,
    locked: Locked,
    step: Step,
    by: _record.By,
    at: datetime.datetime,
    reason: str = "",
) -> None:
    """Write a step about a delegation on its locked authorisation; all three are told."""
    mandate = next(each for each in locked.mandates if each.pk == row.mandate_id)
    _record.record(
        authorisation=locked.authorisation,
        taken=[_record.Taken(row=mandate, step=step)],
        by=by,
        at=at,
        signed=locked.signed,
        reason=reason,
        evidence=_evidence(row),
    )
    _outbox.write([_notice_to_delegate(row, locked, step, at=at, place=mandate.place)])


def _evidence(row: Delegation) -> dict[str, object]:
    application = {} if row.application is None else {"application": row.application.code}
    assert row.quarters.end is not None
    return {
        "delegation": row.pk,
        "delegate": str(loading.number_of(row.delegate_id)),
        "quarters": [row.quarters.start.code, row.quarters.end.code],
        **application,
    }


def _notice_to_delegate(
    row: Delegation, locked: Locked, step: Step, *, at: datetime.datetime, place: int
) -> Notice:
    """Give the notice to who is no party: its two parties are told as of any step."""
    delegate = loading.number_of(row.delegate_id)
    last = locked.authorisation.history.order_by("-number").first()
    assert last is not None
    languages = loading.languages_of([delegate], otherwise=_record.LANGUAGE_WHERE_UNKNOWN)
    return Notice(
        authorisation=locked.authorisation,
        recipient_id=delegate,
        side=Side.MANDATARY,
        telling=step.telling,
        history_number=last.number,
        places=[place],
        channel=notices.channel_for(side=Side.MANDATARY, has_account=True),
        language=languages[delegate],
        must_act=False,
        created_at=at,
    )
