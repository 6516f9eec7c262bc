"""Answers what no view answered itself: a refusal, or a method that an address does not take."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from mahis.domain.refusals import Refused
from mahis.web import errors


class RefusalMiddleware:
    """Turns every Refused that leaves a view, and every wrong method, into a page that explains."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return errors.not_allowed(request, allowed=response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Give the page of a refusal; anything else is an error and stays one."""
        return errors.refused(request, error) if isinstance(error, Refused) else None
