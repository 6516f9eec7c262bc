"""Every way from a function in an enterprise to a person, step by step, and where each one fails.

`representation.signing_power` decides; this explains. A test holds the two together.
"""

import dataclasses
import datetime
import itertools
from collections.abc import Iterator

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.representation import LONGEST_CHAIN, Matrix, NoPower, Office


@dataclasses.dataclass(frozen=True, kw_only=True)
class Step:
    """One function on the way."""

    office: Office
    #: What is wrong with it; None: nothing.
    fault: NoPower | None = None
    #: For the first step of a way by which nobody signs alone: the functions of which another
    #: person has to hold one.
    partners: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Trail:
    """One way: from the function in the enterprise to whoever holds the last one."""

    steps: tuple[Step, ...]

    @property
    def person(self) -> Insz | None:
        """The person at the end; None where the way ends at an enterprise."""
        return self.steps[-1].office.person

    @property
    def why_not(self) -> NoPower | None:
        """Why the way gives no power: the fault nearest to the person; None: it gives power.

        That the function does not fit the legal form is said only where all else is in order.
        """
        faults = [step.fault for step in reversed(self.steps) if step.fault is not None]
        others = [fault for fault in faults if fault is not NoPower.FUNCTION_NOT_IN_MATRIX]
        return next(iter(others or faults), None)

    @property
    def granted(self) -> bool:
        """Say whether the way gives power to sign, be it together with another."""
        return self.why_not is None

    @property
    def partners(self) -> frozenset[str]:
        """The functions together with which the way gives power; empty: alone, or not at all."""
        return self.steps[0].partners if self.granted else frozenset()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scene:
    """What ways are followed in."""

    legal_form: str
    offices: tuple[Office, ...]
    matrix: Matrix
    on: datetime.date


def trails_in(
    *, enterprise: EnterpriseNumber, scene: Scene, most: int
) -> tuple[tuple[Trail, ...], bool]:
    """Give the ways from an enterprise to its people, and whether there are more than `most`.

    `scene.offices` holds the offices of the enterprise and of those that hold offices in it, on
    and on. A function held by an enterprise is followed to its permanent representatives; one
    held by an enterprise that the way came through already is a loop, and ends it.
    """
    ways = _ways(enterprise, scene)
    found = tuple(Trail(steps=steps) for steps in itertools.islice(ways, most))
    return found, next(ways, None) is not None


def _ways(enterprise: EnterpriseNumber, scene: Scene) -> Iterator[tuple[Step, ...]]:
    for office in scene.offices:
        if office.enterprise == enterprise:
            yield from _onwards(_first_step(office, scene), (enterprise,), scene)


def _onwards(
    step: Step, through: tuple[EnterpriseNumber, ...], scene: Scene
) -> Iterator[tuple[Step, ...]]:
    """Give the ways that go on from a step; `through`: the enterprises before it, and its own."""
    holder = step.office.holder
    if holder is None:
        yield (step,)
    elif holder in through:
        yield (dataclasses.replace(step, fault=NoPower.CHAIN_HAS_LOOP),)
    else:
        links = _representatives(step.office, holder, scene) if len(through) < LONGEST_CHAIN else ()
        for link in links:
            for rest in _onwards(_step(link, scene), (*through, holder), scene):
                yield (step, *rest)
        if not links:
            yield (dataclasses.replace(step, fault=NoPower.NO_FUNCTION),)


def _representatives(office: Office, holder: EnterpriseNumber, scene: Scene) -> tuple[Office, ...]:
    """Give the functions by which an enterprise that holds an office is represented in it."""
    return tuple(
        link
        for link in scene.offices
        if link.enterprise == holder
        and link.function in scene.matrix.permanent_representative
        and link.represents_in in (None, office.enterprise)
    )


def _first_step(office: Office, scene: Scene) -> Step:
    """Judge the function in the enterprise itself: the only one that the matrix is asked about."""
    step = _step(office, scene)
    asked = {"legal_form": scene.legal_form, "function": office.function}
    if step.fault is not None or scene.matrix.admits(**asked):
        return step
    partners = scene.matrix.partners(**asked)
    fault = None if partners else NoPower.FUNCTION_NOT_IN_MATRIX
    return Step(office=office, fault=fault, partners=partners)


def _step(office: Office, scene: Scene) -> Step:
    if scene.on < office.validity.begins:
        return Step(office=office, fault=NoPower.FUNCTION_NOT_BEGUN)
    if scene.on not in office.validity:
        return Step(office=office, fault=NoPower.FUNCTION_ENDED)
    return Step(office=office)
