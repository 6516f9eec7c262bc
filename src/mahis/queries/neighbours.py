"""The mandates before and after one in its group: what it replaces, and what replaces it (C6)."""

import dataclasses
from collections.abc import Iterable

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import HOLDING_STATES, RUNNING_STATES, MandateReference
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.queries import labels, own_mandates
from mahis.store import loading
from mahis.store.models import Mandate


@dataclasses.dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another mandate for the same group of the same mandator."""

    reference: MandateReference
    mandatary_number: EnterpriseNumber
    mandatary_name: str
    period: QuarterPeriod
    #: Whether the actor may see it, so that its reference is shown and leads to it.
    is_open: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Neighbours:
    """What stands before and after one mandate."""

    #: What it replaces, or is to replace; None where it is drawn up beside no other.
    older: Neighbour | None = None
    #: The last quarter that it gives, or is to give, the older one; None where it gives it none,
    #: because the older one has an end of its own or is no more.
    end_of_older: Quarter | None = None
    #: What has replaced it.
    newer: Neighbour | None = None


#: Stands where nobody asked for them.
NO_NEIGHBOURS = Neighbours()


def of_mandates(rows: Iterable[Mandate], *, actor: Actor, language: str) -> dict[int, Neighbours]:
    """Give the neighbours of mandates by their keys; what they replace is read with the rows."""
    mandates = list(rows)
    after = {
        newer.replaces_id: newer
        for newer in Mandate.objects.filter(
            replaces__in=[row.pk for row in mandates if row.single_mandatary],
            state__in=HOLDING_STATES,
        ).select_related("authorisation")
    }
    older = [row.replaces for row in mandates if row.replaces]
    names = loading.names_of(
        {loading.number_of(row.mandatary_id) for row in (*older, *after.values())},
        language=labels.language_of(language),
    )

    def shown(row: Mandate | None) -> Neighbour | None:
        return None if row is None else _neighbour(row, actor, names)

    return {
        row.pk: Neighbours(
            older=shown(row.replaces),
            end_of_older=_end_given(row),
            newer=shown(after.get(row.pk)),
        )
        for row in mandates
    }


def _neighbour(row: Mandate, actor: Actor, names: dict[EnterpriseNumber, str]) -> Neighbour:
    parties = {
        Side.MANDATOR: loading.number_of(row.mandator_id),
        Side.MANDATARY: loading.number_of(row.mandatary_id),
    }
    return Neighbour(
        reference=row.reference,
        mandatary_number=parties[Side.MANDATARY],
        mandatary_name=names[parties[Side.MANDATARY]],
        period=row.quarters,
        is_open=actor.is_officer or own_mandates.side_of(actor, parties) is not None,
    )


def _end_given(row: Mandate) -> Quarter | None:
    """Give the end that a mandate gave the older one, or would give it now."""
    older = row.replaces
    if older is None or older.state not in HOLDING_STATES:
        return None
    end = row.quarters.start - 1
    if row.state in HOLDING_STATES:
        return end if older.quarters.end == end else None
    runs_on = older.state in RUNNING_STATES and older.quarters.end is None
    return end if runs_on and older.quarters.start <= end else None
