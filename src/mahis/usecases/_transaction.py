"""How every use case writes: one transaction, tried again on a deadlock, constraints explained."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction

from mahis.domain.refusals import Conflict

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

#: SQLSTATE of serialization failures and deadlocks, after which a transaction can be tried again.
_PASSING = frozenset({"40001", "40P01"})
_TRIES = 4
#: Constraints that two acts at the same moment can break although each checked before.
_RACES = frozenset(
    {
        "mandate_one_mandatary_at_a_time",
        "mandate_not_twice_to_the_same",
        "mandate_replaced_once",
        "validation_once_a_side",
        "delegation_not_twice_to_the_same",
        "history_entry_number_once",
        "authorisation_document_number_once",
        "authorisation_document_content_once",
        "authorisation_document_archived_once",
        "change_number_once",
        "identification_request_one_waits",
    }
)


class DoneMeanwhile(Conflict):
    """Somebody else did something at the same moment that this act cannot follow."""

    code = "doneMeanwhile"


def in_one_transaction(act: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Run a use case in a transaction of its own: all of it happens or nothing.

    A deadlock or serialization failure is tried again; each try reads everything anew. Raises
    DoneMeanwhile where a constraint says that a concurrent act came first.
    """

    @functools.wraps(act)
    def run(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        for _ in range(_TRIES - 1):
            try:
                return _once(lambda: act(*args, **kwargs))
            except OperationalError as error:
                if _sqlstate(error) not in _PASSING:
                    raise
        return _once(lambda: act(*args, **kwargs))

    return run


def _once(act: Callable[[], _Result]) -> _Result:
    try:
        with transaction.atomic():
            return act()
    except IntegrityError as error:
        if _constraint(error) in _RACES:
            raise DoneMeanwhile(constraint=_constraint(error)) from error
        raise


def _sqlstate(error: Exception) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


def _constraint(error: Exception) -> str | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None)
