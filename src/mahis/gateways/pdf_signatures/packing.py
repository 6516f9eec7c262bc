"""Trust as a message to a worker: lengths and words in JSON, certificates as they are."""

import datetime
from typing import Any

from mahis.gateways.trust.material import TrustMaterial

#: The kinds of certificates, in the order in which they are sent.
PARTS = ("roots", "intermediates", "tsaRoots", "sealRoots")


def packed(trust: TrustMaterial) -> tuple[dict[str, Any], bytes]:
    """Give trust as a message to a worker."""
    parts = (trust.roots, trust.intermediates, trust.tsa_roots, trust.seal_roots)
    header: dict[str, Any] = {
        name: [len(each) for each in part] for name, part in zip(PARTS, parts, strict=True)
    }
    header["qualified"] = [
        {
            "length": len(each.certificate),
            "name": each.name,
            "forSignatures": each.for_signatures,
            "granted": [[_text(begin), _text(end)] for begin, end in each.granted],
        }
        for each in trust.qualified
    ]
    bodies = [each for part in parts for each in part]
    return header, b"".join([*bodies, *(each.certificate for each in trust.qualified)])


def _text(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
