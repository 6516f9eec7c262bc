"""What the tokens say, in the words of the federal login."""

from typing import Any

from authlib.oidc.core.util import create_half_hash

from mahis.standins.openid.keys import ALGORITHM
from mahis.standins.openid.provider import TOKEN_SECONDS, IssuedCode, Provider, Token


def id_token_claims(provider: Provider, *, code: IssuedCode, access_token: str) -> dict[str, Any]:
    """Say who logged in, when and at which level.

    The national number stays out: this token travels through addresses at logout.
    """
    now = int(provider.now())
    half_hash = create_half_hash(access_token, ALGORITHM)
    return {
        "iss": provider.issuer,
        "sub": code.authentication.person.handle,
        "aud": code.client.client_id,
        "iat": now,
        "exp": now + TOKEN_SECONDS,
        "auth_time": code.authentication.at,
        "nonce": code.nonce,
        "acr": code.authentication.means.acr,
        "at_hash": half_hash.decode() if half_hash else "",
    }


def userinfo_claims(provider: Provider, *, token: Token) -> dict[str, Any]:
    """Say what the scopes of an access token open about the person."""
    chosen = token.authentication.person
    claims: dict[str, Any] = {
        "iss": provider.issuer,
        "sub": chosen.handle,
        "aud": token.client.client_id,
        "assurance_level": str(token.authentication.means.value),
    }
    scopes = token.scope.split()
    if "profile" in scopes:
        claims |= {
            "givenName": chosen.person.given_name,
            "surname": chosen.person.family_name,
            "prefLanguage": chosen.language.value,
        }
    if "egovnrn" in scopes:
        claims["egovNRN"] = chosen.person.insz.digits
    return claims
