"""How far a notice is on its way, in words: in short for lists, and as what happened with it."""

import dataclasses
import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mahis.domain.notices import Channel
from mahis.queries.notice_delivery import NoticeDelivery, Progress
from mahis.web import showing

#: In short, with the day where there is one.
_SHORT: dict[Progress, Promise] = {
    Progress.WAITING: gettext_lazy("Waits to be sent"),
    Progress.TRIED: gettext_lazy("Not delivered yet, will be tried again"),
    Progress.ADDRESS_MISSING: gettext_lazy("No letter possible without an address"),
    Progress.IN_EBOX: gettext_lazy("Delivered to the e-Box on %(day)s"),
    Progress.WRITTEN: gettext_lazy("Letter written, waits for the batch of the day"),
    Progress.PACKED: gettext_lazy("Letter in the batch of %(day)s"),
    Progress.HANDED: gettext_lazy("Letter handed to the printer on %(day)s"),
    Progress.POSTED: gettext_lazy("Sent by post on %(day)s"),
    Progress.GIVEN_UP: gettext_lazy("Could not be delivered: the NSSO looks into it"),
}
_GOOD = frozenset({Progress.IN_EBOX, Progress.HANDED, Progress.POSTED})
_BAD = frozenset({Progress.GIVEN_UP, Progress.ADDRESS_MISSING})
#: What is said without naming the channel.
_WITHOUT_CHANNEL = frozenset({Progress.WAITING, Progress.TRIED, Progress.GIVEN_UP})
#: What comes next, where something does.
_NEXT: dict[Progress, Promise] = {
    Progress.WAITING: gettext_lazy("It waits to be sent."),
    Progress.TRIED: gettext_lazy("It is not delivered yet and will be tried again."),
    Progress.ADDRESS_MISSING: gettext_lazy(
        "No letter can go, because the register has no address that the post would find. The NSSO"
        " looks into it, and the letter is written as soon as there is an address."
    ),
    Progress.WRITTEN: gettext_lazy("The letter waits for the batch of the day."),
    Progress.PACKED: gettext_lazy("The batch waits to be handed to the printer."),
    Progress.GIVEN_UP: gettext_lazy(
        "It could not be delivered. The NSSO looks into it and has it sent again."
    ),
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class DeliveryTag:
    """How far a notice is, as a tag: words, colour and shape."""

    text: str
    tone: str
    icon: str
    #: Where the words do not name it.
    channel: Channel | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class DeliveryEvent:
    """Something that happened with a notice, or that comes next."""

    text: str
    #: The moment or the day; None for what comes next.
    at: datetime.datetime | datetime.date | None
    #: End of the name of its class in the style sheet: `done`, `next` or `bad`.
    tone: str

    @property
    def when(self) -> str:
        """Write when it was."""
        return showing.value(self.at)


def tag(delivery: NoticeDelivery) -> DeliveryTag:
    """Say in short how far a notice is."""
    progress = delivery.progress
    day = _day_of(delivery)
    text = str(_SHORT[progress]) % {"day": "" if day is None else showing.day(day)}
    channel = delivery.channel if progress in _WITHOUT_CHANNEL else None
    if progress in _GOOD:
        return DeliveryTag(text=text, tone="good", icon="check")
    if progress in _BAD:
        return DeliveryTag(text=text, tone="bad", icon="warning", channel=channel)
    return DeliveryTag(text=text, tone="waiting", icon="clock", channel=channel)


def events(*, written_at: datetime.datetime, delivery: NoticeDelivery) -> list[DeliveryEvent]:
    """Say what happened with a notice, the first first, and what comes next."""
    said = [_done(_("The notice was written."), written_at)]
    if delivery.failures and delivery.tried_at is not None:
        said.append(_bad(_("The last try to deliver it failed."), delivery.tried_at))
    if delivery.post_instead:
        said.append(
            DeliveryEvent(
                text=_("The e-Box does not reach the enterprise, so the post brings it."),
                at=None,
                tone="done",
            )
        )
    if delivery.again_at is not None:
        said.append(_done(_("The NSSO had it sent again."), delivery.again_at))
    said += _arrivals(delivery)
    if delivery.progress in _NEXT:
        tone = "bad" if delivery.progress in _BAD else "next"
        said.append(DeliveryEvent(text=str(_NEXT[delivery.progress]), at=None, tone=tone))
    return said


def _arrivals(delivery: NoticeDelivery) -> list[DeliveryEvent]:
    """Say how a notice arrived, as far as it did."""
    letter = delivery.letter
    if delivery.progress is Progress.IN_EBOX:
        return [_done(_("It was delivered to the e-Box."), delivery.delivered_at)]
    if delivery.progress is Progress.POSTED:
        return [_done(_("It was sent by post."), delivery.delivered_at)]
    if letter is None:
        return []
    said = [_done(_("The letter was written."), letter.written_at)]
    if letter.packed_on is not None:
        said.append(_done(_("The letter was put in the batch of the day."), letter.packed_on))
    if letter.handed_at is not None:
        said.append(_done(_("The batch was handed to the printer."), letter.handed_at))
    return said


def _day_of(delivery: NoticeDelivery) -> datetime.date | None:
    letter = delivery.letter
    if delivery.progress is Progress.PACKED and letter is not None:
        return letter.packed_on
    if delivery.progress is Progress.HANDED and letter is not None:
        at = letter.handed_at
    else:
        at = delivery.delivered_at
    return None if at is None else timezone.localtime(at).date()


def _done(text: str, at: datetime.datetime | datetime.date | None) -> DeliveryEvent:
    return DeliveryEvent(text=text, at=at, tone="done")


def _bad(text: str, at: datetime.datetime) -> DeliveryEvent:
    return DeliveryEvent(text=text, at=at, tone="bad")
