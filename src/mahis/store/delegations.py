"""Delegations as the rules know them, and what former mandataries had, read from their rows."""

import datetime
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q

from mahis.domain import delegation
from mahis.domain.delegation import Given, Had, Held
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.store import loading
from mahis.store.models import Delegation, GroupMembership, HistoryEntry, Mandate


def of_row(row: Delegation) -> delegation.Delegation:
    """Give a delegation as the rules know it; its mandate is read with it."""
    return delegation.Delegation(
        source=loading.mandate_of(row.mandate, signed=frozenset(), first_level=None),
        delegate=loading.number_of(row.delegate_id),
        application=None if row.application is None else row.application.code,
        quarters=row.quarters,
        ended_because=row.ended_because,
    )


def running(on: datetime.date) -> Q:
    """Give the condition that a delegation runs on a day: what `Delegation.because` says, in SQL.

    Nothing has ended it, and the mandate that it is a part of has begun and is active.
    """
    current = Quarter.containing(on)
    return Q(
        ended_at=None,
        mandate__state=State.ACTIVE,
        mandate__quarters__overlap=QuarterPeriod(current, current),
    )


def given_of(mandate: Mandate, *, delegate: EnterpriseNumber) -> tuple[Given, ...]:
    """Give what of a mandate is delegated to an enterprise, and not recorded as ended."""
    rows = Delegation.objects.filter(mandate=mandate, delegate_id=delegate, ended_at=None)
    return tuple(
        Given(
            number=row.pk,
            application=None if row.application is None else row.application.code,
            quarters=row.quarters,
        )
        for row in rows.select_related("application").order_by("pk")
    )


def held_by_mandatary(mandate: Mandate, *, on: datetime.date) -> Mapping[EnterpriseNumber, Held]:
    """Give what each other enterprise had of the same mandator for the same group by a day."""
    became_active = HistoryEntry.objects.filter(
        authorisation_id=OuterRef("authorisation_id"), place=OuterRef("place"), after=State.ACTIVE
    )
    rows = (
        Mandate.objects.filter(mandator_id=mandate.mandator_id, group_id=mandate.group_id)
        .exclude(mandatary_id=mandate.mandatary_id)
        .annotate(was_active=Q(state=State.ACTIVE) | Exists(became_active))
    )
    had: dict[EnterpriseNumber, list[Had]] = {}
    for row in rows.order_by("quarters", "pk"):
        each = Had(quarters=row.quarters, state=row.state, was_active=row.was_active)
        had.setdefault(loading.number_of(row.mandatary_id), []).append(each)
    held = {number: delegation.held_by(mandates, on) for number, mandates in had.items()}
    return {number: each for number, each in held.items() if each != delegation.NOTHING}


def in_group(mandate: Mandate, *, application: str) -> tuple[QuarterPeriod, ...]:
    """Give the quarters in which an application was in the group of a mandate."""
    rows = GroupMembership.objects.filter(
        group_id=mandate.group_id, application__code=application
    ).order_by("begins")
    return tuple(map(quarters_of, rows))


def quarters_of(row: GroupMembership) -> QuarterPeriod:
    """Give the quarters that share a day with a membership, as with the activity of a party."""
    last = None if row.ends is None else Quarter.containing(row.ends)
    return QuarterPeriod(Quarter.containing(row.begins), last)


def numbers_of(rows: Iterable[Delegation]) -> frozenset[EnterpriseNumber]:
    """Give every enterprise that some delegations are about."""
    return frozenset(
        loading.number_of(number)
        for row in rows
        for number in (row.mandate.mandator_id, row.mandate.mandatary_id, row.delegate_id)
    )
