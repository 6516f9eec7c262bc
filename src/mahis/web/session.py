"""What a browser session knows: who logged in, how surely, in which capacity, and for how long."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Capacity, Person, Quality, Role
from mahis.gateways.identity import Attempt, Identified
from mahis.web import clock

_LOGIN = "login"
_SEEN = "seen"
_CAPACITY = "capacity"
_ATTEMPTS = "attempts"
#: Logins that one browser may have under way, in as many tabs.
_MOST_ATTEMPTS = 5
#: A request renews the idle limit, but the session is written once a minute at most.
_SEEN_STEP = datetime.timedelta(minutes=1)


class WebSession:
    """The session of a request, in the words of the service.

    The national number stands in the session's row in the database and nowhere else: the
    browser holds only the session's key.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._stored = request.session

    @property
    def person(self) -> Person | None:
        """Who is logged in; None where nobody is, or no more."""
        login = self._login
        if login is None:
            return None
        return Person(
            insz=Insz.parse(login["insz"]),
            given_name=login["given_name"],
            family_name=login["family_name"],
        )

    @property
    def assurance(self) -> str:
        """Assurance level of the login; empty where nobody is logged in."""
        return str(self._login["assurance"]) if self._login else ""

    @property
    def signed_in_at(self) -> datetime.datetime | None:
        """When the person logged in."""
        login = self._login
        return datetime.datetime.fromisoformat(login["at"]) if login else None

    @property
    def language(self) -> str | None:
        """The language that the provider knows the person to speak, where it is one of ours."""
        return self._login["language"] if self._login else None

    @property
    def capacity(self) -> Capacity | None:
        """The capacity chosen; None where none is chosen yet."""
        chosen = self._stored.get(_CAPACITY) if self._login else None
        if chosen is None:
            return None
        return Capacity(
            enterprise=EnterpriseNumber(chosen["enterprise"]),
            quality=Quality(chosen["quality"]),
            role=Role(chosen["role"]),
        )

    def sign_in(self, identified: Identified, at: datetime.datetime) -> None:
        """Log a person in, under a new session key and with nothing of what was there before."""
        self._stored.flush()
        self._stored[_LOGIN] = {
            "insz": identified.person.insz.digits,
            "given_name": identified.person.given_name,
            "family_name": identified.person.family_name,
            "assurance": identified.assurance,
            "language": identified.language,
            "logout_hint": identified.logout_hint,
            "at": at.isoformat(),
        }
        self._stored[_SEEN] = at.isoformat()
        rotate_token(self._request)

    def choose_capacity(self, capacity: Capacity) -> None:
        """Act in a capacity from now on; who may choose it is for the caller to check."""
        self._stored[_CAPACITY] = {
            "enterprise": capacity.enterprise.digits,
            "quality": capacity.quality.value,
            "role": capacity.role.value,
        }

    def sign_out(self) -> str:
        """Forget everything; gives what the provider wants to be shown at logout."""
        hint = str(self._login["logout_hint"]) if self._login else ""
        self._stored.flush()
        return hint

    def renew(self, at: datetime.datetime) -> None:
        """Count a request against the idle limit; ends the session where a limit is passed."""
        if _LOGIN not in self._stored:
            return
        if self._login is None:
            self._stored.flush()
        elif at - datetime.datetime.fromisoformat(self._stored[_SEEN]) >= _SEEN_STEP:
            self._stored[_SEEN] = at.isoformat()

    def keep_attempt(self, attempt: Attempt, *, back_to: str) -> None:
        """Keep a login that begins now, with the path where it is to end."""
        attempts = [*self._stored.get(_ATTEMPTS, []), {**attempt.stored(), "back_to": back_to}]
        self._stored[_ATTEMPTS] = attempts[-_MOST_ATTEMPTS:]

    def take_attempt(self, state: str) -> tuple[Attempt, str] | None:
        """Take the login that has this state, and its path, out of the session: it counts once."""
        attempts = self._stored.get(_ATTEMPTS, [])
        for kept in attempts:
            if kept["state"] == state:
                self._stored[_ATTEMPTS] = [other for other in attempts if other is not kept]
                return Attempt.from_stored(kept), kept["back_to"]
        return None

    @property
    def _login(self) -> dict[str, Any] | None:
        login: dict[str, Any] | None = self._stored.get(_LOGIN)
        return login if login and self._is_live(login, clock.now()) else None

    def _is_live(self, login: dict[str, Any], at: datetime.datetime) -> bool:
        began = datetime.datetime.fromisoformat(login["at"])
        seen = datetime.datetime.fromisoformat(self._stored[_SEEN])
        idle = datetime.timedelta(seconds=settings.SESSION_IDLE_SECONDS)
        absolute = datetime.timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)
        return at - seen < idle and at - began < absolute


def limit_sessions(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that counts each request against the limits of its session.

    No browser keeps a page: who sits down after a logout sees nothing by going back.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        WebSession(request).renew(clock.now())
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return answer
