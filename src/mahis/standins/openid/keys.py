"""The provider's own signing keys: made at start, never stored, renewed on demand."""

from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, KeySetSerialization

ALGORITHM = "ES256"


class SigningKeys:
    """Signs tokens with the newest key and still shows the one before."""

    def __init__(self) -> None:
        self._keys = [_make_key()]

    @property
    def public(self) -> KeySetSerialization:
        """The public keys, newest first, as the JWKS document."""
        return KeySet(list(self._keys)).as_dict(private=False)

    def renew(self) -> None:
        """Sign with a new key from now on; keep showing the last one for tokens under way."""
        self._keys = [_make_key(), self._keys[0]]

    def sign(self, claims: dict[str, Any]) -> str:
        """Make a signed token of claims."""
        key = self._keys[0]
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, [ALGORITHM])


def _make_key() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
