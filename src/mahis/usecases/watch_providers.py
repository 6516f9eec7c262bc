"""Watch that providers receive their first mandate in time: warn them, then let them lapse (R3)."""

import datetime
import functools

from django.db.models import Exists, OuterRef, Q, QuerySet

from mahis.domain import notices, reminders
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Kind
from mahis.domain.mandate import HOLDING_STATES
from mahis.domain.notices import Telling
from mahis.domain.parties import ProviderStatus, Side
from mahis.domain.reminders import Reminders
from mahis.store import loading
from mahis.store.models import Enterprise, Mandate, Notice, Provider
from mahis.usecases import _one_by_one, _outbox, _providers, _record
from mahis.usecases._transaction import in_one_transaction

#: No month is longer.
_MONTH = datetime.timedelta(days=31)


def warn(*, rules: Reminders, at: datetime.datetime, on: datetime.date) -> int:
    """Warn each provider without any mandate, once for each of the days before its time is over.

    Gives the number of notices. Safe to repeat and to interrupt. Raises SomeLeftOut once all
    others are written.
    """
    longest = rules.months_to_first_mandate * _MONTH
    found = _without_mandate(on).filter(
        Exists(Enterprise.objects.filter(pk=OuterRef("pk"))), begins__range=(on - longest, on)
    )
    act = functools.partial(_warn, rules=rules, at=at, on=on)
    return _one_by_one.do_each(list(found.values_list("pk", flat=True)), act)


def let_lapse(*, months: int, at: datetime.datetime, on: datetime.date) -> int:
    """End the quality of each provider that was warned and whose time is over; gives how many.

    Each is told. Whoever was not warned, because their time was over before this service knew of
    them, keeps the quality: it is then for an officer to look at. Else as `warn`.
    """
    warned = Notice.objects.filter(
        authorisation=None,
        telling=Telling.PROVIDER_LAPSES_SOON,
        recipient=OuterRef("pk"),
        warns_of__lt=on,
    )
    act = functools.partial(_let_lapse, months=months, at=at, on=on)
    found = _without_mandate(on).filter(Exists(warned))
    return _one_by_one.do_each(list(found.values_list("pk", flat=True)), act)


def _without_mandate(on: datetime.date) -> QuerySet[Provider]:
    """Give the active providers to which nobody ever gave a mandate that both have signed."""
    received = Mandate.objects.filter(mandatary=OuterRef("pk"), state__in=HOLDING_STATES)
    return Provider.objects.filter(
        Q(ends=None) | Q(ends__gte=on), ~Exists(received), status=ProviderStatus.ACTIVE
    ).order_by("pk")


def _locked(number: EnterpriseNumber, *, on: datetime.date) -> Provider | None:
    """Give a provider under lock, if it is still one without a mandate."""
    return _without_mandate(on).select_for_update(of=("self",)).filter(pk=number).first()


@in_one_transaction
def _warn(
    number: EnterpriseNumber, *, rules: Reminders, at: datetime.datetime, on: datetime.date
) -> int:
    row = _locked(number, on=on)
    if row is None:
        return 0
    due = reminders.of_the_lapse(
        accepted_on=row.begins,
        months=rules.months_to_first_mandate,
        days=rules.of_the_lapse,
        on=on,
    )
    if due is None or (row.ends is not None and row.ends <= due.warns_of):
        return 0
    written = {"telling": Telling.PROVIDER_LAPSES_SOON, "warns_of": due.warns_of}
    written["days_before"] = due.days_before
    if Notice.objects.filter(authorisation=None, recipient=number, **written).exists():
        return 0
    languages = loading.languages_of([number], otherwise=_record.LANGUAGE_WHERE_UNKNOWN)
    notice = Notice(
        authorisation=None,
        recipient_id=number,
        side=Side.MANDATARY,
        places=[],
        channel=notices.channel_for(side=Side.MANDATARY, has_account=True),
        language=languages[number],
        must_act=False,
        created_at=at,
        **written,
    )
    _outbox.write([notice])
    return 1


@in_one_transaction
def _let_lapse(
    number: EnterpriseNumber, *, months: int, at: datetime.datetime, on: datetime.date
) -> int:
    _providers.lock_enterprise(number)
    row = _locked(number, on=on)
    if row is None:
        return 0
    last_day = reminders.last_day_for_first_mandate(row.begins, months=months)
    was_warned = Notice.objects.filter(
        authorisation=None,
        telling=Telling.PROVIDER_LAPSES_SOON,
        recipient=number,
        warns_of=last_day,
    ).exists()
    if on <= last_day or not was_warned:
        return 0
    before = _providers.shown(row)
    row.status, row.ends, row.held = ProviderStatus.LAPSED, last_day, True
    row.save(update_fields=["status", "ends", "held"])
    change = _providers.record(
        number,
        act="lapse",
        at=at,
        kind=Kind.CLOCK,
        before=before,
        after={**_providers.shown(row), "lastDay": last_day.isoformat()},
    )
    _providers.tell(number, Telling.PROVIDER_LAPSED, change=change, at=at)
    return 1
