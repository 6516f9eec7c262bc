"""Work that nobody else does at the same moment, without anything being locked for others."""

import contextlib
from collections.abc import Iterator

from django.db import connection


@contextlib.contextmanager
def alone(lock: int) -> Iterator[bool]:
    """Say whether this work is ours to do now; somebody else is at it otherwise.

    The lock belongs to the connection: whoever is killed gives it back without doing anything.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        found = cursor.fetchone()
    ours = bool(found and found[0])
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
