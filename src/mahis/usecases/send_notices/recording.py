"""Writing what came of each notice that was leased."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Self

from django.db import connection

from mahis.domain import deliveries
from mahis.domain.deliveries import (
    ByPost,
    Delivered,
    DeliveryState,
    NotTried,
    Outcome,
    Patience,
    Standing,
)
from mahis.store.models import Delivery
from mahis.usecases._transaction import in_one_transaction
from mahis.usecases.send_notices import _committing

_WRITE = """
UPDATE store_delivery AS written
SET
    state = told.state,
    channel = told.channel,
    attempts = told.attempts,
    tried_at = %(at)s,
    next_at = told.next_at,
    leased_until = NULL,
    leased_by = '',
    problem = told.problem,
    detail = told.detail,
    why_post = CASE WHEN told.why_post = '' THEN written.why_post ELSE told.why_post END,
    receipt = CASE WHEN told.receipt = '' THEN written.receipt ELSE told.receipt END,
    delivered_at = CASE WHEN told.state = 'delivered' THEN %(at)s END
FROM unnest(
    %(numbers)s::bigint[], %(states)s::text[], %(channels)s::text[], %(attempts)s::integer[],
    %(nexts)s::timestamptz[], %(problems)s::text[], %(details)s::text[], %(whys)s::text[],
    %(receipts)s::text[]
) AS told (number, state, channel, attempts, next_at, problem, detail, why_post, receipt)
WHERE written.number = told.number
"""
#: What the other side says is kept as far as an operator can use it.
_LONGEST_DETAIL = 200
_LONGEST_RECEIPT = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class Report:
    """What came of one notice."""

    #: Number of its delivery.
    number: int
    outcome: Outcome


@dataclasses.dataclass(frozen=True, kw_only=True)
class Recorded:
    """How many notices were delivered, will be tried again, and were given up."""

    delivered: int = 0
    waiting: int = 0
    failed: int = 0

    def __add__(self, other: Self) -> Self:
        """Count two times together."""
        return dataclasses.replace(
            self,
            delivered=self.delivered + other.delivered,
            waiting=self.waiting + other.waiting,
            failed=self.failed + other.failed,
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Written:
    number: int
    outcome: Outcome
    standing: Standing


@in_one_transaction
def record(
    *,
    worker: str,
    reports: Sequence[Report],
    patience: Patience,
    dice: Callable[[], float],
    at: datetime.datetime,
) -> Recorded:
    """Write what came of notices that a worker leased; safe to repeat.

    That a notice arrived is a fact, whoever has its lease by now. Anything else counts only from
    the worker that still has it.
    """
    _committing.without_waiting()
    told = {report.number: report.outcome for report in reports}
    locked = Delivery.objects.filter(number__in=told).order_by("number").select_for_update()
    written: list[_Written] = []
    released: list[int] = []
    for number, state, channel, attempts, leased_by in locked.values_list(
        "number", "state", "channel", "attempts", "leased_by"
    ):
        outcome = told[number]
        if not _counts(outcome, state=state, is_ours=leased_by == worker):
            continue
        if isinstance(outcome, NotTried):
            released.append(number)
            continue
        standing = deliveries.standing_after(
            outcome, channel=channel, attempts=attempts, dice=dice(), patience=patience
        )
        written.append(_Written(number=number, outcome=outcome, standing=standing))
    if released:
        Delivery.objects.filter(number__in=released).update(leased_until=None, leased_by="")
    if written:
        _write(written, at)
    states = Counter(each.standing.state for each in written)
    return Recorded(
        delivered=states[DeliveryState.DELIVERED],
        waiting=states[DeliveryState.WAITING],
        failed=states[DeliveryState.FAILED],
    )


def _counts(outcome: Outcome, *, state: DeliveryState, is_ours: bool) -> bool:
    if isinstance(outcome, Delivered):
        return state is not DeliveryState.DELIVERED
    return state is DeliveryState.WAITING and is_ours


def _write(written: Sequence[_Written], at: datetime.datetime) -> None:
    standings = [each.standing for each in written]
    outcomes = [each.outcome for each in written]
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "at": at,
                "numbers": [each.number for each in written],
                "states": [each.state.value for each in standings],
                "channels": [each.channel.value for each in standings],
                "attempts": [each.attempts for each in standings],
                "nexts": [at + each.wait for each in standings],
                "problems": [each.problem for each in standings],
                "details": [each.detail[:_LONGEST_DETAIL] for each in standings],
                "whys": [each.why if isinstance(each, ByPost) else "" for each in outcomes],
                "receipts": [_receipt(each)[:_LONGEST_RECEIPT] for each in outcomes],
            },
        )


def _receipt(outcome: Outcome) -> str:
    return outcome.receipt if isinstance(outcome, Delivered | ByPost) else ""
