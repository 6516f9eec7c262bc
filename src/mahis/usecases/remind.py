"""Warn the parties of days that come near: the limit for signing, the end of a mandate (L6, T1)."""

import datetime
import functools
import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from mahis.domain import notices, reminders
from mahis.domain.mandate import EXPIRING_STATES, RUNNING_STATES, AuthorisationReference
from mahis.domain.mandate import Mandate as KnownMandate
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.domain.reminders import Due
from mahis.store import loading
from mahis.store.fields import ends_with
from mahis.store.models import HistoryEntry, Mandate, Notice
from mahis.usecases import _locked, _one_by_one, _outbox, _record
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction

#: Judges which warning of a mandate is due, whose parties were told about it last on a day.
_Judge = Callable[[KnownMandate, datetime.date], Due | None]


def to_sign(*, days: Collection[int], at: datetime.datetime, on: datetime.date) -> int:
    """Remind the parties that have not signed of the limit, once for each of the days before it.

    Gives the number of notices. Safe to repeat and to interrupt; of several reminders that were
    missed the latest is made up for. Raises SomeLeftOut once all others are written.
    """

    def judge(mandate: KnownMandate, told_on: datetime.date) -> Due | None:
        return reminders.to_sign(mandate, days=days, told_on=told_on, on=on)

    found = (
        Mandate.objects.filter(
            state__in=EXPIRING_STATES,
            authorisation__expires_on__range=(window.first, window.last),
        ).exclude(
            _was_told(
                Telling.SIGN_REMINDER,
                warns_of=OuterRef("authorisation__expires_on"),
                days_before=window.days_before,
            )
        )
        for window in reminders.windows(days=days, on=on)
    )
    return _warn_of(Telling.SIGN_REMINDER, found=found, judge=judge, at=at, on=on)


def of_ends(*, days: Collection[int], at: datetime.datetime, on: datetime.date) -> int:
    """Warn both parties that a mandate will end, once for each of the days before it."""

    def judge(mandate: KnownMandate, told_on: datetime.date) -> Due | None:
        return reminders.of_the_end(mandate, days=days, told_on=told_on, on=on)

    found = (
        Mandate.objects.filter(ends_with("quarters", quarter), state__in=RUNNING_STATES).exclude(
            _was_told(Telling.ENDS_SOON, warns_of=quarter.last_day, days_before=window.days_before)
        )
        for window in reminders.windows(days=days, on=on)
        for quarter in window.ending
    )
    return _warn_of(Telling.ENDS_SOON, found=found, judge=judge, at=at, on=on)


def _was_told(telling: Telling, *, warns_of: datetime.date | OuterRef, days_before: int) -> Exists:
    return Exists(
        Notice.objects.filter(
            authorisation=OuterRef("authorisation"),
            telling=telling,
            warns_of=warns_of,
            days_before=days_before,
        )
    )


def _warn_of(
    telling: Telling,
    *,
    found: Iterable[QuerySet[Mandate]],
    judge: _Judge,
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    references = itertools.chain.from_iterable(map(_one_by_one.authorisations_of, found))
    warn = functools.partial(_warn, telling=telling, judge=judge, at=at, on=on)
    return _one_by_one.do_each(references, warn)


@in_one_transaction
def _warn(
    reference: AuthorisationReference,
    *,
    telling: Telling,
    judge: _Judge,
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    """Write what is due about one authorisation; under its lock nothing of it changes."""
    locked = _locked.lock(reference=reference, actor=None, version=None, on=on)
    told_on = _told_on(locked)
    due: dict[Due, list[int]] = {}
    for row in locked.mandates:
        found = judge(locked.mandate(row), told_on[row.place])
        if found is not None:
            due.setdefault(found, []).append(row.place)
    written = [
        notice
        for each, places in due.items()
        for notice in _notices(locked, telling=telling, due=each, places=places, at=at, on=on)
    ]
    _outbox.write(written)
    return len(written)


def _told_on(locked: Locked) -> Mapping[int, datetime.date]:
    """Give the day on which the parties were told last about each mandate, by its place."""
    steps = (
        HistoryEntry.objects.filter(authorisation=locked.authorisation)
        .values("place")
        .annotate(last=Max("at"))
        .values_list("place", "last")
    )
    moments = dict.fromkeys(
        (row.place for row in locked.mandates), locked.authorisation.drawn_up_at
    ) | dict(steps)
    return {place: timezone.localtime(moment).date() for place, moment in moments.items()}


def _notices(
    locked: Locked,
    *,
    telling: Telling,
    due: Due,
    places: Sequence[int],
    at: datetime.datetime,
    on: datetime.date,
) -> Iterable[Notice]:
    """Give the notices of one warning to whom it concerns and who did not have it yet."""
    must_act = telling is Telling.SIGN_REMINDER
    had = Notice.objects.filter(
        authorisation=locked.authorisation,
        telling=telling,
        warns_of=due.warns_of,
        days_before=due.days_before,
    ).values_list("side", flat=True)
    sides = (frozenset(Side) - locked.signed if must_act else frozenset(Side)) - set(had)
    numbers = _record.parties_of(locked.authorisation)
    languages = loading.languages_of(numbers.values(), otherwise=_record.LANGUAGE_WHERE_UNKNOWN)
    has_account = loading.has_account(numbers[Side.MANDATOR], on=on)
    for side in (side for side in Side if side in sides):
        yield Notice(
            authorisation=locked.authorisation,
            recipient_id=numbers[side],
            side=side,
            telling=telling,
            warns_of=due.warns_of,
            days_before=due.days_before,
            places=places,
            channel=notices.channel_for(side=side, has_account=has_account),
            language=languages[numbers[side]],
            must_act=must_act,
            created_at=at,
        )
