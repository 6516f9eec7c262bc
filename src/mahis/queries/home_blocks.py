"""How many mandates an enterprise has in each state, for the blocks of its home page (H2, H3)."""

import dataclasses
import datetime
from typing import Any

from django.db.models import Aggregate, Case, Count, Exists, Max, OuterRef, Q, Value, When

from mahis.domain.mandate import (
    EXPIRING_STATES,
    AuthorisationReference,
    MandateReference,
    State,
)
from mahis.domain.parties import Actor, Side
from mahis.queries import own_mandates
from mahis.store.fields import EnumField
from mahis.store.models import Mandate, Validation
from mahis.store.shown_state import shown_state

#: States recorded for mandates that nobody has to look at any more, or that run: they gather
#: over the years, so they are counted up to a bound.
_GATHERING = frozenset({State.ACTIVE, State.CLOSED})
COUNTED_AT_MOST = 10_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Block:
    """The mandates in one state on one side."""

    state: State
    #: Number of mandates: an authorisation for two groups counts two.
    count: int = 0
    #: How many of them wait for the enterprise itself to sign, and the actor has not.
    awaiting_me: int = 0
    #: How many of them the actor has signed, and another signatory of the enterprise has to.
    awaiting_cosignatory: int = 0
    #: The mandate where there is exactly one.
    only: MandateReference | None = None
    #: Whether there are more than were counted.
    more: bool = False

    @property
    def awaiting_other(self) -> int:
        """How many wait for the other party alone to sign."""
        ours = self.awaiting_me + self.awaiting_cosignatory
        return self.count - ours if self.state in EXPIRING_STATES else 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class SideBlocks:
    """The blocks of the enterprise on one side."""

    side: Side
    #: Whether the actor acts on this side; the other can only be consulted.
    acts_here: bool
    #: One block a state, in the order of a mandate's life; empty ones too.
    blocks: tuple[Block, ...]

    def block(self, state: State) -> Block:
        """Give the block of one state."""
        return next(block for block in self.blocks if block.state is state)


def blocks(*, actor: Actor, on: datetime.date) -> tuple[SideBlocks, ...]:
    """Count the mandates of an actor's enterprise, as mandator and, separately, as mandatary.

    The side of the actor's capacity is always there; the other where the enterprise has mandates
    on it. Officers have no blocks of this kind.
    """
    if actor.is_officer:
        return ()
    counted = _waiting(actor, on)
    for side in Side:
        counted |= _gathered(actor, side, on)
    return tuple(
        SideBlocks(
            side=side,
            acts_here=side is actor.side,
            blocks=tuple(counted.get((side, state), Block(state=state)) for state in State),
        )
        for side in Side
        if side is actor.side or any(counted_side is side for counted_side, _ in counted)
    )


_Blocks = dict[tuple[Side, State], Block]


def _waiting(actor: Actor, on: datetime.date) -> _Blocks:
    """Count the mandates that wait for something, or that ended without ever beginning."""
    side = Case(
        When(mandator=actor.enterprise, then=Value(Side.MANDATOR.value)),
        default=Value(Side.MANDATARY.value),
        output_field=EnumField(Side),
    )
    ours = Validation.objects.filter(
        authorisation=OuterRef("authorisation"), enterprise=actor.enterprise
    )
    waits_for_us = Q(~Exists(ours.filter(completes=True)), state__in=EXPIRING_STATES)
    signed_by_me = Q(Exists(ours.filter(person=actor.person.insz)))
    counted = (
        Mandate.objects.filter(
            own_mandates.visible_to(actor), state__in=frozenset(State) - _GATHERING
        )
        .annotate(side=side, shown=shown_state(on))
        .values("side", "shown")
        .annotate(**_counts(waits_for_us & ~signed_by_me, waits_for_us & signed_by_me))
        .order_by()
    )
    return {(group["side"], group["shown"]): _block(dict(group)) for group in counted}


def _gathered(actor: Actor, side: Side, on: datetime.date) -> _Blocks:
    """Count the mandates that run or have run, up to the bound."""
    all_of_them = Mandate.objects.filter(**{side.value: actor.enterprise}, state__in=_GATHERING)
    some = all_of_them.order_by().values("pk")[: COUNTED_AT_MOST + 1]
    counted = (
        Mandate.objects.filter(pk__in=some)
        .annotate(shown=shown_state(on))
        .values("shown")
        .annotate(**_counts(Q(pk__in=[]), Q(pk__in=[])))
        .order_by()
    )
    found = [_block(dict(group)) for group in counted]
    more = sum(block.count for block in found) > COUNTED_AT_MOST
    return {(side, block.state): dataclasses.replace(block, more=more) for block in found}


def _counts(waits_for_me: Q, waits_for_cosignatory: Q) -> dict[str, Aggregate]:
    return {
        "count": Count("pk"),
        "awaiting_me": Count("pk", filter=waits_for_me),
        "awaiting_cosignatory": Count("pk", filter=waits_for_cosignatory),
        # Where there is one mandate, the greatest of each part of the reference is its own.
        "year": Max("authorisation__year"),
        "number": Max("authorisation_id"),
        "place": Max("place"),
    }


def _block(group: dict[str, Any]) -> Block:
    only = MandateReference(AuthorisationReference(group["year"], group["number"]), group["place"])
    state = group["shown"]
    return Block(
        state=state,
        count=group["count"],
        awaiting_me=group["awaiting_me"] if state in EXPIRING_STATES else 0,
        awaiting_cosignatory=group["awaiting_cosignatory"] if state in EXPIRING_STATES else 0,
        only=only if group["count"] == 1 else None,
    )
