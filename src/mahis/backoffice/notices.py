"""What parties were told, for officers and auditors: one notice in full, and its letter (T1)."""

import dataclasses
import datetime
import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mahis.backoffice import problem_words
from mahis.backoffice.opening import officers
from mahis.queries.notice_delivery import NoticeDelivery, Progress
from mahis.web import asking, notice_pages


@dataclasses.dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why a notice was not delivered at the last try."""

    why: str
    #: As the log names it.
    code: str
    #: Failed tries in a row.
    tries: int
    #: When it is tried next; None where it is not.
    next_at: datetime.datetime | None
    is_given_up: bool


@officers
@require_safe
def one(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Show one notice as it was told, how it travels, and why it did not arrive."""
    manages = asking.actor(request).manages
    return notice_pages.notice(
        request,
        notice,
        template="backoffice/notice.html",
        more=lambda row: {"trouble": _trouble(row.delivery), "manages": manages},
    )


def _trouble(delivery: NoticeDelivery) -> Trouble | None:
    if not delivery.problem:
        return None
    return Trouble(
        why=problem_words.of_delivery(delivery.problem),
        code=delivery.problem,
        tries=delivery.failures,
        next_at=delivery.next_at,
        is_given_up=delivery.progress is Progress.GIVEN_UP,
    )


@officers
@require_safe
def letter(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Give the letter about a notice as it was printed."""
    return notice_pages.letter(request, notice)
