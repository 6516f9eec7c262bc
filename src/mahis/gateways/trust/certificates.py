"""Certificates in files, as operators keep them: PEM or DER, one or several."""

import pathlib
from collections.abc import Iterable

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from mahis.gateways.trust.refusals import TrustUnavailable

#: Under these names certificates are kept; any other file is left alone.
SUFFIXES = frozenset({".cer", ".crt", ".der", ".pem"})
_LARGEST_FILE = 2**20
#: What the parser says of broken certificates: some of it only when their parts are asked for.
_UNREADABLE = (
    ValueError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


def read(file: pathlib.Path) -> list[x509.Certificate]:
    """Read every certificate of a file; raises TrustUnavailable, naming the file."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            raise TrustUnavailable(reason=f"{file} is too large to be a file of certificates.")
        found = parse(content)
        for each in found:
            is_self_signed(each)
    except OSError as error:
        raise TrustUnavailable(reason=f"{file} cannot be read: {error.strerror}.") from error
    except _UNREADABLE as error:
        raise TrustUnavailable(
            reason=f"{file} holds no certificate that can be read; mend it or take it out."
        ) from error
    return found


def parse(content: bytes) -> list[x509.Certificate]:
    """Take the certificates out of PEM or DER; raises ValueError where there are none."""
    if b"-----BEGIN " in content:
        return x509.load_pem_x509_certificates(content)
    return [x509.load_der_x509_certificate(content)]


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Say whether a certificate names its own subject and its own key as its issuer.

    Its signature is not verified: who pins a root trusts the key, however the root was signed.
    """
    if certificate.subject != certificate.issuer:
        return False
    extensions = certificate.extensions
    try:
        issuer = extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
        own = extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    except x509.ExtensionNotFound:
        return True
    return issuer.key_identifier in {None, own.digest}


def is_readable(certificate: bytes) -> bool:
    """Say whether bytes are a certificate (DER) of which name and key can be read."""
    try:
        read = x509.load_der_x509_certificate(certificate)
        is_self_signed(read)
        read.public_key()
    except _UNREADABLE:
        return False
    return True


def as_der(certificates: Iterable[x509.Certificate]) -> tuple[bytes, ...]:
    """Give certificates as DER, each once, in the order in which they come."""
    return tuple(dict.fromkeys(each.public_bytes(Encoding.DER) for each in certificates))


def name_of(certificate: bytes) -> str:
    """Give the common name in a certificate (DER), else its whole subject."""
    subject = x509.load_der_x509_certificate(certificate).subject
    for attribute in subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME):
        return str(attribute.value)
    return subject.rfc4514_string()
