"""What an operator says about the seal of the register: plain values and the key behind them."""

import dataclasses
import pathlib
import urllib.parse
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

SealKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_MOST_TRIES = 10
_LONGEST_SECONDS = 60.0
_SHORTEST_RSA_KEY = 2048


class SealMisconfigured(ValueError):
    """The settings cannot be used; the text says which one and why."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class SealSettings:
    """The key that seals forms, and the authority that timestamps them."""

    #: Private key of the seal, PEM, elliptic or RSA, without a password.
    key_file: pathlib.Path
    #: Its certificate, followed by those of its issuers, PEM.
    certificate_file: pathlib.Path
    #: Address of the timestamp authority.
    tsa_url: str
    #: How long one try may take.
    tsa_timeout_seconds: float = 5
    tsa_tries: int = 3
    tsa_username: str = ""
    tsa_password: str = dataclasses.field(default="", repr=False)

    def __post_init__(self) -> None:
        try:
            parts = urllib.parse.urlsplit(self.tsa_url)
            is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            is_address = False
        if not is_address:
            raise SealMisconfigured("the timestamp authority must be an http(s) address")
        if not 0 < self.tsa_timeout_seconds <= _LONGEST_SECONDS:
            raise SealMisconfigured(f"a try may take at most {_LONGEST_SECONDS:g} seconds")
        if not 1 <= self.tsa_tries <= _MOST_TRIES:
            raise SealMisconfigured(f"there may be 1 to {_MOST_TRIES} tries")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Seal:
    """A key with the certificate that belongs to it and the issuers above."""

    key: SealKey = dataclasses.field(repr=False)
    certificate: x509.Certificate
    issuers: tuple[x509.Certificate, ...]

    @property
    def name(self) -> str:
        """The name in the certificate: the common name, or else the organisation's."""
        for kind in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
            for attribute in self.certificate.subject.get_attributes_for_oid(kind):
                return str(attribute.value)
        return ""


def read_seal(settings: SealSettings) -> Seal:
    """Read the seal from its files; raises SealMisconfigured, which never quotes the key."""
    key = _read_key(settings.key_file)
    certificate, *issuers = _read_certificates(settings.certificate_file)
    if certificate.public_key() != key.public_key():
        raise SealMisconfigured(
            f"the key in {settings.key_file} does not fit the first certificate"
            f" in {settings.certificate_file}"
        )
    _require_can_seal(certificate, settings.certificate_file)
    return Seal(key=key, certificate=certificate, issuers=tuple(issuers))


def _read_key(file: pathlib.Path) -> SealKey:
    content = _content(file)
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (TypeError, ValueError) as error:
        # The library's own text may quote the key, so only the kind of error is told.
        message = f"the key in {file} cannot be read ({type(error).__name__})"
        raise SealMisconfigured(message) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise SealMisconfigured(f"the key in {file} is neither elliptic nor RSA")
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < _SHORTEST_RSA_KEY:
        raise SealMisconfigured(f"the key in {file} is shorter than {_SHORTEST_RSA_KEY} bits")
    return key


def _read_certificates(file: pathlib.Path) -> list[x509.Certificate]:
    content = _content(file)
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError:
        raise SealMisconfigured(f"there are no certificates to be read in {file}") from None


def _content(file: pathlib.Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SealMisconfigured(f"{file} cannot be read ({type(error).__name__})") from None


def _require_can_seal(certificate: x509.Certificate, file: pathlib.Path) -> None:
    extensions = {type(each.value): each.value for each in _extensions(certificate, file)}
    usage = extensions.get(x509.KeyUsage)
    if isinstance(usage, x509.KeyUsage) and not (
        usage.digital_signature or usage.content_commitment
    ):
        raise SealMisconfigured(f"the certificate in {file} is not for signatures")
    constraints = extensions.get(x509.BasicConstraints)
    if isinstance(constraints, x509.BasicConstraints) and constraints.ca:
        raise SealMisconfigured(f"the certificate in {file} is an authority's, not a seal's")


def _extensions(
    certificate: x509.Certificate, file: pathlib.Path
) -> Iterable[x509.Extension[x509.ExtensionType]]:
    try:
        return certificate.extensions
    except ValueError:
        raise SealMisconfigured(f"the certificate in {file} cannot be read") from None
