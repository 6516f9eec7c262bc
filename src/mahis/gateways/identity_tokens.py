"""Checks the provider's signed tokens: signature, issuer, audience, times, nonce."""

import datetime
import hmac
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from mahis.gateways.identity_documents import ProviderDocuments
from mahis.gateways.identity_refusals import LoginFailed
from mahis.gateways.identity_settings import ProviderSettings


class TokenReader:
    """Reads tokens of one provider; whatever is wrong with one becomes LoginFailed."""

    def __init__(self, settings: ProviderSettings, documents: ProviderDocuments) -> None:
        self._settings = settings
        self._documents = documents

    def read_id_token(self, token: str, *, nonce: str, at: datetime.datetime) -> dict[str, Any]:
        """Check an identity token (OpenID Connect Core 3.1.3.7) and give its claims."""
        claims = self._read_signed(token)
        self._check(claims, at=at, essential=("iss", "aud", "sub", "exp", "iat", "nonce"))
        self._require_audience(claims)
        if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
            raise LoginFailed(reason="id_token: another nonce")
        oldest = at.timestamp() - self._settings.login_seconds - self._settings.leeway_seconds
        if claims["iat"] < oldest:
            raise LoginFailed(reason="id_token: issued before this login")
        return claims

    def read_userinfo(self, token: str, *, subject: str, at: datetime.datetime) -> dict[str, Any]:
        """Check signed userinfo (OpenID Connect Core 5.3.2) and give its claims."""
        claims = self._read_signed(token)
        self._check(claims, at=at, essential=("iss", "aud", "sub"))
        require_subject(claims, subject)
        return claims

    def _read_signed(self, token: str) -> dict[str, Any]:
        try:
            header = jws.extract_compact(token.encode()).headers()
            key_id = header.get("kid")
            if header.get("alg") not in self._settings.algorithms:
                raise LoginFailed(reason="token: algorithm not allowed")
            keys = self._documents.keys(key_id=key_id if isinstance(key_id, str) else None)
            return self._decode(token, keys)
        except (JoseError, ValueError, TypeError) as error:
            raise LoginFailed(reason=f"token: {_kind(error)}") from error

    def _decode(self, token: str, keys: list[Any]) -> dict[str, Any]:
        """Try the keys that may have signed: one where the token names it, else each of them."""
        reason = "no such key"
        for key in keys:
            try:
                return jwt.decode(token, key, algorithms=list(self._settings.algorithms)).claims
            except JoseError as error:
                reason = _kind(error)
        raise LoginFailed(reason=f"token: {reason}")

    def _check(
        self, claims: dict[str, Any], *, at: datetime.datetime, essential: tuple[str, ...]
    ) -> None:
        options: dict[str, jwt.ClaimsOption] = {name: {"essential": True} for name in essential}
        options["iss"] = {"essential": True, "value": self._settings.issuer}
        options["aud"] = {"essential": True, "value": self._settings.client_id}
        registry = jwt.JWTClaimsRegistry(
            now=int(at.timestamp()), leeway=self._settings.leeway_seconds, **options
        )
        try:
            registry.validate(claims)
        except JoseError as error:
            raise LoginFailed(reason=f"claims: {error.description or error.error}") from error

    def _require_audience(self, claims: dict[str, Any]) -> None:
        """Require that a token for several services was asked for by this one."""
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self._settings.client_id:
            raise LoginFailed(reason="id_token: another authorised party")


def require_subject(claims: dict[str, Any], subject: str) -> None:
    """Require that userinfo speaks of the person of the identity token; raises LoginFailed."""
    if claims.get("sub") != subject:
        raise LoginFailed(reason="userinfo: another subject")


def _kind(error: Exception) -> str:
    return error.error if isinstance(error, JoseError) else type(error).__name__
