"""The provider as a WSGI application: its addresses."""

from typing import TYPE_CHECKING, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from joserfc.errors import JoseError

from mahis.standins import application
from mahis.standins.openid import authorize, claims, leave, metadata, pages
from mahis.standins.openid.protocol import ProtocolRequest, ProtocolServer
from mahis.standins.openid.provider import Provider
from mahis.standins.pages import PAGE_MISSING, style_sheet

if TYPE_CHECKING:
    from collections.abc import Callable


class Application(application.Application):
    """Answers requests for one provider."""

    hostile: ClassVar[tuple[type[Exception], ...]] = (*application.Application.hostile, JoseError)

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.server = ProtocolServer(provider)
        self._pages: dict[str, tuple[str, Callable[[HttpRequest], HttpResponse]]] = {
            "/.well-known/openid-configuration": ("GET", self._describe),
            "/jwks": ("GET", self._show_keys),
            "/authorize": ("GET POST", self._begin),
            "/token": ("POST", self._exchange),
            "/userinfo": ("GET POST", self._tell),
            "/logout": ("GET POST", self._leave),
            "/practice.css": ("GET", lambda _: style_sheet()),
        }

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        method = "GET" if request.method == "HEAD" else request.method or ""
        if request.path.startswith("/login/") and method in {"GET", "POST"}:
            login_id = request.path.removeprefix("/login/")
            return authorize.choose(request, login_id, provider=self.provider, server=self.server)
        methods, page = self._pages.get(request.path, ("", None))
        if page is None or method not in methods.split():
            return pages.problem_page(request, PAGE_MISSING, status=405 if page else 404)
        return page(request)

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Say that a request cannot be understood."""
        return pages.problem_page(request, pages.REQUEST_WRONG)

    def _describe(self, _: HttpRequest) -> HttpResponse:
        return JsonResponse(metadata.describe(self.provider))

    def _show_keys(self, _: HttpRequest) -> HttpResponse:
        return JsonResponse(dict(self.provider.keys.public))

    def _begin(self, request: HttpRequest) -> HttpResponse:
        return authorize.begin(request, provider=self.provider, server=self.server)

    def _leave(self, request: HttpRequest) -> HttpResponse:
        return leave.leave(request, provider=self.provider, server=self.server)

    def _exchange(self, request: HttpRequest) -> HttpResponse:
        question = ProtocolRequest("POST", request.POST, headers=request.headers)
        return self.server.exchange(question)

    def _tell(self, request: HttpRequest) -> HttpResponse:
        """Answer who an access token speaks of, signed where the service wants it so."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        token = self.provider.tokens.get(secret) if scheme.lower() == "bearer" else None
        if token is None:
            return JsonResponse(
                {"error": "invalid_token"},
                status=401,
                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
            )
        told = claims.userinfo_claims(self.provider, token=token)
        if not token.client.userinfo_alg:
            return JsonResponse(told)
        return HttpResponse(self.provider.keys.sign(told), content_type="application/jwt")
