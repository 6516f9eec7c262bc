"""The pages of a scan as pictures, so that no officer opens a foreign file (N1)."""

import dataclasses

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.domain.documents import DocumentKind
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import Refused
from mahis.gateways.scans.refusals import PageUnknown
from mahis.queries import documents
from mahis.web import asking, explaining, house_documents

#: Pixels across: enough for a large screen, and for every stroke of a pen.
_WIDTH, _LARGE = 1240, 2480
_LARGE_WANTED = "large"
#: The picture alone; browsers lay it out by styles of their own, to make it larger and smaller.
_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pages:
    """The pages of a scan."""

    #: Number of the scan among the documents; 0 where there is none.
    document: int
    count: int
    #: Why they cannot be shown; empty where they can.
    trouble: str = ""

    @property
    def numbers(self) -> range:
        """The numbers of the pages."""
        return range(1, self.count + 1)


def of(request: HttpRequest, reference: AuthorisationReference) -> Pages:
    """Count the pages of the newest scan of an authorisation."""
    number = _newest(request, reference)
    if number is None:
        return Pages(document=0, count=0)
    try:
        count = house_documents.scans().page_count(pdf=_content(request, reference, number))
    except Refused as refusal:
        return Pages(document=number, count=0, trouble=explaining.text_of(refusal))
    return Pages(document=number, count=count)


@officers
@require_safe
def picture(request: HttpRequest, reference: AuthorisationReference, page: int) -> HttpResponse:
    """Draw one page of the newest scan; `?large` for every stroke of a pen."""
    number = _newest(request, reference)
    if number is None:
        raise PageUnknown
    drawn = house_documents.scans().page_picture(
        pdf=_content(request, reference, number),
        page=page,
        width=_LARGE if _LARGE_WANTED in request.GET else _WIDTH,
    )
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    return response


def _newest(request: HttpRequest, reference: AuthorisationReference) -> int | None:
    rows = documents.of(
        actor=asking.actor(request), reference=reference, language=get_language() or ""
    )
    found = [row.number for row in rows if row.kind is DocumentKind.SCAN]
    return max(found, default=None)


def _content(request: HttpRequest, reference: AuthorisationReference, number: int) -> bytes:
    found = documents.content(
        actor=asking.actor(request),
        reference=reference,
        number=number,
        files=house_documents.files(),
    )
    if found is None:
        raise PageUnknown
    return found.data
