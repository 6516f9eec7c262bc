"""Delivering notices: what can come of a try, how long to wait after it, when to give up (T2)."""

import dataclasses
import datetime
import enum

from mahis.domain.notices import Channel

#: How much longer each wait may be than the one before.
_FACTOR = 4
#: So many failures in a row make the longest wait of any patience; more change nothing.
_STEPS = 32


class DeliveryState(enum.Enum):
    """How far a notice is."""

    WAITING = "waiting"
    #: It lies in the e-Box, or its letter is written.
    DELIVERED = "delivered"
    #: Given up until an operator sends it again.
    FAILED = "failed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a notice is tried for."""

    #: Tries that the other side took notice of, after which it is given up.
    tries: int = 12
    #: Bound of the first wait.
    first: datetime.timedelta = datetime.timedelta(seconds=5)
    #: Bound of every wait.
    longest: datetime.timedelta = datetime.timedelta(hours=6)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Delivered:
    """The notice reached its recipient, now or at an earlier try."""

    #: Its name on the other side; empty where that has none.
    receipt: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class TryAgain:
    """The notice is not known to have arrived."""

    #: A code, without anything about anybody.
    problem: str
    #: What an operator can look up: a status, a kind of error.
    detail: str = ""
    #: How long the other side wants us to wait.
    at_least: datetime.timedelta = datetime.timedelta()
    #: Whether the notice itself may be the reason: False where nothing at all gets through.
    counts: bool = True


@dataclasses.dataclass(frozen=True, kw_only=True)
class Refused:
    """The other side will never take this notice as it is."""

    problem: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ByPost:
    """The e-Box does not reach the recipient: the post shall."""

    #: A code that says why.
    why: str
    #: Name of the message in the e-Box, where it lies there unread.
    receipt: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class NotTried:
    """It was not this notice's turn any more; nothing of it changes."""


Outcome = Delivered | TryAgain | Refused | ByPost | NotTried


@dataclasses.dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a delivery stands after a try."""

    state: DeliveryState
    #: The channel to use next, or that was used.
    channel: Channel
    #: Failed tries in a row.
    attempts: int
    #: How long to wait before the next try.
    wait: datetime.timedelta = datetime.timedelta()
    problem: str = ""
    detail: str = ""


def backoff(*, attempts: int, dice: float, patience: Patience | None = None) -> datetime.timedelta:
    """Give how long to wait after some failures in a row: anything up to a bound that grows.

    `dice` falls evenly between 0 and 1, so that those who failed together do not come back
    together (full jitter).
    """
    chosen = patience or Patience()
    steps = min(max(attempts, 1), _STEPS) - 1
    bound = min(chosen.first.total_seconds() * _FACTOR**steps, chosen.longest.total_seconds())
    return datetime.timedelta(seconds=bound * dice)


def standing_after(
    outcome: Delivered | TryAgain | Refused | ByPost,
    *,
    channel: Channel,
    attempts: int,
    dice: float,
    patience: Patience,
) -> Standing:
    """Say where a delivery stands after a try, and after some failures in a row before it.

    What was refused for good fails at once; so does what was tried too often. A try that says
    nothing about the notice does not count, so that no outage, however long, makes notices fail.
    """
    match outcome:
        case Delivered():
            return Standing(state=DeliveryState.DELIVERED, channel=channel, attempts=attempts)
        case ByPost():
            return Standing(state=DeliveryState.WAITING, channel=Channel.POST, attempts=0)
        case Refused(problem=problem, detail=detail):
            return Standing(
                state=DeliveryState.FAILED,
                channel=channel,
                attempts=attempts + 1,
                problem=problem,
                detail=detail,
            )
    failures = attempts + outcome.counts
    wait = backoff(attempts=attempts + 1, dice=dice, patience=patience)
    given_up = failures >= patience.tries
    return Standing(
        state=DeliveryState.FAILED if given_up else DeliveryState.WAITING,
        channel=channel,
        attempts=failures,
        wait=min(max(wait, outcome.at_least), max(patience.longest, patience.first)),
        problem=outcome.problem,
        detail=outcome.detail,
    )
