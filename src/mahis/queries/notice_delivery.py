"""How far each notice is on its way, as those who were told it and officers may know (T1, T2)."""

import dataclasses
import datetime
import enum
from collections.abc import Mapping, Sequence

from mahis.domain.deliveries import DeliveryState
from mahis.domain.notices import Channel
from mahis.queries import letter_batches
from mahis.queries.letter_batches import LetterStatus
from mahis.store.models import Delivery, Notice, UnaddressedNotice


class Progress(enum.Enum):
    """How far a notice is."""

    WAITING = "waiting"
    #: It was tried, and will be again.
    TRIED = "tried"
    #: It waits for an address by which the post finds the recipient.
    ADDRESS_MISSING = "addressMissing"
    IN_EBOX = "inEbox"
    #: Its letter is written and waits for the batch of a day.
    WRITTEN = "written"
    #: Its letter lies in the batch of a day.
    PACKED = "packed"
    #: The printer has its letter.
    HANDED = "handed"
    #: The post brought it before this service kept the letters themselves.
    POSTED = "posted"
    #: It was given up until the office looks into it.
    GIVEN_UP = "givenUp"


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeDelivery:
    """How one notice travels, and how far it is."""

    progress: Progress
    #: The channel that was used, or that will be.
    channel: Channel
    #: Whether the e-Box was meant first, and does not reach the recipient.
    post_instead: bool
    #: Failed tries in a row, and the last try; None where there was none yet.
    failures: int
    tried_at: datetime.datetime | None
    #: When it is tried next, while it waits.
    next_at: datetime.datetime | None
    #: When the office had it sent again.
    again_at: datetime.datetime | None
    delivered_at: datetime.datetime | None
    letter: LetterStatus | None
    #: Code of what went wrong at the last try; empty where nothing did.
    problem: str


def of_rows(rows: Sequence[Notice]) -> Mapping[Notice, NoticeDelivery]:
    """Give how far notices are; their deliveries and missing addresses are read with the rows."""
    letters = letter_batches.of_notices(row.pk for row in rows)
    return {row: _delivery(row, letters.get(row.pk)) for row in rows}


def _delivery(row: Notice, letter: LetterStatus | None) -> NoticeDelivery:
    found: Delivery | None = getattr(row, "delivery", None)
    unaddressed: UnaddressedNotice | None = getattr(row, "unaddressed", None)
    if found is None:
        # Written a moment ago by a process of the version before: the clock takes it up.
        return NoticeDelivery(
            progress=Progress.WAITING,
            channel=row.channel,
            post_instead=False,
            failures=0,
            tried_at=None,
            next_at=None,
            again_at=None,
            delivered_at=None,
            letter=letter,
            problem="",
        )
    return NoticeDelivery(
        progress=_progress(found, letter, is_unaddressed=unaddressed is not None),
        channel=found.channel,
        post_instead=bool(found.why_post) and found.channel is Channel.POST,
        failures=found.attempts,
        tried_at=found.tried_at,
        next_at=found.next_at if found.state is DeliveryState.WAITING else None,
        again_at=found.again_at,
        delivered_at=found.delivered_at,
        letter=letter,
        problem=found.problem,
    )


def _progress(delivery: Delivery, letter: LetterStatus | None, *, is_unaddressed: bool) -> Progress:
    match delivery.state:
        case DeliveryState.FAILED:
            return Progress.GIVEN_UP
        case DeliveryState.DELIVERED if delivery.channel is Channel.EBOX:
            return Progress.IN_EBOX
        case DeliveryState.DELIVERED:
            return _progress_of_letter(letter)
    if is_unaddressed and delivery.channel is Channel.POST:
        return Progress.ADDRESS_MISSING
    return Progress.TRIED if delivery.problem else Progress.WAITING


def _progress_of_letter(letter: LetterStatus | None) -> Progress:
    if letter is None:
        return Progress.POSTED
    if letter.handed_at is not None:
        return Progress.HANDED
    return Progress.WRITTEN if letter.packed_on is None else Progress.PACKED
