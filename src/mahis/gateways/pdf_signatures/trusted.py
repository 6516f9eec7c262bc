"""Trust inside a worker: parsed once, kept as long as it is the same."""

import dataclasses
import datetime
from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko_certvalidator.registry import SimpleTrustManager

from mahis.gateways.pdf_signatures.packing import PARTS
from mahis.gateways.trust.material import QualifiedService

_MOST_KEPT = 2


@dataclasses.dataclass(frozen=True, kw_only=True)
class Trust:
    """What paths may end in or lead through, ready for use."""

    people: SimpleTrustManager
    timestamps: SimpleTrustManager
    seals: SimpleTrustManager
    #: Anything that may sign, where the kind of signature is not known.
    anything: SimpleTrustManager
    intermediates: tuple[x509.Certificate, ...]
    #: Services that issue qualified certificates, by the SHA-256 of their public key; None where no
    #: trusted list is used.
    qualified: dict[bytes, tuple[QualifiedService, ...]] | None


_KEPT: dict[str, Trust] = {}


def kept(stamp: str) -> Trust | None:
    """Give the trust of a stamp, where this worker has seen it."""
    return _KEPT.get(stamp)


def keep(stamp: str, header: dict[str, Any], body: bytes) -> Trust:
    """Parse trust as `packing` packed it, and keep it."""
    while len(_KEPT) >= _MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]
    _KEPT[stamp] = _unpacked(header, body)
    return _KEPT[stamp]


def _unpacked(header: dict[str, Any], body: bytes) -> Trust:
    rest = memoryview(body)

    def take(length: int) -> bytes:
        nonlocal rest
        taken, rest = bytes(rest[:length]), rest[length:]
        return taken

    roots, intermediates, tsa, seal = (
        [x509.Certificate.load(take(length)) for length in header[name]] for name in PARTS
    )
    services = [_service(each, take(each["length"])) for each in header["qualified"]]
    return Trust(
        people=SimpleTrustManager.build(trust_roots=roots),
        timestamps=SimpleTrustManager.build(trust_roots=tsa),
        seals=SimpleTrustManager.build(trust_roots=seal),
        anything=SimpleTrustManager.build(trust_roots=[*roots, *tsa, *seal]),
        intermediates=tuple(intermediates),
        qualified=_by_key(services) if services else None,
    )


def _service(described: dict[str, Any], certificate: bytes) -> QualifiedService:
    granted = [
        (datetime.datetime.fromisoformat(begin), end and datetime.datetime.fromisoformat(end))
        for begin, end in described["granted"]
    ]
    return QualifiedService(
        certificate=certificate,
        name=described["name"],
        granted=tuple(granted),
        for_signatures=described["forSignatures"],
    )


def _by_key(services: list[QualifiedService]) -> dict[bytes, tuple[QualifiedService, ...]]:
    found: dict[bytes, tuple[QualifiedService, ...]] = {}
    for each in services:
        key = x509.Certificate.load(each.certificate).public_key.sha256
        found[key] = (*found.get(key, ()), each)
    return found
