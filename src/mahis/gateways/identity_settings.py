"""What an operator says about the OpenID provider: plain values, checked when they are made."""

import dataclasses
import ipaddress
import pathlib
import urllib.parse

#: Levels of the federal login, weakest first.
FEDERAL_LEVELS = tuple(
    f"urn:be:fedict:iam:fas:Level{level}" for level in (100, 200, 300, 350, 400, 450, 500)
)
#: Signatures that can be checked with a public key; `none` and shared secrets never count.
_SOUND_ALGORITHMS = frozenset({
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
})  # fmt: skip
_MOST_LEEWAY_SECONDS = 300


class IdentityMisconfigured(ValueError):
    """The settings cannot be used; the text says which one and why."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClaimNames:
    """Under which names the provider tells who a person is; by default the federal login's."""

    national_number: str = "egovNRN"
    given_name: str = "givenName"
    family_name: str = "surname"
    language: str = "prefLanguage"
    assurance: str = "acr"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProviderSettings:
    """One OpenID provider and how we are known there."""

    #: The provider's name for itself, exactly as in its discovery document.
    issuer: str
    client_id: str
    #: File with our private key, JWK or PEM; needed unless there is a secret.
    client_key_file: pathlib.Path | None = None
    client_secret: str = dataclasses.field(default="", repr=False)
    #: Address of this service as browsers see it, without a slash at the end.
    public_url: str
    scopes: tuple[str, ...] = ("openid", "profile", "egovnrn")
    claims: ClaimNames = ClaimNames()
    #: Assurance levels that count, weakest first.
    levels: tuple[str, ...] = FEDERAL_LEVELS
    #: Weakest level that may log in.
    minimum_level: str = "urn:be:fedict:iam:fas:Level450"
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")
    #: Whether userinfo must be a signed token; plain JSON is refused then.
    signed_userinfo: bool = True
    #: How far the provider's clock may be from ours.
    leeway_seconds: int = 60
    timeout_seconds: float = 10
    #: How long a person may take between the start of a login and its end.
    login_seconds: int = 900
    #: Real people rely on this installation: TLS only, and no practice provider.
    production: bool = True

    def __post_init__(self) -> None:
        self._require(bool(self.client_id), "the client id is missing")
        self._require(
            bool(self.client_key_file) != bool(self.client_secret),
            "either a client key file or a client secret is needed, and not both",
        )
        self._require(
            self.minimum_level in self.levels, "the minimum level is not one of the levels"
        )
        self._require(
            bool(self.algorithms) and _SOUND_ALGORITHMS.issuperset(self.algorithms),
            f"the algorithms must be some of {', '.join(sorted(_SOUND_ALGORITHMS))}",
        )
        self._require("openid" in self.scopes, "the scopes must hold openid")
        self._require(self.login_seconds > 0, "the time for a login must be positive")
        self._require(self.timeout_seconds > 0, "the time to wait must be positive")
        self._require(
            0 <= self.leeway_seconds <= _MOST_LEEWAY_SECONDS,
            f"the clocks may differ by {_MOST_LEEWAY_SECONDS} seconds at most",
        )
        self.require_address(self.issuer, "the issuer")
        self._require(bool(self.public_url), "the address of this service is missing")

    def require_address(self, address: str, what: str) -> None:
        """Require an address that may be used here; raises IdentityMisconfigured.

        In production that is TLS to another machine than this one; a practice provider runs on
        this machine and without TLS.
        """
        try:
            parts = urllib.parse.urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urllib.parse.SplitResult("", "", "", "", ""), ""
        self._require(
            parts.scheme in {"http", "https"} and bool(host), f"{what} must be an http(s) address"
        )
        if self.production:
            self._require(parts.scheme == "https", f"{what} must be an https address")
            self._require(not _is_this_machine(host), f"{what} must not be on this machine")

    def reaches(self, level: str) -> bool:
        """Say whether a level is the minimum or stronger; unknown levels never are."""
        return level in self.levels and (
            self.levels.index(level) >= self.levels.index(self.minimum_level)
        )

    def _require(self, holds: bool, message: str) -> None:  # noqa: FBT001 - reads as a sentence
        if not holds:
            raise IdentityMisconfigured(message)


def _is_this_machine(host: str) -> bool:
    host = host.rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
