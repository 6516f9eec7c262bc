"""Doing an act from a page: to what it brought about, or back to the page with the refusal."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import NotFound, Refused
from mahis.usecases.meanwhile import StalePage
from mahis.web import asking, done, doors, errors

#: Stands for a count of acts that is none: no page of ours was made from it.
_NO_VERSION = -1
_LONGEST_VERSION = 9


def version_in(request: HttpRequest) -> int:
    """Give the count of acts that the page was made from; a tampered one fits no authorisation."""
    text = request.POST.get("version") or request.GET.get("version") or ""
    is_count = text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION
    return int(text) if is_count else _NO_VERSION


def answer(
    request: HttpRequest,
    *,
    act: Act,
    reference: AuthorisationReference,
    do: Callable[[], object],
    page: Callable[[Refused], HttpResponse],
    is_as_wanted: Callable[[], bool] = lambda: True,
) -> HttpResponse:
    """Do an act and lead to the authorisation; a refusal is shown by `page`.

    A second click finds the act done: it leads where the first did, provided that all stands as
    was wanted. Raises NotFound where there is no such authorisation for the person.
    """
    try:
        do()
    except NotFound:
        raise
    except StalePage as stale:
        if not (_was_done_by_us(request, stale, act) and is_as_wanted()):
            return stale_page(request, stale, reference=reference)
    except Refused as refusal:
        return page(refusal)
    else:
        done.remember(request, act=act, reference=reference)
    return redirect(doors.screen(request, "authorisation", reference))


def stale_page(
    request: HttpRequest, stale: StalePage, *, reference: AuthorisationReference
) -> HttpResponse:
    """Say what happened since the page was made and by which party, and lead to it."""
    look_at = doors.screen(request, "authorisation", reference)
    return errors.stale(request, stale, look_at=look_at)


def _was_done_by_us(request: HttpRequest, stale: StalePage, act: Act) -> bool:
    """Say whether all that happened is this very act by this very side: a second click."""
    happened = stale.found["happened"]
    assert isinstance(happened, tuple)
    sides = [(each.act, each.side) for each in happened]
    return sides == [(act, asking.actor(request).side)]
