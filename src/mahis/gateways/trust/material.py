"""Whom we trust when signatures are judged: certificates and periods, as plain values."""

import dataclasses
import datetime
import functools
import hashlib

from mahis.gateways.trust.criteria import Criteria


@dataclasses.dataclass(frozen=True, kw_only=True)
class QualifiedService:
    """A service of a trusted list that issues qualified certificates, and when it was granted."""

    #: The certificate by which the list names the service, DER.
    certificate: bytes
    name: str
    #: Begin and end of each period in which it was granted; no end where it still is.
    granted: tuple[tuple[datetime.datetime, datetime.datetime | None], ...]
    #: Whether it is listed for electronic signatures, as opposed to seals or web sites only.
    for_signatures: bool
    #: What makes one of its certificates none for the signatures of a person all the same.
    exceptions: tuple[Criteria, ...] = ()

    def is_granted(self, *, at: datetime.datetime) -> bool:
        """Say whether the service was granted at a moment."""
        return any(begin <= at and (end is None or at < end) for begin, end in self.granted)


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrustMaterial:
    """Everything that paths may end in or lead through; every certificate is DER."""

    #: Certificates in which the path of a person's certificate may end.
    roots: tuple[bytes, ...]
    #: Certificates through which a path may lead; not trusted by themselves.
    intermediates: tuple[bytes, ...] = ()
    #: Certificates in which the path of a timestamp may end.
    tsa_roots: tuple[bytes, ...] = ()
    #: Certificates in which the path of the register's own seal may end.
    seal_roots: tuple[bytes, ...] = ()
    #: Services that issue qualified certificates; empty where no trusted list is used.
    qualified: tuple[QualifiedService, ...] = ()
    #: Where it comes from, in words for an operator.
    source: str
    #: When the lists were last fetched; None where the trust is a folder.
    as_of: datetime.datetime | None = None

    @functools.cached_property
    def stamp(self) -> str:
        """SHA-256 over the content, hexadecimal: equal for the same trust, whatever its order."""
        digest = hashlib.sha256()
        for name in ("roots", "intermediates", "tsa_roots", "seal_roots"):
            _add(digest, name.encode())
            for certificate in sorted(set(getattr(self, name))):
                _add(digest, certificate)
        for service in sorted(self.qualified, key=repr):
            _add(digest, repr(service).encode())
        return digest.hexdigest()


def _add(digest: "hashlib._Hash", part: bytes) -> None:
    digest.update(len(part).to_bytes(4, "big"))
    digest.update(part)
