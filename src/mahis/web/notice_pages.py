"""Notices as both doors show them: of an authorisation, one in full, and its letter."""

import dataclasses
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import NotFound
from mahis.gateways import notices
from mahis.gateways.notices import NoticeText
from mahis.queries import notices_of
from mahis.queries.notices_of import ToldRow
from mahis.web import asking, clock, delivery_words, downloads, house_documents, house_notices
from mahis.web.delivery_words import DeliveryTag


class NoticeUnknown(NotFound):
    """There is no such notice, or not for this enterprise; both are told alike."""

    code = "noticeUnknown"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """One notice as lists show it."""

    row: ToldRow
    delivery: DeliveryTag

    @property
    def subject(self) -> str:
        """The subject without the reference, which lists show in a column of its own."""
        return self.row.subject.removesuffix(f" ({self.row.reference})")

    @classmethod
    def of(cls, row: ToldRow) -> "Told":
        """Put the delivery of a notice into words."""
        return cls(row=row, delivery=delivery_words.tag(row.delivery))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Paper:
    """A notice in words, as a page lays it out."""

    text: NoticeText
    html: SafeString

    @classmethod
    def of(cls, text: NoticeText | None) -> "Paper | None":
        """Lay out a notice, where there is one."""
        return None if text is None else cls(text=text, html=notices.as_html(text))


def told_about(request: HttpRequest, reference: AuthorisationReference) -> tuple[Told, ...]:
    """Give who was told what about an authorisation, as far as it is for whoever asks."""
    rows = notices_of.of_authorisation(
        actor=asking.actor(request),
        reference=reference,
        on=clock.today(),
        language=get_language() or "",
    )
    return tuple(map(Told.of, rows))


def notice(
    request: HttpRequest,
    wanted: uuid.UUID,
    *,
    template: str,
    more: Callable[[ToldRow], dict[str, object]] = lambda _row: {},
) -> HttpResponse:
    """Show one notice as it was told, with `more` that a door shows of it; raises NoticeUnknown."""
    found = notices_of.one(
        actor=asking.actor(request),
        notice=wanted,
        address=house_notices.address,
        speaks=house_notices.speaks,
        on=clock.today(),
        language=get_language() or "",
    )
    if found is None:
        raise NoticeUnknown
    row = found.row
    context = {
        "told": Told.of(row),
        "paper": Paper.of(found.text),
        "translated": Paper.of(found.translation),
        "events": delivery_words.events(written_at=row.at, delivery=row.delivery),
    }
    return render(request, template, context | more(row))


def letter(request: HttpRequest, wanted: uuid.UUID) -> HttpResponse:
    """Give the letter about a notice as it was printed; raises NoticeUnknown and FileLost."""
    found = notices_of.letter(
        actor=asking.actor(request), notice=wanted, files=house_documents.files()
    )
    if found is None:
        raise NoticeUnknown
    return downloads.attachment(
        data=found, name=f"mahis-letter-{wanted}.pdf", media_type="application/pdf"
    )
