"""Logout that a service asks for (OpenID Connect RP-Initiated Logout)."""

from authlib.oauth2 import OAuth2Error
from authlib.oidc.rpinitiated import EndSessionRequest
from django.http import HttpRequest, HttpResponse

from mahis.standins.openid import pages
from mahis.standins.openid.authorize import BROWSER_COOKIE, SESSION_COOKIE
from mahis.standins.openid.protocol import ProtocolRequest, ProtocolServer
from mahis.standins.openid.provider import Provider


def leave(request: HttpRequest, *, provider: Provider, server: ProtocolServer) -> HttpResponse:
    """End the browser's session here and send it back to the service, where that is safe."""
    asked = request.POST if request.method == "POST" else request.GET
    ui_locales = asked.get("ui_locales", "")
    try:
        question = server.validate_endpoint_request("end_session", ProtocolRequest("GET", asked))
    except OAuth2Error:
        return pages.problem_page(request, pages.LOGOUT_WRONG)
    assert isinstance(question, EndSessionRequest)
    if question.needs_confirmation and not _is_confirmed(request):
        return pages.leave_page(request, ui_locales=ui_locales)
    provider.sessions.take(request.COOKIES.get(SESSION_COOKIE, ""))
    response = server.end(question) or pages.left_page(request, ui_locales=ui_locales)
    response.delete_cookie(SESSION_COOKIE)
    return response


def _is_confirmed(request: HttpRequest) -> bool:
    # The cookie is Lax, so it comes with a form only if our own page sent it.
    return (
        request.method == "POST" and "confirm" in request.POST and BROWSER_COOKIE in request.COOKIES
    )
