"""Trust inside a worker: parsed once, kept as long as it is the same."""

import dataclasses

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko_certvalidator.registry import SimpleTrustManager

from mahis.gateways import trust as gateway
from mahis.gateways.trust import QualifiedService, TrustMaterial

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
    #: Services that issue qualified certificates; empty where no trusted list is used.
    qualified: tuple[QualifiedService, ...]


_KEPT: dict[str, Trust] = {}


def kept(stamp: str) -> Trust | None:
    """Give the trust of a stamp, where this worker has seen it."""
    return _KEPT.get(stamp)


def keep(stamp: str, packed: bytes) -> Trust:
    """Parse trust as the parent packed it, and keep it."""
    while len(_KEPT) >= _MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]
    _KEPT[stamp] = _parsed(gateway.unpack(packed))
    return _KEPT[stamp]


def _parsed(material: TrustMaterial) -> Trust:
    roots, tsa, seal, between = (
        [x509.Certificate.load(each) for each in some]
        for some in (
            material.roots,
            material.tsa_roots,
            material.seal_roots,
            material.intermediates,
        )
    )
    return Trust(
        people=SimpleTrustManager.build(trust_roots=roots),
        timestamps=SimpleTrustManager.build(trust_roots=tsa),
        seals=SimpleTrustManager.build(trust_roots=seal),
        anything=SimpleTrustManager.build(trust_roots=[*roots, *tsa, *seal]),
        intermediates=tuple(between),
        qualified=material.qualified,
    )
