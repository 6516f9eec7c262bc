"""How leases and outcomes are committed: without waiting for the disk."""

from django.db import connection


def without_waiting() -> None:
    """Let this transaction commit before it stands on the disk.

    Where the database is lost at that very moment, a notice is sent a second time at most, and
    its number keeps the other side from taking it twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
