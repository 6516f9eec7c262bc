"""The home page: what waits for you, the mandates by status, and where to go (H1 to H3)."""

import dataclasses
import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mahis.domain.identification import Condition, RequestState
from mahis.domain.mandate import State
from mahis.domain.parties import Actor, ProviderStatus, Quality, Side
from mahis.queries import drafts, home_blocks, identification, identification_requests, providers
from mahis.queries.home_blocks import Block, SideBlocks
from mahis.queries.identification_requests import Request
from mahis.queries.providers import ProviderRow
from mahis.web import access, asking, clock, house_rules

#: The states that stand in blocks of their own (H2); the others are counted in a line below.
_IN_BLOCKS = (State.TO_BE_FINALISED, State.PENDING, State.REJECTED)
#: The states in which an enterprise can be waited for.
_AWAITING = (State.TO_BE_FINALISED, State.PENDING)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Linked:
    """A number of mandates with the address that it leads to."""

    state: State
    count: int
    #: Empty where there is nothing to lead to.
    address: str
    #: Whether there are more than were counted.
    more: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Panel:
    """The mandates of the enterprise on one side."""

    side: Side
    #: Whether the person acts on this side; the other can only be consulted.
    acts_here: bool
    blocks: tuple[Linked, ...]
    others: tuple[Linked, ...]


@access.consults
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, then the blocks; officers have a home of their own."""
    actor, on = asking.actor(request), clock.today()
    if actor.is_officer:
        return redirect("backoffice:home")
    sides = home_blocks.blocks(actor=actor, on=on)
    conditions = identification.conditions(actor=actor, on=on)
    context = {
        "waiting": _waiting(actor, sides),
        "cosigning": _cosigning(actor, sides),
        "drafts": drafts.of_actor(actor=actor) if actor.manages else (),
        "panels": tuple(_panel(actor, side) for side in sorted(sides, key=_acts_elsewhere)),
        "identification": conditions.shows_entry,
        "provider": _provider(actor, on=on),
        "requested": None if conditions.meets(Condition.NO_OPEN_REQUEST) else _requested(actor),
    }
    return render(request, "portal/home.html", context)


def _provider(actor: Actor, *, on: datetime.date) -> ProviderRow | None:
    """Give the quality of provider where its people have to know how it stands.

    Whoever acts as the provider is told that it is blocked, or waits for its first mandate; whoever
    acts for it otherwise, that it is none any more.
    """
    found = providers.own(actor=actor, rules=house_rules.reminders(), on=on)
    as_provider = actor.capacity.quality is Quality.SERVICE_PROVIDER
    if found is None or as_provider or found.status is ProviderStatus.LAPSED:
        return found
    return None


def _requested(actor: Actor) -> Request | None:
    """Give the request of the enterprise that the NSSO has not decided."""
    found = identification_requests.of_enterprise(actor=actor)
    return next((each for each in found if each.state is RequestState.SUBMITTED), None)


def _acts_elsewhere(side: SideBlocks) -> bool:
    """Put the side on which the person acts before the other."""
    return not side.acts_here


def _waiting(actor: Actor, sides: tuple[SideBlocks, ...]) -> tuple[Linked, ...]:
    """Give what waits for the enterprise itself to sign."""
    here = [side for side in sides if side.acts_here]
    return tuple(
        _awaiting(actor, block)
        for side in here
        for block in side.blocks
        if block.state in _AWAITING and block.awaiting_me
    )


def _cosigning(actor: Actor, sides: tuple[SideBlocks, ...]) -> tuple[Linked, ...]:
    """Give what the person has signed, and another of the enterprise has to sign too."""
    return tuple(
        Linked(
            state=block.state,
            count=block.awaiting_cosignatory,
            address=_awaiting_address(actor, block),
        )
        for side in sides
        if side.acts_here
        for block in side.blocks
        if block.state in _AWAITING and block.awaiting_cosignatory
    )


def _awaiting(actor: Actor, block: Block) -> Linked:
    return Linked(
        state=block.state, count=block.awaiting_me, address=_awaiting_address(actor, block)
    )


def _awaiting_address(actor: Actor, block: Block) -> str:
    assert actor.side is not None
    if block.only is not None:
        return _action(actor, block)
    return _found(actor.side, block.state, awaited=actor.side.value)


def _panel(actor: Actor, side: SideBlocks) -> Panel:
    return Panel(
        side=side.side,
        acts_here=side.acts_here,
        blocks=tuple(_linked(actor, side, side.block(state)) for state in _IN_BLOCKS),
        others=tuple(
            _linked(actor, side, block)
            for block in side.blocks
            if block.state not in _IN_BLOCKS and block.count
        ),
    )


def _linked(actor: Actor, side: SideBlocks, block: Block) -> Linked:
    if not block.count:
        address = ""
    elif block.only is None:
        address = _found(side.side, block.state)
    elif side.acts_here:
        address = _action(actor, block)
    else:
        address = _details(block)
    return Linked(state=block.state, count=block.count, address=address, more=block.more)


def _action(actor: Actor, block: Block) -> str:
    """Give the screen of the act that the only mandate of a block waits for (H3)."""
    assert block.only is not None
    if block.state in _AWAITING and block.awaiting_me and actor.manages:
        return reverse("portal:sign", args=[block.only.authorisation])
    return _details(block)


def _details(block: Block) -> str:
    assert block.only is not None
    return reverse("portal:mandate", args=[block.only.authorisation, block.only.place])


def _found(side: Side, state: State, **more: str) -> str:
    """Give the search that shows the mandates of a block."""
    query = {"side": side.value, "states": state.value, **more}
    return f"{reverse('portal:search')}?{urlencode(query)}"
