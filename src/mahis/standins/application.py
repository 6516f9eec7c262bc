"""A stand-in as a WSGI application: one place where hostile input ends."""

import abc
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_LOG = logging.getLogger(__name__)


class Application(abc.ABC):
    """Answers requests for one stand-in."""

    #: What the libraries raise for input that nobody sends by accident.
    hostile: ClassVar[tuple[type[Exception], ...]] = (
        BadRequest,
        SuspiciousOperation,
        MultiPartParserError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    )

    @abc.abstractmethod
    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer one request; whatever of `hostile` is raised ends in `refuse`."""

    @abc.abstractmethod
    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Say that a request cannot be understood."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        request = WSGIRequest(environ)
        try:
            response = self.answer(request)
        except self.hostile as error:
            _LOG.info("refused a request for %s (%s)", request.path, type(error).__name__)
            response = self.refuse(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response["X-Content-Type-Options"] = "nosniff"
        response["Referrer-Policy"] = "no-referrer"
        headers = list(response.items())
        headers += [("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        return [] if request.method == "HEAD" else [response.content]
