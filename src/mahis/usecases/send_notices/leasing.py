"""Taking notices that are due: the oldest of each recipient, with those that follow it."""

import dataclasses
import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.notices import Channel
from mahis.usecases._transaction import in_one_transaction
from mahis.usecases.send_notices import _committing

#: How many recipients one look goes through, whether or not they have something that is due.
_LOOKED_AT = 500
#: Most notices of one recipient that are taken at once.
_LONGEST_CHAIN = 256

# One step of an index for each recipient, however many notices wait behind its oldest.
_HEADS = """
WITH RECURSIVE head AS (
    (
        SELECT recipient_id, number, channel, next_at, leased_until
        FROM store_delivery
        WHERE state = 'waiting' AND recipient_id > %(after)s
        ORDER BY recipient_id, number
        LIMIT 1
    )
    UNION ALL
    SELECT following.*
    FROM head CROSS JOIN LATERAL (
        SELECT recipient_id, number, channel, next_at, leased_until
        FROM store_delivery
        WHERE state = 'waiting' AND recipient_id > head.recipient_id
        ORDER BY recipient_id, number
        LIMIT 1
    ) AS following
)
SELECT
    recipient_id,
    number,
    channel = ANY(%(channels)s)
        AND next_at <= %(at)s
        AND (leased_until IS NULL OR leased_until <= %(at)s)
FROM head
LIMIT %(most)s
"""

# How many rows wait changes faster than any statistics, and with wrong ones the planner gathers all
# that waits for a recipient, and all that ever did, to sort it for the first five. So it is
# left no choice: every row is stepped to in the order of an index.
_STEPPING = """
SET LOCAL enable_seqscan TO off; SET LOCAL enable_bitmapscan TO off; SET LOCAL enable_sort TO off
"""

# Who locks the oldest of a recipient takes the chain; all conditions hold again under the lock.
_TAKE = """
WITH head AS MATERIALIZED (
    SELECT locked.recipient_id, locked.number
    FROM unnest(%(recipients)s::bigint[], %(heads)s::bigint[]) AS wanted (recipient_id, number)
    CROSS JOIN LATERAL (
        SELECT recipient_id, number
        FROM store_delivery
        WHERE recipient_id = wanted.recipient_id
            AND number = wanted.number
            AND state = 'waiting'
            AND channel = ANY(%(channels)s)
            AND next_at <= %(at)s
            AND (leased_until IS NULL OR leased_until <= %(at)s)
        FOR UPDATE SKIP LOCKED
    ) AS locked
),
chain AS MATERIALIZED (
    SELECT link.number, link.is_due
    FROM head CROSS JOIN LATERAL (
        SELECT
            number,
            bool_and(
                channel = ANY(%(channels)s)
                AND next_at <= %(at)s
                AND (leased_until IS NULL OR leased_until <= %(at)s)
            ) OVER (ORDER BY number) AS is_due
        FROM (
            SELECT number, channel, next_at, leased_until
            FROM store_delivery
            WHERE state = 'waiting'
                AND recipient_id = head.recipient_id
                AND number >= head.number
            ORDER BY number
            LIMIT %(longest)s
        ) AS oldest
    ) AS link
)
UPDATE store_delivery
SET leased_until = %(until)s, leased_by = %(worker)s
WHERE number = ANY(ARRAY(SELECT number FROM chain WHERE is_due))
    -- Says that it waits, without the words by which the index of all that wait is found.
    AND delivered_at IS NULL AND state <> 'failed'
    AND (leased_until IS NULL OR leased_until <= %(at)s)
RETURNING number, notice_id, recipient_id, channel, attempts
"""


@dataclasses.dataclass(kw_only=True)
class Ring:
    """How far a worker has gone round all recipients: nobody is looked at twice before others."""

    after: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Leased:
    """A notice that is a worker's for a while."""

    #: Number of its delivery: the order of notices to one recipient.
    number: int
    notice: uuid.UUID
    recipient: EnterpriseNumber
    channel: Channel
    #: Failed tries in a row.
    attempts: int


def lease(
    *,
    worker: str,
    most: int,
    channels: Collection[Channel],
    lasting: datetime.timedelta,
    ring: Ring,
    at: datetime.datetime,
) -> tuple[tuple[Leased, ...], ...]:
    """Take notices that are due, about as many as wanted, for some time.

    Gives a chain for each recipient, to be sent one after the other; chains may be sent side by
    side. Only what comes first among all that waits for a recipient begins a chain, and while
    somebody has that, nobody else takes anything for that recipient.
    """
    common = {"channels": [channel.value for channel in channels], "at": at}
    heads = _heads(common, ring=ring, most=most)
    if not heads:
        return ()
    longest = max(1, min(most // len(heads), _LONGEST_CHAIN))
    rows = _take(
        {
            **common,
            "recipients": [recipient for recipient, _ in heads],
            "heads": [number for _, number in heads],
            "longest": longest,
            "until": at + lasting,
            "worker": worker,
        }
    )
    return _chains(rows)


def _heads(common: dict[str, Any], *, ring: Ring, most: int) -> list[tuple[int, int]]:
    """Give some recipients with their oldest, where it is due, and move on round the ring."""
    found: list[tuple[int, int]] = []
    began, wrapped = ring.after, False
    while len(found) < most:
        looked = _look(common, after=ring.after, most=_LOOKED_AT)
        for recipient, number, is_due in looked:
            if wrapped and recipient > began:
                return found
            ring.after = recipient
            if is_due:
                found.append((recipient, number))
                if len(found) == most:
                    return found
        if len(looked) == _LOOKED_AT:
            # A long look has cost enough; the next one goes on from here.
            return found
        if wrapped or began == 0:
            ring.after = 0
            return found
        ring.after, wrapped = 0, True
    return found


@in_one_transaction
def _look(common: dict[str, Any], *, after: int, most: int) -> list[tuple[int, int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(_STEPPING)
        cursor.execute(_HEADS, {**common, "after": after, "most": most})
        rows: list[tuple[int, int, bool]] = cursor.fetchall()
    return rows


@in_one_transaction
def _take(wanted: dict[str, Any]) -> list[tuple[int, uuid.UUID, int, str, int]]:
    _committing.without_waiting()
    with connection.cursor() as cursor:
        cursor.execute(_STEPPING)
        cursor.execute(_TAKE, wanted)
        rows: list[tuple[int, uuid.UUID, int, str, int]] = cursor.fetchall()
    return rows


def _chains(
    rows: list[tuple[int, uuid.UUID, int, str, int]],
) -> tuple[tuple[Leased, ...], ...]:
    chains: dict[int, list[Leased]] = {}
    for number, notice, recipient, channel, attempts in sorted(rows):
        chains.setdefault(recipient, []).append(
            Leased(
                number=number,
                notice=notice,
                recipient=EnterpriseNumber.from_int(recipient),
                channel=Channel(channel),
                attempts=attempts,
            )
        )
    return tuple(map(tuple, chains.values()))
