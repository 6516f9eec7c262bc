"""Whether a trusted list stands behind a certificate: a granted service on its path."""

import datetime
import functools
from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mahis.gateways.trust import criteria
from mahis.gateways.trust.material import QualifiedService


def is_listed(
    services: Sequence[QualifiedService], *, path: Sequence[bytes], at: datetime.datetime
) -> bool:
    """Say whether a certificate was issued, and at a moment stood, under a granted service.

    Both are asked (ETSI TS 119 615): who lost the grant cannot issue under it, and who gained one
    did not have it before. `path` holds certificates (DER), that of the person first, the trusted
    end last. A list may name any authority on it: the Belgian one names the roots. The certificate
    itself must say besides that it is a qualified one.
    """
    leaf = criteria.leaf_of(path[0]) if path else None
    if leaf is None:
        return False
    authorities = {identity for each in path[1:] if (identity := _identity(each)) is not None}
    standing = [
        service
        for service in services
        if service.for_signatures
        and service.is_granted(at=at)
        and service.is_granted(at=leaf.issued)
        and _identity(service.certificate) in authorities
    ]
    excepted = (criteria.fits(leaf, one) for service in standing for one in service.exceptions)
    return bool(standing) and not any(excepted)


@functools.lru_cache(maxsize=1000)
def _identity(certificate: bytes) -> tuple[bytes, bytes] | None:
    """Give what makes two certificates those of one authority: its name and its key."""
    try:
        read = x509.load_der_x509_certificate(certificate)
        key = read.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return read.subject.public_bytes(), key
    except (ValueError, UnsupportedAlgorithm):
        return None
