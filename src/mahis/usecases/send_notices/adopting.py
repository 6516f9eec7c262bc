"""Taking up notices that code from before deliveries has written."""

import datetime

from django.db import connection

from mahis.usecases._transaction import in_one_transaction

_ADOPT = """
INSERT INTO store_delivery (
    notice_id, recipient_id, state, channel, attempts, next_at, leased_by, problem, detail,
    why_post, receipt
)
SELECT id, recipient_id, 'waiting', channel, 0, created_at, '', '', '', '', ''
FROM store_notice
WHERE created_at >= %s
    AND NOT EXISTS (SELECT FROM store_delivery WHERE notice_id = store_notice.id)
ORDER BY created_at, authorisation_id, history_number, side DESC
ON CONFLICT DO NOTHING
"""


@in_one_transaction
def adopt(*, since: datetime.datetime) -> int:
    """Put on its way every notice written since a moment that has no delivery; gives how many.

    While a new version is brought in, processes of the one before still write notices alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ADOPT, [since])
        return int(cursor.rowcount)
