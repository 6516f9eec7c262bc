"""The scans that wait for a decision: the queue, taking one, giving it back (N1)."""

import contextlib
import dataclasses
import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from mahis.backoffice import waits
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import Conflict, NotFound
from mahis.queries import scan_queue
from mahis.queries.scan_queue import Queue, WaitingRow
from mahis.usecases import claim_scan
from mahis.web import asking, clock, house_rules, typed

#: Put behind the address of the queue where every scan is being decided by somebody.
_NOTHING_FREE = "?free=none"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One scan that waits, as the queue shows it."""

    scan: WaitingRow
    #: How long it has waited: `3 days`.
    waits: str


@officers
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show the scans that wait, the oldest first, and who is deciding which."""
    found, at = waiting(request), clock.now()
    context = {
        "total": found.total,
        "rows": [Row(scan=row, waits=waits.since(row.since, at=at)) for row in found.rows],
        "page": found.page,
        "pages": found.pages,
        "earlier": urlencode({"page": found.page - 1}),
        "later": urlencode({"page": found.page + 1}),
        "mine": scan_queue.mine(actor=asking.actor(request), at=at),
        "nothing_free": request.GET.get("free") == "none",
        "manages": asking.actor(request).manages,
    }
    return render(request, "backoffice/scans.html", context)


@acting_officers
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Claim the scan that one was deciding already, or the oldest that nobody decides."""
    actor = asking.actor(request)
    for reference in scan_queue.to_take(actor=actor, at=clock.now()):
        try:
            claim_now(request, reference)
        except (Conflict, NotFound):
            # Somebody was quicker by a moment.
            continue
        return _to_decide(reference)
    response = redirect("backoffice:scans")
    response["Location"] += _NOTHING_FREE if scan_queue.count(actor=actor) else ""
    return response


@acting_officers
@require_POST
def claim(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Claim one scan; where somebody else was quicker, its page says who."""
    with contextlib.suppress(Conflict):
        claim_now(request, reference)
    return _to_decide(reference)


@acting_officers
@require_POST
def release(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Give back a scan undecided, for the next officer."""
    claim_scan.release(actor=asking.actor(request), reference=reference)
    return redirect("backoffice:scans")


def _to_decide(reference: AuthorisationReference) -> HttpResponse:
    """Lead to a scan, past what stands above it on every page: all of it fits the screen then."""
    response = redirect("backoffice:scan", reference)
    response["Location"] += "#decide"
    return response


def waiting(request: HttpRequest) -> Queue:
    """Give the page of the scans that wait which a request asks for."""
    return scan_queue.waiting(
        actor=asking.actor(request),
        at=clock.now(),
        language=get_language() or "",
        page=typed.page(request.GET),
        page_size=house_rules.rows_a_page(),
    )


def claim_now(request: HttpRequest, reference: AuthorisationReference) -> datetime.datetime:
    """Claim a scan for who asks, or extend the claim; gives the moment at which it ends."""
    return claim_scan.claim(
        actor=asking.actor(request),
        reference=reference,
        limits=house_rules.limits(),
        at=clock.now(),
        on=clock.today(),
    )
