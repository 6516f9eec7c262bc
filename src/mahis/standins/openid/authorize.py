"""From a service's request to its answer: the page of persons, and the choice made on it."""

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from django.http import HttpRequest, HttpResponse, QueryDict

from mahis.standins.openid import pages
from mahis.standins.openid.means import Means, level_asked
from mahis.standins.openid.protocol import ProtocolRequest, ProtocolServer
from mahis.standins.openid.provider import Authentication, Login, Provider, new_secret

BROWSER_COOKIE = "practice_browser"
SESSION_COOKIE = "practice_session"
_LONGEST_PARAMETER = 2048


def begin(request: HttpRequest, *, provider: Provider, server: ProtocolServer) -> HttpResponse:
    """Check a service's request and lead the browser to the page of persons.

    What is wrong goes back to the service where its address can be trusted, else onto a page.
    """
    asked = request.POST if request.method == "POST" else request.GET
    if any(len(value) > _LONGEST_PARAMETER for value in asked.values()):
        return pages.problem_page(request, pages.REQUEST_WRONG)
    session = _fitting_session(request, asked, provider)
    question = ProtocolRequest("GET", asked)
    try:
        grant = server.begin(question, session)
    except OAuth2Error as error:
        if error.redirect_uri:
            return _sent_back(server.refuse(question, error), provider)
        return pages.problem_page(
            request, pages.REQUEST_WRONG, detail=error.get_error_description()
        )
    if asked.get("prompt") == "none":
        return _answer(asked, session, provider=provider, server=server)
    login_id = new_secret()
    browser = request.COOKIES.get(BROWSER_COOKIE) or new_secret()
    provider.logins.put(login_id, Login(client=grant.client, asked=asked, browser=browser))
    response = HttpResponse(status=303, headers={"Location": f"/login/{login_id}"})
    _set_cookie(response, BROWSER_COOKIE, browser, provider)
    return response


def choose(
    request: HttpRequest, login_id: str, *, provider: Provider, server: ProtocolServer
) -> HttpResponse:
    """Show the page of persons, or take the choice made on it."""
    login = provider.logins.get(login_id)
    if login is None or request.COOKIES.get(BROWSER_COOKIE) != login.browser:
        home = login.client.home if login else _only_home(provider)
        return pages.problem_page(request, pages.LOGIN_GONE, home=home)
    if request.method != "POST":
        return pages.login_page(request, login=login, people=provider.people)
    authentication = None
    if "cancel" not in request.POST:
        authentication = _chosen(request.POST.get("choice", ""), provider)
        if authentication is None:
            return pages.login_page(
                request, login=login, people=provider.people, problem=pages.PERSON_WRONG
            )
    if provider.logins.take(login_id) is None:
        return pages.problem_page(request, pages.LOGIN_GONE, home=login.client.home)
    response = _answer(login.asked, authentication, provider=provider, server=server)
    if authentication is not None:
        session_id = new_secret()
        provider.sessions.put(session_id, authentication)
        _set_cookie(response, SESSION_COOKIE, session_id, provider)
    return response


def _chosen(choice: str, provider: Provider) -> Authentication | None:
    """Read a button's value, `handle:level`; None where no such button was on the page."""
    handle, _, level = choice.partition(":")
    person = provider.people.get(handle)
    means = next((each for each in Means if str(each.value) == level), None)
    if person is None or means not in person.means:
        return None
    return Authentication(person=person, means=means, at=int(provider.now()))


def _fitting_session(
    request: HttpRequest, asked: QueryDict, provider: Provider
) -> Authentication | None:
    """Find an earlier login of this browser that is strong and young enough for `prompt=none`."""
    session = provider.sessions.get(request.COOKIES.get(SESSION_COOKIE, ""))
    least = level_asked(asked.get("acr_values", ""))
    if session is None or (least is not None and session.means < least):
        return None
    max_age = asked.get("max_age", "")
    if max_age.isascii() and max_age.isdigit() and provider.now() - session.at > int(max_age):
        return None
    return session


def _answer(
    asked: QueryDict,
    authentication: Authentication | None,
    *,
    provider: Provider,
    server: ProtocolServer,
) -> HttpResponse:
    """Send the browser back to the service with a code, or with word that nobody logged in."""
    response = server.answer(ProtocolRequest("GET", asked), authentication)
    return _sent_back(response, provider)


def _sent_back(response: HttpResponse, provider: Provider) -> HttpResponse:
    """Name the issuer in the answer, so that answers cannot be mixed up (RFC 9207)."""
    location = response.get("Location")
    if location:
        response["Location"] = add_params_to_uri(location, {"iss": provider.issuer})
    return response


def _only_home(provider: Provider) -> str:
    """Give the way back where the login is unknown: clear only if one service comes here."""
    homes = {client.home for client in provider.clients.values()}
    return homes.pop() if len(homes) == 1 else ""


def _set_cookie(response: HttpResponse, name: str, value: str, provider: Provider) -> None:
    response.set_cookie(
        name, value, httponly=True, samesite="Lax", secure=provider.issuer.startswith("https://")
    )
