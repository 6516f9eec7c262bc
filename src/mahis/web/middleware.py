"""Answers a refusal that no view answered itself: with its page and its status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mahis.domain.refusals import Refused
from mahis.web import errors


class RefusalMiddleware:
    """Turns every Refused that leaves a view into the page that explains it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Give the page of a refusal; anything else is an error and stays one."""
        return errors.refused(request, error) if isinstance(error, Refused) else None
