"""Numbers by which machines watch the queue and the clock, in the text format of Prometheus."""

import datetime
import hmac
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mahis.queries import operations
from mahis.queries.operations import Deliveries, JobRow
from mahis.web import access, clock

_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SCHEME = "Bearer "
#: Labels and value of one measurement.
_Sample = tuple[str, float]


@access.open_to_everyone
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers to whoever has the token; without a token set, there is no such page.

    They are about no person and no enterprise.
    """
    token = str(settings.METRICS_TOKEN)
    if not token:
        raise Http404
    if not hmac.compare_digest(_given(request).encode(), token.encode()):
        answer = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        answer["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return answer
    try:
        lines = _lines(clock.now())
    except DatabaseError:
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse("\n".join(lines) + "\n", content_type=_CONTENT_TYPE)


def _lines(at: datetime.datetime) -> list[str]:
    return [
        *_of_deliveries(operations.count_deliveries(at=at), at),
        *_of_jobs(operations.job_rows(at=at)),
    ]


def _given(request: HttpRequest) -> str:
    """Give the token that came with a request; empty where none did."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(_SCHEME) if header.startswith(_SCHEME) else ""


def _of_deliveries(counted: Deliveries, at: datetime.datetime) -> Iterator[str]:
    yield from _gauge(
        "mahis_deliveries",
        "Notices by how far they are on their way.",
        [
            ('{state="waiting"}', counted.waiting - counted.tried),
            ('{state="tried"}', counted.tried),
            ('{state="unaddressed"}', counted.unaddressed),
            ('{state="given_up"}', counted.given_up),
        ],
    )
    oldest = (at - counted.oldest).total_seconds() if counted.oldest else 0.0
    yield from _gauge(
        "mahis_deliveries_oldest_waiting_seconds",
        "How long the notice has waited that waits longest.",
        [("", max(oldest, 0.0))],
    )
    yield from _gauge(
        "mahis_deliveries_delivered_last_day",
        "Notices delivered in the last 24 hours.",
        [("", counted.delivered)],
    )


def _of_jobs(rows: tuple[JobRow, ...]) -> Iterator[str]:
    """Tell when each job is due and last succeeded; names of jobs are ours, and need no escape."""
    yield from _gauge(
        "mahis_job_last_success_timestamp_seconds",
        "When the job last did all that it should.",
        [(_of(row), row.succeeded_at.timestamp()) for row in rows if row.succeeded_at],
    )
    yield from _gauge(
        "mahis_job_next_run_timestamp_seconds",
        "When the job is due.",
        [(_of(row), row.next_at.timestamp()) for row in rows],
    )
    yield from _gauge(
        "mahis_job_failures",
        "How often in a row the job has failed.",
        [(_of(row), row.failures) for row in rows],
    )


def _of(row: JobRow) -> str:
    return f'{{job="{row.name}"}}'


def _gauge(name: str, help_: str, samples: Iterable[_Sample]) -> Iterator[str]:
    yield f"# HELP {name} {help_}"
    yield f"# TYPE {name} gauge"
    for labels, value in samples:
        yield f"{name}{labels} {value:.15g}"


metrics_urlpatterns = [path("metrics", metrics, name="metrics")]
