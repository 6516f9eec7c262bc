"""Failing on purpose: what goes wrong, how often, and in what way."""

import dataclasses
import enum
import random
from collections.abc import Collection


class Kind(enum.StrEnum):
    """What can be made to go wrong with a publication, or with a token."""

    #: Nothing is accepted, and no answer ever comes.
    TIMEOUT = "timeout"
    #: The message is accepted, and no answer ever comes.
    HANG = "hang"
    #: Nothing is accepted, and the answer is 500.
    ERROR_BEFORE = "error-before"
    #: The message is accepted, and the answer is 500.
    ERROR_AFTER = "error-after"
    #: The message is accepted, and the answer is 409, as if the key had come before.
    CONFLICT = "conflict"
    #: Nothing is accepted, and the answer is 429 with the time to wait.
    TOO_MANY = "too-many"
    #: Everything is as usual, only later.
    SLOW = "slow"
    #: Nothing is accepted, and the connection breaks.
    DROP = "drop"
    #: The message is accepted, and the connection breaks.
    DROP_AFTER = "drop-after"
    #: No token is given.
    TOKEN_REFUSED = "token-refused"  # noqa: S105 - the name of a failure


#: What strikes before anything of a message is read.
BEFORE = frozenset({Kind.TIMEOUT, Kind.ERROR_BEFORE, Kind.TOO_MANY, Kind.DROP})
#: What strikes once a message is accepted.
AFTER = frozenset({Kind.HANG, Kind.ERROR_AFTER, Kind.CONFLICT, Kind.DROP_AFTER})


@dataclasses.dataclass(kw_only=True)
class Plan:
    """One kind of failure that is to come."""

    kind: Kind
    #: How many requests it still strikes; None: for as long as the plan stands.
    left: int | None
    #: The share of requests that it strikes.
    share: float = 1.0
    milliseconds: int = 0
    #: Seconds to wait, as 429 tells them.
    retry_after: int = 1
    struck: int = 0


class Failures:
    """What is planned; forgotten when the process ends."""

    def __init__(self) -> None:
        self._plans: list[Plan] = []
        self._dice = random.Random()  # noqa: S311 - a game that tests must be able to repeat

    @property
    def plans(self) -> tuple[Plan, ...]:
        """What is planned still."""
        return tuple(self._plans)

    def add(self, plan: Plan, *, seed: int | None = None) -> None:
        """Plan a failure; a seed makes shares fall the same way each time."""
        if seed is not None:
            self._dice = random.Random(seed)  # noqa: S311
        self._plans.append(plan)

    def clear(self) -> None:
        """Plan nothing any more."""
        self._plans.clear()

    def draw(self, kinds: Collection[Kind]) -> Plan | None:
        """Give what strikes this request, of some kinds; None for nothing."""
        for plan in self._plans:
            if plan.kind in kinds and (plan.share >= 1 or self._dice.random() < plan.share):
                plan.struck += 1
                if plan.left is not None:
                    plan.left -= 1
                self._plans = [each for each in self._plans if each.left != 0]
                return plan
        return None
