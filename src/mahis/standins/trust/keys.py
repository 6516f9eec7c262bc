"""Keys made when first asked for, kept in memory or in a folder that only its owner reads."""

import pathlib
from collections.abc import Mapping
from typing import TypeAlias

from asn1crypto.keys import PrivateKeyInfo, PublicKeyInfo  # type: ignore[import-untyped]
from certomancer.registry import KeyLabel
from certomancer.registry.keys import AsymKey, KeyFromFile, KeySet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from mahis.standins.trust import private_files

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_CURVES: dict[str, ec.EllipticCurve] = {
    "ec-256": ec.SECP256R1(),
    "ec-384": ec.SECP384R1(),
}
_RSA_SIZES = {"rsa-2048": 2048}
_DEFAULT = "default"


class Key(KeyFromFile):
    """A private key, loaded once for all that it signs."""

    def __init__(self, name: KeyLabel, private: PrivateKey) -> None:
        super().__init__(name, path="")
        self.private = private
        self._key = AsymKey(
            public=PublicKeyInfo.load(
                private.public_key().public_bytes(
                    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
                )
            ),
            private=PrivateKeyInfo.load(
                private.private_bytes(
                    serialization.Encoding.DER,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            ),
        )


class Keys(KeySet):
    """All keys of an authority, by label; each is made when it is first asked for."""

    def __init__(self, kinds: Mapping[str, str], *, folder: pathlib.Path | None = None) -> None:
        self._kinds = dict(kinds)
        self._folder = folder
        self._made: dict[str, Key] = {}

    def __getitem__(self, name: KeyLabel) -> Key:
        """Give a key, making it where nobody asked for it before."""
        label = str(name)
        if label not in self._made:
            self._made[label] = Key(name, self._find(label))
        return self._made[label]

    def describe(self, label: str, kind: str) -> None:
        """Say of which kind a key will be."""
        self._kinds[label] = kind

    def _find(self, label: str) -> PrivateKey:
        kind = self._kinds.get(label, self._kinds[_DEFAULT])
        if self._folder is None:
            return make(kind)
        file = self._folder / f"{label}.pem"
        if not file.exists():
            private_files.write(file, as_pem(make(kind)))
        return load(file.read_bytes())


def make(kind: str) -> PrivateKey:
    """Make a key of a kind such as `ec-384` or `rsa-2048`."""
    if kind in _RSA_SIZES:
        return rsa.generate_private_key(public_exponent=65537, key_size=_RSA_SIZES[kind])
    return ec.generate_private_key(_CURVES[kind])


def as_pem(key: PrivateKey) -> bytes:
    """Give a key as an unencrypted PEM file."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def load(pem: bytes) -> PrivateKey:
    """Read a key from a PEM file of ours."""
    key = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return key
