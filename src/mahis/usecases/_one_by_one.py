"""Many things done one by one, each in a transaction of its own."""

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import Conflict
from mahis.store.models import Mandate

_log = logging.getLogger(__name__)

_Key = TypeVar("_Key")
_READ_AT_ONCE = 2000


class SomeLeftOut(Conflict):
    """Most was done, but some could not be judged; the log names them (`done`, `left_out`)."""

    code = "someLeftOut"


def do_each(found: Iterable[_Key], act: Callable[[_Key], int]) -> int:
    """Act on each thing that was found; gives the sum of what the acts give.

    Standing still half-way loses nothing, and a second run goes on where the first stopped. One
    that fails keeps no other waiting: raises SomeLeftOut at the end. What ends the connection to
    the database ends it all.
    """
    done = left_out = 0
    for key in found:
        try:
            done += act(key)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this one alone
            # The words of an error may quote what stands in a row, so only its place is told.
            place = "".join(traceback.format_tb(error.__traceback__))
            _log.error("%s was left out: %s\n%s", key, type(error).__name__, place)
            left_out += 1
    if left_out:
        raise SomeLeftOut(done=done, left_out=left_out)
    return done


def authorisations_of(mandates: QuerySet[Mandate]) -> Iterator[AuthorisationReference]:
    """Give the authorisations of mandates, each once, read a few thousand at a time."""
    rows = (
        mandates.order_by("authorisation_id")
        .values_list("authorisation__year", "authorisation_id")
        .distinct()
    )
    for year, number in rows.iterator(chunk_size=_READ_AT_ONCE):
        yield AuthorisationReference(year, number)
