"""TLS for the practice e-Box: with a right certificate, or with one that nobody should take."""

import datetime
import enum
import ipaddress
import pathlib
import ssl
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mahis.standins.trust import private_files

_DAY = datetime.timedelta(days=1)


class Tls(enum.StrEnum):
    """What a practice e-Box shows to those who connect."""

    RIGHT = "right"
    #: Of the right authority, for another name.
    WRONG_NAME = "wrong-name"
    #: Of the right authority, for the right name, and over.
    EXPIRED = "expired"
    #: For the right name, by an authority that nobody knows.
    UNKNOWN_ISSUER = "unknown-issuer"


class _Authority:
    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("Practice e-Box authority")
        self.certificate = self._sign(
            self._name, self._key, extensions=[x509.BasicConstraints(ca=True, path_length=0)]
        )

    def issue(self, *, host: str, ends: datetime.timedelta) -> tuple[bytes, bytes]:
        """Give a certificate for a host, and its key, as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._sign(_named(host), key, extensions=[_alternative(host)], ends=ends)
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return certificate.public_bytes(serialization.Encoding.PEM), pem

    def _sign(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        extensions: list[x509.ExtensionType],
        ends: datetime.timedelta = 365 * _DAY,
    ) -> x509.Certificate:
        now = datetime.datetime.fromtimestamp(time.time(), tz=datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 30 * _DAY)
            .not_valid_after(now + ends)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
        )
        for extension in extensions:
            builder = builder.add_extension(
                extension, critical=isinstance(extension, x509.BasicConstraints)
            )
        return builder.sign(self._key, hashes.SHA256())


def context(folder: pathlib.Path, kind: Tls, *, host: str) -> ssl.SSLContext:
    """Make certificates anew, and give what a server needs; `ca.pem` is what clients may trust."""
    right, other = _Authority(), _Authority()
    issuer = other if kind is Tls.UNKNOWN_ISSUER else right
    certificate, key = issuer.issue(
        host="elsewhere.invalid" if kind is Tls.WRONG_NAME else host,
        ends=-_DAY if kind is Tls.EXPIRED else 30 * _DAY,
    )
    private_files.write(
        folder / "ca.pem", right.certificate.public_bytes(serialization.Encoding.PEM)
    )
    private_files.write(folder / "certificate.pem", certificate)
    private_files.write(folder / "key.pem", key)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return made


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _alternative(host: str) -> x509.SubjectAlternativeName:
    try:
        name: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        name = x509.DNSName(host)
    return x509.SubjectAlternativeName([name])
