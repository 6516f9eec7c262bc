"""Login at an OpenID provider: code flow with PKCE, nonce and a client that signs its requests.

The only place that knows Authlib's client; what goes out are values of our own and refusals.
"""

import dataclasses
import datetime
import hmac
import json
import secrets
import time
import urllib.parse
from collections.abc import Mapping
from typing import Any, Self

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT

from mahis.domain.parties import Person
from mahis.gateways import identity_claims, identity_fetch, identity_keys, identity_tokens
from mahis.gateways.identity_documents import ProviderDocuments
from mahis.gateways.identity_refusals import (
    LoginCancelled,
    LoginExpired,
    LoginFailed,
    LoginLevelTooLow,
    LoginNotBegun,
    LoginProviderUnavailable,
    LoginRefused,
)
from mahis.gateways.identity_settings import ProviderSettings

_ASSERTION_SECONDS = 120
_UNABLE = {"server_error", "temporarily_unavailable"}
#: OpenID Connect Core Unmet Authentication Requirements 1.0.
_UNMET = "unmet_authentication_requirements"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Attempt:
    """A login that this browser began; the door keeps it on the session until the answer."""

    state: str
    nonce: str = dataclasses.field(repr=False)
    code_verifier: str = dataclasses.field(repr=False)
    #: Our own path to which the provider sends the browser back.
    callback: str
    started_at: datetime.datetime

    def stored(self) -> dict[str, str]:
        """Give the attempt as plain text values."""
        return {**dataclasses.asdict(self), "started_at": self.started_at.isoformat()}

    @classmethod
    def from_stored(cls, stored: Mapping[str, str]) -> Self:
        """Read an attempt back from `stored`."""
        return cls(
            state=stored["state"],
            nonce=stored["nonce"],
            code_verifier=stored["code_verifier"],
            callback=stored["callback"],
            started_at=datetime.datetime.fromisoformat(stored["started_at"]),
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Identified:
    """Who logged in."""

    person: Person
    #: Assurance level of the login as the provider names it (`acr`).
    assurance: str
    #: Code of the person's language, where the provider knows it and it is one of ours.
    language: str | None
    #: Shown to the provider at logout; empty where it would carry the national number.
    logout_hint: str = dataclasses.field(default="", repr=False)


class RelyingParty:
    """This service at one OpenID provider; safe between threads."""

    def __init__(self, settings: ProviderSettings) -> None:
        """Read the client key; raises IdentityMisconfigured where it cannot be used."""
        self._settings = settings
        self._documents = ProviderDocuments(settings)
        self._tokens = identity_tokens.TokenReader(settings, self._documents)
        file = settings.client_key_file
        self._key = identity_keys.read_client_key(file) if file else None

    def begin(self, *, callback: str, language: str, at: datetime.datetime) -> tuple[str, Attempt]:
        """Begin a login: gives the address to send the browser to, and what to keep for later.

        `callback` is our own path to which the provider sends the browser back. Raises
        LoginProviderUnavailable or LoginFailed.
        """
        attempt = Attempt(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            code_verifier=secrets.token_urlsafe(48),
            callback=callback,
            started_at=at,
        )
        with self._session(callback) as session:
            address, _ = session.create_authorization_url(
                self._documents.addresses().authorization_endpoint,
                state=attempt.state,
                code_verifier=attempt.code_verifier,
                nonce=attempt.nonce,
                acr_values=self._settings.minimum_level,
                ui_locales=language,
            )
        return str(address), attempt

    def finish(
        self, *, attempt: Attempt, answer: Mapping[str, str], at: datetime.datetime
    ) -> Identified:
        """Finish a login with the parameters that the provider sent the browser back with.

        Raises a LoginRefused that says why nobody is logged in.
        """
        code = self._read_answer(attempt, answer, at)
        tokens = self._exchange(attempt, code)
        id_claims = self._tokens.read_id_token(
            _text(tokens, "id_token"), nonce=attempt.nonce, at=at
        )
        claims = self._userinfo(_text(tokens, "access_token"), id_claims["sub"], at) | id_claims
        names = self._settings.claims
        assurance = identity_claims.read_assurance(claims, names)
        if not self._settings.reaches(assurance):
            raise LoginLevelTooLow(given=assurance, needed=self._settings.minimum_level)
        return Identified(
            person=identity_claims.read_person(claims, names),
            assurance=assurance,
            language=identity_claims.read_language(claims, names),
            logout_hint="" if names.national_number in id_claims else tokens["id_token"],
        )

    def logout_address(self, *, hint: str, back_to: str, language: str) -> str | None:
        """Give the address that ends the provider's own session; None where it offers none.

        `back_to` is our own path where the person ends up. Raises LoginProviderUnavailable or
        LoginFailed where the provider's addresses are unknown.
        """
        endpoint = self._documents.addresses().end_session_endpoint
        if not endpoint:
            return None
        parameters = {
            "client_id": self._settings.client_id,
            "post_logout_redirect_uri": self._settings.public_url + back_to,
            "id_token_hint": hint,
            "ui_locales": language,
        }
        query = urllib.parse.urlencode({name: value for name, value in parameters.items() if value})
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}"

    def _read_answer(
        self, attempt: Attempt, answer: Mapping[str, str], at: datetime.datetime
    ) -> str:
        """Check that the answer belongs to the attempt, and take the code out of it."""
        if not hmac.compare_digest(attempt.state.encode(), answer.get("state", "").encode()):
            raise LoginNotBegun
        age = at - attempt.started_at
        if (
            not datetime.timedelta()
            <= age
            <= datetime.timedelta(seconds=self._settings.login_seconds)
        ):
            raise LoginExpired
        issuer = answer.get("iss")
        is_named = issuer is not None or self._documents.addresses().names_issuer
        if is_named and issuer != self._settings.issuer:
            raise LoginFailed(reason="answer: another issuer")
        if "error" in answer:
            raise self._refusal_for(answer["error"])
        if not answer.get("code"):
            raise LoginFailed(reason="answer: no code")
        return answer["code"]

    def _refusal_for(self, error: str) -> LoginRefused:
        """Choose the refusal for an error that the provider names (RFC 6749, 4.1.2.1)."""
        if error == "access_denied":
            return LoginCancelled()
        if error == _UNMET:
            return LoginLevelTooLow(given="", needed=self._settings.minimum_level)
        if error in _UNABLE:
            return LoginProviderUnavailable(reason=error)
        return LoginFailed(reason=f"provider: {error[:60]!r}")

    def _exchange(self, attempt: Attempt, code: str) -> Mapping[str, Any]:
        """Change the code into tokens."""
        address = self._documents.addresses().token_endpoint
        with self._session(attempt.callback) as session:
            if self._key is not None:
                session.register_client_auth_method(self._assertion(address))
            try:
                tokens: Mapping[str, Any] = session.fetch_token(
                    address,
                    code=code,
                    code_verifier=attempt.code_verifier,
                    timeout=self._settings.timeout_seconds,
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                raise LoginProviderUnavailable(reason=type(error).__name__) from error
            except AuthlibBaseError as error:
                raise self._refusal_for(str(error.error)) from error
            except (TypeError, ValueError) as error:
                raise LoginFailed(reason="token endpoint: unreadable answer") from error
        return tokens

    def _assertion(self, address: str) -> PrivateKeyJWT:
        assert self._key is not None
        return PrivateKeyJWT(
            address,
            claims={"exp": int(time.time()) + _ASSERTION_SECONDS},
            headers={"kid": self._key.kid},
            alg=identity_keys.signing_algorithm(self._key),
        )

    def _session(self, callback: str) -> OAuth2Session:
        return OAuth2Session(
            client_id=self._settings.client_id,
            client_secret=self._key or self._settings.client_secret,
            token_endpoint_auth_method="private_key_jwt" if self._key else "client_secret_basic",
            scope=" ".join(self._settings.scopes),
            redirect_uri=self._settings.public_url + callback,
            code_challenge_method="S256",
        )

    def _userinfo(self, access_token: str, subject: str, at: datetime.datetime) -> dict[str, Any]:
        """Ask who the access token speaks of; nothing where the provider has no such endpoint."""
        address = self._documents.addresses().userinfo_endpoint
        if not address:
            return {}
        media_type, body = identity_fetch.get(
            address,
            timeout=self._settings.timeout_seconds,
            headers={"Authorization": f"Bearer {access_token}"},
        )
        if media_type == "application/jwt":
            return self._tokens.read_userinfo(
                body.decode("ascii", "replace"), subject=subject, at=at
            )
        if self._settings.signed_userinfo:
            raise LoginFailed(reason="userinfo: not signed")
        return _plain_userinfo(body, subject)


def _plain_userinfo(body: bytes, subject: str) -> dict[str, Any]:
    try:
        claims = json.loads(body)
    except ValueError as error:
        raise LoginFailed(reason="userinfo: not JSON") from error
    if not isinstance(claims, dict):
        raise LoginFailed(reason="userinfo: no JSON object")
    identity_tokens.require_subject(claims, subject)
    return claims


def _text(tokens: Mapping[str, Any], name: str) -> str:
    value = tokens.get(name)
    if not isinstance(value, str):
        raise LoginFailed(reason=f"token endpoint: no {name}")
    return value
