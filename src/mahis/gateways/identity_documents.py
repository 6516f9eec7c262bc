"""What the OpenID provider publishes: its addresses and its keys, fetched when needed and kept."""

import dataclasses
import json
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from mahis.gateways import identity_fetch
from mahis.gateways.identity_refusals import LoginFailed, LoginProviderUnavailable, LoginRefused
from mahis.gateways.identity_settings import IdentityMisconfigured, ProviderSettings

_LOG = logging.getLogger(__name__)
_KEPT_SECONDS = 3600
_PRACTICE_MARK = "mahis_practice_login"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProviderAddresses:
    """The provider's discovery document, as far as it is used."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    #: Whether answers name their issuer, so that one without is wrong (RFC 9207).
    names_issuer: bool = False


class ProviderDocuments:
    """The provider's published documents; safe between threads."""

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._addresses: ProviderAddresses | None = None
        self._fetched_at = 0.0
        self._keys: list[Key] = []

    def addresses(self) -> ProviderAddresses:
        """Give the provider's addresses, an hour old at most while the provider answers.

        Raises LoginProviderUnavailable, or LoginFailed where the document cannot be used.
        """
        with self._lock:
            age = time.monotonic() - self._fetched_at
            if self._addresses is None or age > _KEPT_SECONDS:
                self._addresses = self._discover(self._addresses)
                self._fetched_at = time.monotonic()
            return self._addresses

    def keys(self, *, key_id: str | None) -> list[Key]:
        """Give the keys that may have signed under a name, or all for a token without a name.

        An unknown name makes the keys be fetched once more: the provider may have a new key.
        """
        address = self.addresses().jwks_uri
        with self._lock:
            fitting = _named(self._keys, key_id)
            if not fitting:
                self._keys = self._fetch_keys(address)
                fitting = _named(self._keys, key_id)
            return fitting

    def _discover(self, last: ProviderAddresses | None) -> ProviderAddresses:
        address = self._settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
        try:
            return self._understand(self._fetch(address))
        except LoginRefused as refusal:
            if last is None:
                raise
            # People can still log in with what was true an hour ago.
            _LOG.warning("the provider's discovery document is not renewed: %s", refusal.found)
            return last

    def _understand(self, document: Mapping[str, Any]) -> ProviderAddresses:
        if document.get("issuer") != self._settings.issuer:
            raise LoginFailed(reason="discovery names another issuer")
        if self._settings.production and document.get(_PRACTICE_MARK):
            raise LoginFailed(reason="a practice provider, in production")
        addresses = ProviderAddresses(
            names_issuer=document.get("authorization_response_iss_parameter_supported") is True,
            **{
                name: str(document.get(name) or "")
                for name in (
                    "authorization_endpoint",
                    "token_endpoint",
                    "jwks_uri",
                    "userinfo_endpoint",
                    "end_session_endpoint",
                )
            },
        )
        self._require_usable(addresses)
        return addresses

    def _require_usable(self, addresses: ProviderAddresses) -> None:
        wanted = [addresses.authorization_endpoint, addresses.token_endpoint, addresses.jwks_uri]
        offered = [addresses.userinfo_endpoint, addresses.end_session_endpoint]
        try:
            for address in [*wanted, *filter(None, offered)]:
                self._settings.require_address(address, "an endpoint")
        except IdentityMisconfigured as error:
            raise LoginFailed(reason=f"discovery: {error}") from error

    def _fetch_keys(self, address: str) -> list[Key]:
        entries = self._fetch(address).get("keys")
        keys = []
        for entry in entries if isinstance(entries, list) else []:
            try:
                keys.append(JWKRegistry.import_key(entry))
            except (JoseError, TypeError, ValueError):
                # Other kinds of keys may stand beside those that we understand (RFC 7517, 5).
                continue
        return [key for key in keys if key.get("use") in {None, "sig"}]

    def _fetch(self, address: str) -> dict[str, Any]:
        _, body = identity_fetch.get(address, timeout=self._settings.timeout_seconds)
        try:
            document = json.loads(body)
        except ValueError as error:
            raise LoginProviderUnavailable(reason="a document is not JSON") from error
        if not isinstance(document, dict):
            raise LoginProviderUnavailable(reason="a document is no JSON object")
        return document


def _named(keys: list[Key], key_id: str | None) -> list[Key]:
    return [key for key in keys if key_id is None or key.kid == key_id]
