"""The services that may send people here to log in."""

import dataclasses
import hmac
import urllib.parse
from collections.abc import Collection, Mapping
from typing import Any

from authlib.oauth2.rfc6749 import ClientMixin
from joserfc.jwk import KeySet

SCOPES = ("openid", "profile", "egovnrn")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Client(ClientMixin):
    """A registered service, with the metadata names of OpenID Connect registration."""

    client_id: str
    #: Name shown on the login page.
    name: str
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...] = ()
    #: Where the service's own front page is, for the way back from an error.
    home: str = ""
    #: Public keys with which the service proves who it is (`private_key_jwt`).
    jwks: Mapping[str, Any] | None = None
    #: Shared secret, only for a service that has no keys.
    secret: str = ""
    #: Algorithm of signed userinfo; empty for plain JSON.
    userinfo_alg: str = "ES256"

    @property
    def auth_method(self) -> str:
        """How this service proves who it is at the token endpoint."""
        return "private_key_jwt" if self.jwks else "client_secret_basic"

    @property
    def keys(self) -> KeySet:
        """The public keys as the library wants them."""
        return KeySet.import_key_set({"keys": self.jwks["keys"] if self.jwks else []})

    @property
    def origins(self) -> list[str]:
        """Where pages may send the browser back to: scheme, host and port."""
        parts = (urllib.parse.urlsplit(uri) for uri in self.redirect_uris)
        return sorted({f"{part.scheme}://{part.netloc}" for part in parts})

    @property
    def client_metadata(self) -> Mapping[str, object]:
        """Registered metadata, where the library asks for it by name."""
        return {"post_logout_redirect_uris": list(self.post_logout_redirect_uris)}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        # OpenID Connect asks for the parameter always, so there is no default.
        return ""

    def get_allowed_scope(self, scope: Collection[str] | str | None) -> str | None:  # type: ignore[override]  # the stub leaves out None, which means: refused
        asked = scope.split() if isinstance(scope, str) else list(scope or ())
        return " ".join(name for name in asked if name in SCOPES) if "openid" in asked else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return bool(self.secret) and hmac.compare_digest(
            self.secret.encode(), client_secret.encode()
        )

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002
        return method == self.auth_method

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"
