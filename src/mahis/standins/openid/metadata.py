"""What the provider says about itself at its well-known address (OpenID Connect Discovery)."""

from mahis.domain.parties import Language
from mahis.standins.openid.clients import SCOPES
from mahis.standins.openid.keys import ALGORITHM
from mahis.standins.openid.means import Means
from mahis.standins.openid.provider import Provider

#: Tells a service that this is practice: no production set-up accepts a provider that says so.
PRACTICE_MARK = "mahis_practice_login"


def describe(provider: Provider) -> dict[str, object]:
    """Give the discovery document."""
    return {
        "issuer": provider.issuer,
        "authorization_endpoint": provider.address("/authorize"),
        "token_endpoint": provider.address("/token"),
        "userinfo_endpoint": provider.address("/userinfo"),
        "jwks_uri": provider.address("/jwks"),
        "end_session_endpoint": provider.address("/logout"),
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "acr_values_supported": [means.acr for means in Means],
        "prompt_values_supported": ["none", "login", "select_account"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "userinfo_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "claims_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "ui_locales_supported": [language.value for language in Language],
        PRACTICE_MARK: True,
    }
