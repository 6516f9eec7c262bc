"""Tell the parties of mandates for employers that the mandator is an employer no more."""

import dataclasses
import datetime

from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from mahis.domain.conditions import Case
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.store import loading
from mahis.store.models import Employer, HistoryEntry, Mandate
from mahis.usecases import _acting, _by_the_house
from mahis.usecases._one_by_one import SomeLeftOut

_UNTIL = "employerUntil"


def tell(
    *, at: datetime.datetime, on: datetime.date, mandator: EnterpriseNumber | None = None
) -> int:
    """Tell both parties, once for each end of the mandator's registration as an employer.

    Only active mandates for groups of employers are told of; they stay as they are, since what is
    past has still to be declared. Gives their number, of one `mandator` or of all. Raises
    SomeLeftOut once all others are told.
    """
    found = _untold(on)
    if mandator is not None:
        found = found.filter(mandator_id=mandator)
    return _by_the_house.take_everywhere(
        act=Act.END_EMPLOYER,
        doer=_acting.REGISTER,
        states=frozenset({State.ACTIVE}),
        found=found,
        at=at,
        on=on,
        known=_with_what_was_told,
        evidence=_evidence,
    )


def tell_now(*, at: datetime.datetime, on: datetime.date, mandator: EnterpriseNumber) -> int:
    """Do the same for one mandator; what cannot be judged now is left to the clock."""
    try:
        return tell(at=at, on=on, mandator=mandator)
    except SomeLeftOut as left:
        return int(left.found["done"])


def _untold(on: datetime.date) -> QuerySet[Mandate]:
    """Give the active mandates for employers whose parties were not told of the last end."""
    registered = Employer.objects.filter(enterprise=OuterRef("mandator_id"))
    ended = registered.filter(ends__lt=on).order_by("-ends").values("ends")[:1]
    told = HistoryEntry.objects.annotate(until=KeyTextTransform(_UNTIL, "evidence")).filter(
        authorisation=OuterRef("authorisation"),
        place=OuterRef("place"),
        act=Act.END_EMPLOYER,
        until=Cast(OuterRef("until"), TextField()),
    )
    return (
        Mandate.objects.filter(state=State.ACTIVE, group__employers_only=True)
        .filter(~Exists(registered.filter(loading.in_force(on))))
        .annotate(until=Subquery(ended, output_field=DateField()))
        .filter(until__isnull=False)
        .filter(~Exists(told))
    )


def _with_what_was_told(case: Case, row: Mandate) -> Case:
    """Add of which end the parties were told last."""
    entries = HistoryEntry.objects.filter(
        authorisation=row.authorisation_id, place=row.place, act=Act.END_EMPLOYER
    )
    last = entries.order_by("-number").first()
    told = None if last is None else datetime.date.fromisoformat(last.evidence[_UNTIL])
    return dataclasses.replace(case, told_of_end=told)


def _evidence(case: Case) -> dict[str, object]:
    """Record until when the mandator was an employer."""
    assert case.mandator.employer_until is not None
    return {_UNTIL: case.mandator.employer_until.isoformat()}
