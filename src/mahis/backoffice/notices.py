"""What parties were told, for officers and auditors: one notice in full, and its letter (T1)."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.web import notice_pages


@officers
@require_safe
def one(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Show one notice as it was told, and how it travels."""
    return notice_pages.notice(request, notice, template="backoffice/notice.html")


@officers
@require_safe
def letter(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Give the letter about a notice as it was printed."""
    return notice_pages.letter(request, notice)
