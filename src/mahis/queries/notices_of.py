"""What an enterprise was told, when, through which channel, and whether it arrived (T1, T2)."""

import dataclasses
import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import EXPIRING_STATES, HOLDING_STATES, AuthorisationReference
from mahis.domain.notices import ABOUT_DELEGATIONS, Channel, Telling
from mahis.domain.parties import Actor, Language, Side
from mahis.gateways.files import Files
from mahis.gateways.notices import NoticeText, render
from mahis.queries import labels, notice_delivery
from mahis.queries.notice_delivery import NoticeDelivery
from mahis.store import loading, notice_facts
from mahis.store.models import Letter, Mandate, Notice, Validation
from mahis.store.notice_facts import Address
from mahis.store.shown_state import shows

#: Gives the language that a channel has for a recipient's.
Speaks = Callable[[Channel, Language], Language]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldRow:
    """One notice in a list."""

    notice: uuid.UUID
    at: datetime.datetime
    #: None for what is about a provider and not about any authorisation.
    reference: AuthorisationReference | None
    #: As which party the recipient was told.
    side: Side
    #: Whether it was told as a delegate, who is no party.
    to_delegate: bool
    recipient: EnterpriseNumber
    recipient_name: str
    telling: Telling
    #: In the language asked for; empty where it is not read, or cannot be read any more.
    subject: str
    #: Whether the recipient was asked to act, and whether that is still awaited.
    must_act: bool
    still_waits: bool
    delivery: NoticeDelivery


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldPage:
    """One page of what an enterprise was told, the newest first."""

    rows: tuple[ToldRow, ...]
    #: How many there are; one more than the limit where there are `too_many`.
    total: int
    #: Whether there are more than the limit, which are not shown.
    too_many: bool
    page: int
    pages: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ToldInFull:
    """One notice as it was told."""

    row: ToldRow
    #: None where somebody tampered with what it was written from.
    text: NoticeText | None
    #: The same in the language asked for; None where that is the language of the notice.
    translation: NoticeText | None


def told(
    *,
    actor: Actor,
    waiting: bool,
    page: int = 1,
    page_size: int = 25,
    limit: int = 1000,
    address: Address,
    on: datetime.date,
    language: str,
) -> ToldPage:
    """Give what the actor's enterprise was told in any capacity; `waiting`: what still waits.

    No more than `limit` + 1 notices are counted, and none beyond `limit` is shown, so that the
    work is bounded. A page that does not exist becomes the nearest that does.
    """
    found = Notice.objects.filter(recipient=actor.enterprise)
    if waiting:
        found = found.filter(_waits_for(actor.enterprise, on=on))
    total = found.values("pk")[: limit + 1].count()
    pages = max(1, -(-min(total, limit) // page_size))
    page = min(max(1, page), pages)
    window = list(_read(found)[(page - 1) * page_size : min(page * page_size, limit)])
    spoken = labels.language_of(language)
    subjects = _subjects(window, address=address, language=spoken)
    return ToldPage(
        rows=_rows(window, subjects, on=on, language=spoken),
        total=total,
        too_many=total > limit,
        page=page,
        pages=pages,
    )


def of_authorisation(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    on: datetime.date,
    language: str,
) -> tuple[ToldRow, ...]:
    """Give who was told what about an authorisation, the newest first; without the subjects.

    Officers see what both parties were told, a party what it was told itself.
    """
    found = _visible(actor).filter(
        authorisation=reference.number, authorisation__year=reference.year
    )
    return _rows(list(_read(found)), {}, on=on, language=labels.language_of(language))


def of_enterprise(
    *, actor: Actor, enterprise: EnterpriseNumber, most: int, on: datetime.date, language: str
) -> tuple[ToldRow, ...]:
    """Give what an enterprise was told last, without the subjects; officers see anybody's."""
    found = _visible(actor).filter(recipient=enterprise)
    return _rows(list(_read(found)[:most]), {}, on=on, language=labels.language_of(language))


def one(
    *,
    actor: Actor,
    notice: uuid.UUID,
    address: Address,
    speaks: Speaks,
    on: datetime.date,
    language: str,
) -> ToldInFull | None:
    """Give a notice as it was told; None where there is none, or not for this actor."""
    found = _read(_visible(actor).filter(pk=notice)).first()
    if found is None:
        return None
    spoken = labels.language_of(language)
    subjects = _subjects([found], address=address, language=spoken)
    (row,) = _rows([found], subjects, on=on, language=spoken)
    channel = row.delivery.channel
    as_told = speaks(channel, found.language)
    texts = {
        each: _text(found, channel, address=address, language=each) for each in {as_told, spoken}
    }
    return ToldInFull(
        row=row,
        text=texts[as_told],
        translation=None if spoken is as_told else texts[spoken],
    )


def letter(*, actor: Actor, notice: uuid.UUID, files: Files) -> bytes | None:
    """Give the letter about a notice as it was printed; None where there is none for this actor.

    Raises FileLost.
    """
    row = Letter.objects.filter(notice__in=_visible(actor).filter(pk=notice)).first()
    return None if row is None else files.read(row.document_id)


def _visible(actor: Actor) -> QuerySet[Notice]:
    """Give the notices for the eyes of an actor: those of their enterprise, all for officers."""
    everything = Notice.objects.all()
    return everything if actor.is_officer else everything.filter(recipient=actor.enterprise)


def _read(found: QuerySet[Notice]) -> QuerySet[Notice]:
    """Read notices, the newest first, with all that is shown of them."""
    return found.select_related("authorisation", "delivery", "unaddressed").order_by(
        "-created_at", "-delivery__number", "-pk"
    )


def _still_waits(on: datetime.date) -> Q:
    """Give the condition that what the recipient was asked to do is not done yet.

    Whoever was asked again is waited for by the newest notice only.
    """
    again = Notice.objects.filter(
        authorisation=OuterRef("authorisation"),
        side=OuterRef("side"),
        must_act=True,
        created_at__gt=OuterRef("created_at"),
    )
    signed = Validation.objects.filter(
        authorisation=OuterRef("authorisation"), side=OuterRef("side")
    )
    unfinished = Mandate.objects.filter(
        shows(EXPIRING_STATES, on=on), authorisation=OuterRef("authorisation")
    )
    received = Mandate.objects.filter(mandatary=OuterRef("recipient"), state__in=HOLDING_STATES)
    to_sign = Q(Exists(unfinished), ~Exists(signed), ~Exists(again), must_act=True)
    to_receive = Q(~Exists(received), authorisation=None, warns_of__gte=on)
    return to_sign | to_receive


def _waits_for(enterprise: EnterpriseNumber, *, on: datetime.date) -> Q:
    """Give the same for one recipient, found by the few mandates of its that are unfinished."""
    unfinished = Mandate.objects.filter(
        Q(mandator=enterprise) | Q(mandatary=enterprise), shows(EXPIRING_STATES, on=on)
    )
    may_wait = Q(authorisation=None) | Q(authorisation__in=unfinished.values("authorisation"))
    return may_wait & _still_waits(on)


def _subjects(
    notices: Sequence[Notice], *, address: Address, language: Language
) -> dict[uuid.UUID, str]:
    languages = {each.pk: language for each in notices}
    facts = notice_facts.of_notices(notices, languages=languages, address=address)
    return {
        pk: render(each, language=language, channel=Channel.EBOX).subject
        for pk, each in facts.items()
    }


def _rows(
    notices: Sequence[Notice],
    subjects: Mapping[uuid.UUID, str],
    *,
    on: datetime.date,
    language: Language,
) -> tuple[ToldRow, ...]:
    recipients = {each.pk: loading.number_of(each.recipient_id) for each in notices}
    names = loading.names_of(recipients.values(), language=language)
    deliveries = notice_delivery.of_rows(notices)
    waiting = set(
        Notice.objects.filter(_still_waits(on), pk__in=recipients).values_list("pk", flat=True)
    )
    return tuple(
        ToldRow(
            notice=each.pk,
            at=each.created_at,
            reference=None if each.authorisation is None else each.authorisation.reference,
            side=each.side,
            to_delegate=_is_to_delegate(each, recipients[each.pk]),
            recipient=recipients[each.pk],
            recipient_name=names[recipients[each.pk]],
            telling=each.telling,
            subject=subjects.get(each.pk, ""),
            must_act=each.must_act,
            still_waits=each.pk in waiting,
            delivery=deliveries[each],
        )
        for each in notices
    )


def _is_to_delegate(row: Notice, recipient: EnterpriseNumber) -> bool:
    if row.authorisation is None or row.telling not in ABOUT_DELEGATIONS:
        return False
    parties = (row.authorisation.mandator_id, row.authorisation.mandatary_id)
    return recipient not in map(loading.number_of, parties)


def _text(
    row: Notice, channel: Channel, *, address: Address, language: Language
) -> NoticeText | None:
    facts = notice_facts.of_notices([row], languages={row.pk: language}, address=address)
    if row.pk not in facts:
        return None
    return render(facts[row.pk], language=language, channel=channel)
