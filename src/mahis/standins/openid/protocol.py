"""The rules of OAuth and OpenID Connect, from Authlib, tied to the provider's memory."""

from collections.abc import Mapping
from typing import Any

from authlib.oauth2 import OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    ClientMixin,
    InvalidRequestError,
    OAuth2Payload,
    grants,
)
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from authlib.oidc.rpinitiated import EndSessionEndpoint, EndSessionRequest
from django.http import HttpResponse, JsonResponse, QueryDict
from joserfc.jwk import KeySet

from mahis.standins.openid import claims
from mahis.standins.openid.clients import SCOPES, Client
from mahis.standins.openid.provider import (
    ASSERTION_SECONDS,
    TOKEN_SECONDS,
    Authentication,
    IssuedCode,
    Provider,
    Token,
    new_secret,
)

# The library refuses to read a request that came over plain HTTP from another machine, and reads
# nothing else of the address. A practice provider may be shown to a room over plain HTTP.
_ADDRESS_NOT_READ = "https://practice.invalid/"


class _Payload(OAuth2Payload):
    """The parameters of a request, as the library reads them."""

    def __init__(self, parameters: QueryDict) -> None:
        self._parameters = parameters

    @property
    def data(self) -> dict[str, str]:
        return {name: str(value) for name, value in self._parameters.items()}

    @property
    def datalist(self) -> dict[str, list[Any]]:
        return {name: list(values) for name, values in self._parameters.lists()}


class ProtocolRequest(OAuth2Request):
    """A request in the form that the library wants."""

    user: Authentication | None
    authorization_code: IssuedCode | None

    def __init__(
        self, method: str, parameters: QueryDict, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(method, _ADDRESS_NOT_READ, headers=headers)
        self.asked = _Payload(parameters)
        self.payload = self.asked

    @property
    def form(self) -> dict[str, str]:
        return self.asked.data


class ProtocolServer(AuthorizationServer):
    """Authlib's server over the provider's memory."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(scopes_supported=SCOPES)
        self.provider = provider
        self.register_token_generator(
            "default",
            BearerTokenGenerator(
                lambda **_: new_secret(), expires_generator=lambda *_: TOKEN_SECONDS
            ),
        )
        self.register_client_auth_method("private_key_jwt", _SignedAssertion(provider))
        self.register_grant(_CodeGrant, [_ProofKey(), _IdToken(provider)])
        self.register_endpoint(_EndSession(self))

    def query_client(self, client_id: str) -> Client | None:  # type: ignore[override]  # the stub leaves out None
        return self.provider.clients.get(client_id)

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        code = _code_of(request)
        self.provider.spent_codes.put(code.code, token["access_token"])
        self.provider.tokens.put(
            token["access_token"],
            Token(authentication=code.authentication, client=code.client, scope=code.scope),
        )

    def begin(
        self, question: ProtocolRequest, session: Authentication | None
    ) -> grants.AuthorizationCodeGrant:
        """Check a service's request; raises OAuth2Error."""
        # The stub leaves the library's own method without types.
        grant: grants.AuthorizationCodeGrant = self.get_consent_grant(question, end_user=session)  # type: ignore[no-untyped-call]
        return grant

    def refuse(self, question: ProtocolRequest, error: OAuth2Error) -> HttpResponse:
        """Put an error into the library's answer."""
        response = self.handle_error_response(question, error)
        assert isinstance(response, HttpResponse)
        return response

    def answer(
        self, question: ProtocolRequest, authentication: Authentication | None
    ) -> HttpResponse:
        """Answer a checked request with a code, or with word that nobody logged in."""
        grant = self.get_authorization_grant(question)
        response = self.create_authorization_response(
            question, grant_user=authentication, grant=grant
        )
        assert isinstance(response, HttpResponse)
        return response

    def exchange(self, question: ProtocolRequest) -> HttpResponse:
        """Change a code into tokens."""
        response: object = self.create_token_response(question)
        assert isinstance(response, HttpResponse)
        return response

    def end(self, question: EndSessionRequest) -> HttpResponse | None:
        """Answer a checked request to log out; None where it names no safe way back."""
        # The stub leaves the library's own method without types.
        response: HttpResponse | None = self.create_endpoint_response("end_session", question)  # type: ignore[no-untyped-call]
        return response

    def create_oauth2_request(self, request: OAuth2Request) -> OAuth2Request:
        return request

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def handle_response(self, status: int, body: object, headers: Any) -> HttpResponse:
        if isinstance(body, dict):
            response: HttpResponse = JsonResponse(body, status=status)
        else:
            response = HttpResponse(str(body), status=status, content_type="text/plain")
        for name, value in headers:
            response[name] = value
        return response


def _code_of(request: OAuth2Request) -> IssuedCode:
    assert isinstance(request, ProtocolRequest)
    assert request.authorization_code is not None
    return request.authorization_code


class _SignedAssertion(JWTBearerClientAssertion):
    """A client proves who it is with a token signed by its own key, good for one use."""

    CLIENT_AUTH_METHOD = "private_key_jwt"  # type: ignore[misc]  # made to be replaced, says Authlib

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self._provider = provider

    def get_audiences(self) -> list[str]:
        return [self._provider.issuer, self._provider.address("/token")]

    def resolve_client_public_key(self, client: Client) -> KeySet:
        return client.keys

    def validate_jti(self, claims: dict[str, Any], jti: str) -> bool:
        # An assertion that outlives our memory of it could be used again.
        seconds_left = claims["exp"] - self._provider.now()
        return seconds_left <= ASSERTION_SECONDS and self._provider.assertions.put_first(
            f"{claims['sub']} {jti}", thing=True, seconds=ASSERTION_SECONDS + self.leeway
        )


class _CodeGrant(grants.AuthorizationCodeGrant):
    """The code flow; a code used twice closes what the first use opened (RFC 6749, 4.1.2)."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("private_key_jwt", "client_secret_basic")

    @property
    def _provider(self) -> Provider:
        provider: Provider = self.server.provider
        return provider

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        assert isinstance(request, ProtocolRequest)
        assert isinstance(request.client, Client)
        assert request.user is not None
        asked = request.asked.data
        self._provider.codes.put(
            code,
            IssuedCode(
                code=code,
                client=request.client,
                authentication=request.user,
                redirect_uri=asked["redirect_uri"],
                scope=request.scope,
                nonce=asked["nonce"],
                code_challenge=asked["code_challenge"],
                code_challenge_method=asked["code_challenge_method"],
            ),
        )

    def query_authorization_code(self, code: str, client: ClientMixin) -> IssuedCode | None:
        issued = self._provider.codes.take(code)
        if issued is None:
            self._provider.tokens.take(self._provider.spent_codes.get(code) or "")
            return None
        return issued if issued.client == client else None

    def delete_authorization_code(self, authorization_code: IssuedCode) -> None:
        """Do nothing: it left the shelf when it was asked for."""

    def authenticate_user(self, authorization_code: IssuedCode) -> Authentication:
        return authorization_code.authentication


class _ProofKey(CodeChallenge):
    """PKCE with SHA-256, asked of every client (RFC 9700, 2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: grants.BaseGrant, redirect_uri: str) -> None:
        assert grant.request.payload is not None
        asked = grant.request.payload.data
        if not (asked.get("code_challenge") and asked.get("code_challenge_method")):
            raise InvalidRequestError("Missing 'code_challenge' or 'code_challenge_method'")
        super().validate_code_challenge(grant, redirect_uri)


class _IdToken(OpenIDCode):
    """Adds the identity token to the answer."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=True)
        self._provider = provider

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:  # noqa: ARG002
        # The client checks its nonce; a request may be read twice here before it is granted.
        return False

    def encode_id_token(self, token: dict[str, Any], request: OAuth2Request) -> str:
        return self._provider.keys.sign(
            claims.id_token_claims(
                self._provider,
                code=_code_of(request),
                access_token=token["access_token"],
            )
        )


class _EndSession(EndSessionEndpoint):
    """Logout that a service asks for; the pages end the browser's own session."""

    def get_server_jwks(self) -> KeySet:
        server = self.server
        assert isinstance(server, ProtocolServer)
        return KeySet.import_key_set(server.provider.keys.public)

    def end_session(self, end_session_request: EndSessionRequest) -> None:
        """Nothing more: the page that asked has forgotten the session already."""
