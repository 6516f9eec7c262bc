"""Letters by post: the batches for the printer, and the enterprises without an address (T3)."""

import dataclasses
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.letters import AddressProblem, BatchState
from mahis.domain.refusals import Refused
from mahis.gateways.files import FileLost
from mahis.queries import letter_batches
from mahis.queries.letter_batches import BatchRow, UnaddressedRow
from mahis.usecases.find_addresses import find_addresses
from mahis.web import (
    asking,
    clock,
    downloads,
    house_documents,
    house_post,
    post_refusal_texts,
    refusals,
)

#: What the screen calls a state, the look of its tag and its icon.
_STATES: dict[BatchState, tuple[Promise, str, str]] = {
    BatchState.OPEN: (_("Being packed"), "waiting", "hourglass"),
    BatchState.PACKED: (_("Packed, not handed over yet"), "open", "clock"),
    BatchState.HANDED: (_("With the printer"), "good", "check"),
}
_PROBLEMS: dict[AddressProblem, Promise] = {
    AddressProblem.MISSING: _("The register has no address."),
    AddressProblem.INCOMPLETE: _("The address in the register has no street or no town."),
    AddressProblem.STRUCK_OFF: _(
        "The register has struck the address off: the enterprise was not found there."
    ),
}
#: What can be wrong with a batch, by the code that is recorded with it.
_KINDS: tuple[type[Refused], ...] = (*post_refusal_texts.TEXTS, FileLost)
_REFUSALS = {kind.code: kind for kind in _KINDS}
_MOST_DIGITS = 6


@dataclasses.dataclass(frozen=True, kw_only=True)
class Batch:
    """One batch as the screen shows it."""

    row: BatchRow
    state: Promise
    look: str
    icon: str
    #: What is in the way; empty where nothing is.
    problem: str

    @property
    def is_packed(self) -> bool:
        """Whether there is a package to be downloaded."""
        return self.row.state is not BatchState.OPEN


@dataclasses.dataclass(frozen=True, kw_only=True)
class Unaddressed:
    """One enterprise without an address as the screen shows it."""

    row: UnaddressedRow
    problem: Promise


@officers
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Show the last batches, what waits for the next, and who cannot be written to."""
    actor = asking.actor(request)
    without = letter_batches.letters_without_address(actor=actor, language=get_language() or "")
    context = {
        "batches": [_batch(row) for row in letter_batches.batches(actor=actor)],
        "most": letter_batches.MOST_BATCHES,
        "waiting": letter_batches.waiting(actor=actor),
        "unaddressed": [Unaddressed(row=row, problem=_PROBLEMS[row.problem]) for row in without],
        "unaddressed_total": letter_batches.count_without_address(actor=actor),
        "no_printer": house_post.post().target is None,
        "again": _count(request.GET.get("again", "")),
        "manages": actor.manages,
    }
    return render(request, "backoffice/letters.html", context)


@acting_officers
@require_POST
def look_again(_request: HttpRequest) -> HttpResponse:
    """Look again for the addresses that letters wait for."""
    found = find_addresses(at=clock.now())
    response = redirect("backoffice:letters")
    response["Location"] += f"?{urlencode({'again': found})}"
    return response


@officers
@require_safe
def manifest(request: HttpRequest, number: int) -> HttpResponse:
    """Give the list of a batch as CSV; raises BatchUnknown, PackageNotMade and FileLost."""
    data = letter_batches.manifest(
        actor=asking.actor(request), number=number, files=house_documents.files()
    )
    return downloads.attachment(
        data=data, name=f"mahis-letters-{number:06d}.csv", media_type="text/csv; charset=utf-8"
    )


@officers
@require_safe
def package(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give the package of a batch; raises BatchUnknown, PackageNotMade and FileLost."""
    found = letter_batches.package(
        actor=asking.actor(request), number=number, files=house_documents.files()
    )
    return downloads.large_attachment(
        opened=found.opened, size=found.size, name=found.name, media_type="application/zip"
    )


def _batch(row: BatchRow) -> Batch:
    state, look, icon = _STATES[row.state]
    return Batch(row=row, state=state, look=look, icon=icon, problem=_explained(row.problem))


def _explained(code: str) -> str:
    """Say what is in the way of a batch; a code of another version says itself."""
    kind = _REFUSALS.get(code)
    return refusals.explain(kind()) if kind else code


def _count(text: str) -> int | None:
    """Read how many notices are tried again, as the page that is led to has it in its address."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None
