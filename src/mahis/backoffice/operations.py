"""How the clock and the deliveries are, and sending again what was given up (T2)."""

import dataclasses
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from mahis.backoffice import job_words, problem_words, waits
from mahis.backoffice.job_words import JobWords, StandingWords
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.jobs import JobStanding
from mahis.domain.notices import Channel
from mahis.queries import operations as query
from mahis.queries.operations import GivenUp, JobRow, Reason
from mahis.usecases import send_notices
from mahis.web import asking, clock

_MOST_DIGITS = 18
_NONE_CHOSEN = "none"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Job:
    """One job as the screen shows it."""

    row: JobRow
    words: JobWords
    standing: StandingWords
    #: What it did last, and what is in its way.
    result: str
    problem: str

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.row.standing is JobStanding.RUNNING


@dataclasses.dataclass(frozen=True, kw_only=True)
class Failed:
    """One delivery that was given up, as the screen shows it."""

    row: GivenUp
    problem: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Why:
    """Why some deliveries were given up, as the screen shows it."""

    row: Reason
    problem: str


@officers
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Show how far notices are, what was given up, and what each job did."""
    actor, at = asking.actor(request), clock.now()
    jobs = _jobs(query.jobs(actor=actor, at=at))
    deliveries = query.deliveries(actor=actor, at=at)
    shown = query.given_up(actor=actor, language=get_language() or "")
    context = {
        "jobs": jobs,
        "late": [job for job in jobs if job.row.standing is JobStanding.LATE],
        "deliveries": deliveries,
        "oldest": waits.since(deliveries.oldest, at=at) if deliveries.oldest else "",
        "reasons": [
            Why(row=row, problem=problem_words.of_delivery(row.problem))
            for row in query.reasons(actor=actor)
        ],
        "given_up": [
            Failed(row=row, problem=problem_words.of_delivery(row.problem)) for row in shown
        ],
        "again": _count(request.GET.get("again", "")),
        "none_chosen": request.GET.get("again") == _NONE_CHOSEN,
        "manages": actor.manages,
    }
    return render(request, "backoffice/operations.html", context)


@acting_officers
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Have chosen deliveries sent again, by post where that was asked for, or all of a reason."""
    actor, at = asking.actor(request), clock.now()
    problem, numbers = request.POST.get("problem"), _numbers(request.POST)
    if problem:
        known = {reason.problem for reason in query.reasons(actor=actor)}
        count = 0
        if problem in known:
            count = send_notices.send_all_again(actor=actor, problem=problem, at=at)
    elif numbers:
        by = Channel.POST if request.POST.get("by") == Channel.POST.value else None
        count = send_notices.send_again(actor=actor, numbers=numbers, at=at, by=by)
    else:
        return _back(again=_NONE_CHOSEN)
    return _back(again=str(count))


def _back(*, again: str) -> HttpResponse:
    response = redirect("backoffice:operations")
    response["Location"] += f"?{urlencode({'again': again})}"
    return response


def _jobs(rows: tuple[JobRow, ...]) -> list[Job]:
    """Give the jobs in the order of the words, those that need somebody first."""
    order = {name: place for place, name in enumerate(job_words.JOBS)}
    needy = {JobStanding.LATE: 0, JobStanding.FAILED: 1}
    return [
        Job(
            row=row,
            words=job_words.of(row.name),
            standing=job_words.STANDINGS[row.standing],
            result=job_words.result(row.result) if row.succeeded_at else "",
            problem=problem_words.of_job(row.problem),
        )
        for row in sorted(
            rows,
            key=lambda each: (needy.get(each.standing, 2), order.get(each.name, len(order))),
        )
    ]


def _numbers(posted: QueryDict) -> list[int]:
    """Read which deliveries were chosen; what is no number was not chosen by anybody."""
    chosen = posted.getlist("number")[: query.MOST_GIVEN_UP]
    return [
        int(text)
        for text in chosen
        if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    ]


def _count(text: str) -> int | None:
    """Read how many are sent again, as the page that is led to has it in its address."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None
