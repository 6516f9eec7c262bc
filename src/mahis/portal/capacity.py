"""Choosing in which capacity to act; it can be changed at any time (A2)."""

import dataclasses

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from mahis.domain.parties import Capacity
from mahis.queries import capacities, waiting
from mahis.queries.capacities import OfferedCapacity
from mahis.web import access, clock, doors
from mahis.web.session import WebSession

_SEPARATOR = "-"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """One capacity as a button."""

    offered: OfferedCapacity
    #: What the button sends.
    code: str
    is_current: bool
    #: How many mandates wait in it for a signature.
    waiting: int


@access.for_person
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Offer the capacities of a person, or take one; the only one is taken at once."""
    session = WebSession(request)
    assert session.person is not None
    offered = capacities.offered(
        person=session.person.insz, on=clock.today(), language=get_language() or ""
    )
    known = {_code(each.capacity): each.capacity for each in offered}
    wanted = request.POST.get("capacity", "")
    if request.method == "POST" and wanted in known:
        return _take(request, known[wanted])
    if request.method == "GET" and len(offered) == 1:
        return _take(request, offered[0].capacity)
    waits = waiting.counts(person=session.person.insz, capacities=known.values(), on=clock.today())
    choices = [
        Choice(
            offered=each,
            code=code,
            is_current=each.capacity == session.capacity,
            waiting=waits.get(each.capacity, 0),
        )
        for code, each in zip(known, offered, strict=True)
    ]
    context = {
        "choices": choices,
        "next": _path(request),
        # Not offered (any more), or never: somebody changed the page, or the registry did.
        "gone": request.method == "POST",
    }
    status = 200 if request.method == "GET" else 409
    return render(request, "portal/choose_capacity.html", context, status=status)


def _take(request: HttpRequest, capacity: Capacity) -> HttpResponse:
    """Act in a capacity from now on, and go where the person wanted to go."""
    session = WebSession(request)
    # A page of the capacity before may mean nothing in the new one.
    back_to = _path(request) if session.capacity in {None, capacity} else ""
    session.choose_capacity(capacity)
    return HttpResponseRedirect(back_to or doors.home_of(capacity))


def _path(request: HttpRequest) -> str:
    """Give the page that was asked for before the choice; only one of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_own else ""


def _code(capacity: Capacity) -> str:
    parts = (capacity.enterprise.digits, capacity.quality.value, capacity.role.value)
    return _SEPARATOR.join(parts)
