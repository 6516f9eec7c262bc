"""The provider's state: who may come, who can log in, and what is under way, all in memory."""

import dataclasses
import secrets
import time
from collections.abc import Callable, Mapping

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin
from django.http import QueryDict

from mahis.standins.openid.clients import Client
from mahis.standins.openid.keys import SigningKeys
from mahis.standins.openid.means import Means
from mahis.standins.openid.people import People, PracticePerson
from mahis.standins.openid.shelf import Shelf

CODE_SECONDS = 60
LOGIN_SECONDS = 1800
SESSION_SECONDS = 8 * 3600
TOKEN_SECONDS = 300
#: Longest life that a client's assertion may claim, with the allowance for clocks that differ.
ASSERTION_SECONDS = 3600 + 60


@dataclasses.dataclass(frozen=True, kw_only=True)
class Login:
    """A login under way: what the service asked, waiting for a person to choose."""

    client: Client
    #: The parameters of the authorization request as they came.
    asked: QueryDict
    #: The browser that began, so that no other page can finish it.
    browser: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Authentication:
    """Who logged in, by which means and when."""

    person: PracticePerson
    means: Means
    #: Seconds since 1970, as tokens want it.
    at: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class IssuedCode(AuthorizationCodeMixin):
    """An authorization code on its way through the browser."""

    code: str
    client: Client
    authentication: Authentication
    redirect_uri: str
    scope: str
    nonce: str
    #: PKCE, under the names that the library looks for.
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class Token:
    """What an access token opens."""

    authentication: Authentication
    client: Client
    scope: str


@dataclasses.dataclass(kw_only=True)
class Provider:
    """One running provider; everything ends with the process."""

    issuer: str
    clients: Mapping[str, Client]
    people: People
    keys: SigningKeys = dataclasses.field(default_factory=SigningKeys)
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.logins = Shelf[Login](seconds=LOGIN_SECONDS, now=self.now)
        self.sessions = Shelf[Authentication](seconds=SESSION_SECONDS, now=self.now)
        self.codes = Shelf[IssuedCode](seconds=CODE_SECONDS, now=self.now)
        self.tokens = Shelf[Token](seconds=TOKEN_SECONDS, now=self.now)
        #: Access token that a code was changed into, so that a second use revokes it.
        self.spent_codes = Shelf[str](seconds=TOKEN_SECONDS, now=self.now)
        self.assertions = Shelf[bool](seconds=ASSERTION_SECONDS, now=self.now)

    def address(self, path: str) -> str:
        """Give the full address of one of the provider's own pages."""
        return self.issuer.rstrip("/") + path


def new_secret() -> str:
    """Make a name that nobody can guess."""
    return secrets.token_urlsafe(32)
