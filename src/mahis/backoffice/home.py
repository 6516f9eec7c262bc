"""The officers' first page: find a mandate by its reference, and all mandates by status (N2)."""

import dataclasses
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mahis.backoffice import scans, waits
from mahis.backoffice.finding import FindForm
from mahis.backoffice.opening import officers
from mahis.domain.mandate import State
from mahis.queries import states_of_all
from mahis.web import asking, clock


@dataclasses.dataclass(frozen=True, kw_only=True)
class Counted:
    """The mandates of the whole register in one state."""

    state: State
    count: int

    @property
    def address(self) -> str:
        """The search that shows them; empty where there are none."""
        if not self.count:
            return ""
        return f"{reverse('backoffice:search')}?{urlencode({'states': self.state.value})}"


@officers
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the box for a reference and the numbers of mandates."""
    counts = states_of_all.counts(actor=asking.actor(request), on=clock.today())
    queued = scans.waiting(request)
    context = {
        "form": FindForm({}),
        "counts": tuple(Counted(state=state, count=count) for state, count in counts.items()),
        "total": sum(counts.values()),
        "scans": queued.total,
        "oldest": waits.since(queued.rows[0].since, at=clock.now()) if queued.rows else "",
        "manages": asking.actor(request).manages,
    }
    return render(request, "backoffice/home.html", context)
