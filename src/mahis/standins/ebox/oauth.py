"""The authorisation server: access tokens for clients that sign an assertion (RFC 7523)."""

import dataclasses
import json
import math
import pathlib
import secrets
import time
import urllib.parse
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from mahis.standins.ebox.problems import Problem
from mahis.standins.ebox.storage import Storage

#: What a document sender may do, and who may ask for preferences, as the real service names it.
SEND = "scope:document:management:consult:ws-eboxrestentreprise:publicationsender"
PREFER = "scope:documentmanagement:ebox:enterprise:federation-rest:preference"
SCOPES = (SEND, PREFER)

_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_FORM = "application/x-www-form-urlencoded"
_LONGEST_ASSERTION_SECONDS = 600
_LEEWAY_SECONDS = 30
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Client:
    """Who may ask for tokens."""

    client_id: str
    #: File with its public keys, read anew for each token so that keys can change.
    jwks: pathlib.Path
    #: What assertions must be addressed to.
    audience: str
    scopes: tuple[str, ...] = SCOPES
    token_seconds: int = 300


class TokenRefused(Exception):
    """No token for this request (`error` by RFC 6749)."""

    def __init__(self, error: str, reason: str) -> None:
        super().__init__(reason)
        self.error = error
        self.reason = reason


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Token:
    scopes: frozenset[str]
    ends: float


class AuthorisationServer:
    """Gives tokens and knows them again; a restart forgets them, as nothing promises otherwise."""

    def __init__(self, client: Client, storage: Storage) -> None:
        self._client = client
        self._storage = storage
        self._tokens: dict[str, _Token] = {}
        #: How many tokens were given since the start.
        self.given = 0

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request for a token."""
        if request.content_type != _FORM:
            return refused(TokenRefused("invalid_request", f"A request comes as {_FORM}."))
        try:
            told = _form(await request.text())
            return web.json_response(self._give(told), headers=_NO_STORE)
        except TokenRefused as no:
            return refused(no)
        except (UnicodeDecodeError, LookupError):
            return refused(TokenRefused("invalid_request", "The form cannot be read."))

    def require(self, request: web.Request, scope: str) -> None:
        """Require a living token with a scope; raises Problem."""
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        token = self._tokens.get(secret) if kind.lower() == "bearer" else None
        if token is None or token.ends < time.monotonic():
            challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            raise Problem(
                401,
                "The token is missing, unknown or over.",
                code="UNAUTHORIZED",
                headers=challenge,
            )
        if scope not in token.scopes:
            challenge = {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'}
            raise Problem(
                403, f"The token lacks the scope {scope}.", code="FORBIDDEN", headers=challenge
            )

    def forget(self) -> None:
        """Know no token any more."""
        self._tokens.clear()

    def _give(self, told: Mapping[str, str]) -> dict[str, object]:
        if told.get("grant_type") != "client_credentials":
            raise TokenRefused("unsupported_grant_type", "Only client_credentials is known.")
        if told.get("client_assertion_type") != _ASSERTION_TYPE:
            raise TokenRefused(
                "invalid_client", f"client_assertion_type must be {_ASSERTION_TYPE}."
            )
        if told.get("client_id", self._client.client_id) != self._client.client_id:
            raise TokenRefused("invalid_client", "client_id is not that of the assertion.")
        self._check(self._claims(told.get("client_assertion", "")))
        scopes = frozenset(told.get("scope", " ".join(self._client.scopes)).split())
        if not scopes or not scopes <= set(self._client.scopes):
            raise TokenRefused("invalid_scope", "A scope is not granted to this client.")
        now = time.monotonic()
        self._tokens = {key: each for key, each in self._tokens.items() if each.ends >= now}
        secret = secrets.token_urlsafe(32)
        self.given += 1
        self._tokens[secret] = _Token(scopes=scopes, ends=now + self._client.token_seconds)
        return {
            "access_token": secret,
            "token_type": "Bearer",
            "expires_in": self._client.token_seconds,
            "scope": " ".join(sorted(scopes)),
        }

    def _claims(self, assertion: str) -> Mapping[str, Any]:
        try:
            header = jws.extract_compact(assertion.encode("ascii")).headers()
            if header.get("alg") != "RS256":
                raise TokenRefused("invalid_client", "The assertion must be signed by RS256.")
            key = self._key(header.get("kid"))
            return jwt.decode(assertion, key, algorithms=["RS256"]).claims
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise TokenRefused("invalid_client", "The assertion cannot be verified.") from error

    def _key(self, kid: object) -> RSAKey:
        try:
            keys = KeySet.import_key_set(json.loads(self._client.jwks.read_bytes()))
        except OSError as error:
            raise TokenRefused("invalid_client", "The keys of the client are missing.") from error
        for key in keys.keys:
            if isinstance(key, RSAKey) and isinstance(kid, str) and key.kid == kid:
                return key
        raise TokenRefused("invalid_client", "kid names no key of this client.")

    def _check(self, claims: Mapping[str, Any]) -> None:
        now = time.time()
        for name in ("iss", "sub"):
            if claims.get(name) != self._client.client_id:
                raise TokenRefused("invalid_client", f"{name} must be the client id.")
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if audiences != [self._client.audience]:
            raise TokenRefused("invalid_client", f"aud must be {self._client.audience}.")
        issued, ends = _moment(claims, "iat"), _moment(claims, "exp")
        if issued > now + _LEEWAY_SECONDS:
            raise TokenRefused("invalid_client", "iat is in the future.")
        if ends < now - _LEEWAY_SECONDS:
            raise TokenRefused("invalid_client", "exp is over.")
        if ends - issued > _LONGEST_ASSERTION_SECONDS:
            raise TokenRefused(
                "invalid_client", f"exp is more than {_LONGEST_ASSERTION_SECONDS} s after iat."
            )
        id_ = claims.get("jti")
        if not isinstance(id_, str) or not id_.isprintable() or not 8 <= len(id_) <= 255:  # noqa: PLR2004
            raise TokenRefused("invalid_client", "jti must be a text of 8 to 255 characters.")
        if not self._storage.use_assertion(id_, until=ends + _LEEWAY_SECONDS, at=now):
            raise TokenRefused("invalid_client", "jti was used before.")


def refused(no: TokenRefused) -> web.Response:
    """Say why there is no token."""
    return web.json_response(
        {"error": no.error, "error_description": no.reason},
        status=401 if no.error == "invalid_client" else 400,
        headers=_NO_STORE,
    )


def _form(text: str) -> dict[str, str]:
    try:
        pairs = urllib.parse.parse_qsl(
            text, keep_blank_values=True, strict_parsing=True, max_num_fields=20
        )
    except ValueError as error:
        raise TokenRefused("invalid_request", "The form cannot be read.") from error
    found = dict(pairs)
    if len(found) != len(pairs):
        raise TokenRefused("invalid_request", "A parameter stands there twice.")
    return found


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TokenRefused("invalid_client", f"{name} must be a number of seconds.")
    return value
