"""Logging in and out through the OpenID provider."""

import functools
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mahis.gateways.identity import Identified, RelyingParty
from mahis.gateways.identity_refusals import (
    LoginNotBegun,
    LoginProviderUnavailable,
    LoginRefused,
)
from mahis.gateways.identity_settings import ProviderSettings
from mahis.queries import chosen_language
from mahis.web import access, clock, login_refusals
from mahis.web.session import WebSession

_LOG = logging.getLogger(__name__)
_HOME = "/"
_CALLBACK = "/login/callback/"
_NEXT = "next"


@access.open_to_everyone
@require_GET
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider; who is logged in already goes straight on."""
    if f"{request.scheme}://{request.get_host()}" != settings.PUBLIC_URL:
        # The provider sends people back to the public address; a session begun at another name of
        # this machine would not be met there again.
        return HttpResponseRedirect(settings.PUBLIC_URL + request.get_full_path())
    session = WebSession(request)
    back_to = _safe_path(request)
    if session.person is not None:
        return HttpResponseRedirect(back_to)
    try:
        address, attempt = _relying_party().begin(
            callback=_CALLBACK, language=get_language() or "", at=clock.now()
        )
    except LoginRefused as refusal:
        return _refused(request, refusal, back_to=back_to)
    session.keep_attempt(attempt, back_to=back_to)
    return HttpResponseRedirect(address)


@access.open_to_everyone
@require_GET
@never_cache
def finish(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer, log the person in and lead them where they wanted to go."""
    session = WebSession(request)
    taken = session.take_attempt(request.GET.get("state", ""))
    if taken is None:
        if session.person is not None:
            # The back button, or a second tab: the answer is used up, the person is logged in.
            return HttpResponseRedirect(_HOME)
        return _refused(request, LoginNotBegun(), back_to=_HOME)
    attempt, back_to = taken
    at = clock.now()
    try:
        identified = _relying_party().finish(attempt=attempt, answer=request.GET.dict(), at=at)
    except LoginRefused as refusal:
        return _refused(request, refusal, back_to=back_to)
    session.sign_in(identified, at)
    return _in_own_language(request, HttpResponseRedirect(back_to), identified)


@access.open_to_everyone
@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """End the session here and, where it can be reached, the one at the provider."""
    session = WebSession(request)
    was_logged_in = session.person is not None
    hint = session.sign_out()
    address = None
    if was_logged_in:
        try:
            address = _relying_party().logout_address(
                hint=hint, back_to=_HOME, language=get_language() or ""
            )
        except LoginRefused as refusal:
            _note(refusal)
    return HttpResponseRedirect(address or _HOME)


login_urlpatterns = [
    path("login/", start, name="login"),
    path(_CALLBACK.lstrip("/"), finish, name="login-callback"),
    path("logout/", leave, name="logout"),
]


def _relying_party() -> RelyingParty:
    provider = settings.IDENTITY_PROVIDER
    if provider is None:
        raise LoginProviderUnavailable(reason="no provider is configured")
    return _relying_party_at(provider)


@functools.lru_cache(maxsize=2)
def _relying_party_at(provider: ProviderSettings) -> RelyingParty:
    """Keep one relying party for the process: it remembers the provider's documents."""
    return RelyingParty(provider)


def _safe_path(request: HttpRequest) -> str:
    """Give the path where the login is to end; only a path of our own is followed."""
    wanted = request.GET.get(_NEXT, "")
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_own else _HOME


def _in_own_language(
    request: HttpRequest, response: HttpResponse, identified: Identified
) -> HttpResponse:
    """Show the screens in the person's language, unless this browser has chosen one.

    What the person once chose goes before what the provider knows.
    """
    name = settings.LANGUAGE_COOKIE_NAME
    chosen = chosen_language.of_person(person=identified.person.insz)
    language = chosen.value if chosen is not None else identified.language
    if language and name not in request.COOKIES:
        response.set_cookie(
            name,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _refused(request: HttpRequest, refusal: LoginRefused, *, back_to: str) -> HttpResponse:
    """Say why nobody is logged in, and offer to try again."""
    _note(refusal)
    status, explanation = login_refusals.explain(refusal)
    context = {"explanation": explanation, "next": back_to}
    return render(request, "web/login_refused.html", context, status=status)


def _note(refusal: LoginRefused) -> None:
    _LOG.warning("login refused: %s (%s)", refusal.code, refusal.found.get("reason", "-"))
