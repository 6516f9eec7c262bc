"""Our own private key at the OpenID provider, with which we prove who we are."""

import json
import os
import pathlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, OKPKey, RSAKey

from mahis.gateways.identity_settings import IdentityMisconfigured

ClientKey = ECKey | RSAKey | OKPKey

_EC_ALGORITHMS = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
_PEM_MARK = b"-----BEGIN"


def read_client_key(file: pathlib.Path) -> ClientKey:
    """Read a private key from a JWK or PEM file; raises IdentityMisconfigured."""
    try:
        content = file.read_bytes()
        key = (
            _import_pem(content)
            if _PEM_MARK in content
            else JWKRegistry.import_key(json.loads(content))
        )
    except (OSError, TypeError, ValueError, JoseError) as error:
        # The library's own text may quote the key, so only the kind of error is told.
        message = f"the client key in {file} cannot be read ({type(error).__name__})"
        raise IdentityMisconfigured(message) from None
    if not isinstance(key, ECKey | RSAKey | OKPKey) or not key.is_private:
        message = f"the client key in {file} is not a private key"
        raise IdentityMisconfigured(message)
    key.ensure_kid()
    return key


def make_client_key(file: pathlib.Path) -> None:
    """Write a new private key that only the owner of the file can read."""
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(key.as_dict(private=True), stream)


def public_keys(file: pathlib.Path) -> dict[str, list[dict[str, str | list[str]]]]:
    """Give the public side of a key file as a JWKS document, to hand to the provider."""
    return {"keys": [dict(read_client_key(file).as_dict(private=False))]}


def signing_algorithm(key: ClientKey) -> str:
    """Name the algorithm that fits a key."""
    if isinstance(key, ECKey):
        return _EC_ALGORITHMS.get(key.curve_name, "ES256")
    return "RS256" if isinstance(key, RSAKey) else "EdDSA"


def _import_pem(content: bytes) -> ClientKey:
    native = serialization.load_pem_private_key(content, password=None)
    kinds = (
        (ec.EllipticCurvePrivateKey, ECKey),
        (rsa.RSAPrivateKey, RSAKey),
        (ed25519.Ed25519PrivateKey, OKPKey),
    )
    for native_kind, kind in kinds:
        if isinstance(native, native_kind):
            return kind.import_key(content)
    message = "a key of this kind cannot sign for us"
    raise TypeError(message)
