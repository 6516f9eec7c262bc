"""Trust as bytes, for another process: JSON, and never pickle."""

import base64
import datetime
import json
from collections.abc import Iterable
from typing import Any

from mahis.gateways.trust.criteria import Assertion, Criteria
from mahis.gateways.trust.material import QualifiedService, TrustMaterial

_CERTIFICATES = ("roots", "intermediates", "tsa_roots", "seal_roots")


def pack(material: TrustMaterial) -> bytes:
    """Write trust down."""
    written: dict[str, Any] = {name: _texts(getattr(material, name)) for name in _CERTIFICATES}
    written["qualified"] = [_written(service) for service in material.qualified]
    written["source"] = material.source
    written["as_of"] = material.as_of and material.as_of.isoformat()
    return json.dumps(written).encode()


def unpack(packed: bytes) -> TrustMaterial:
    """Read what `pack` wrote; raises ValueError, KeyError or TypeError for anything else."""
    read = json.loads(packed)
    certificates = {name: tuple(map(base64.b64decode, read[name])) for name in _CERTIFICATES}
    return TrustMaterial(
        **certificates,
        qualified=tuple(map(_service, read["qualified"])),
        source=read["source"],
        as_of=_moment(read["as_of"]),
    )


def _texts(certificates: Iterable[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in certificates]


def _written(service: QualifiedService) -> dict[str, Any]:
    return {
        "certificate": base64.b64encode(service.certificate).decode(),
        "name": service.name,
        "granted": [[begin.isoformat(), end and end.isoformat()] for begin, end in service.granted],
        "for_signatures": service.for_signatures,
        "exceptions": [_criteria_written(each) for each in service.exceptions],
    }


def _service(read: dict[str, Any]) -> QualifiedService:
    return QualifiedService(
        certificate=base64.b64decode(read["certificate"]),
        name=read["name"],
        granted=tuple(
            (datetime.datetime.fromisoformat(begin), _moment(end)) for begin, end in read["granted"]
        ),
        for_signatures=read["for_signatures"],
        exceptions=tuple(map(_criteria, read["exceptions"])),
    )


def _criteria_written(criteria: Criteria) -> dict[str, Any]:
    return {
        "assertion": criteria.assertion.value,
        "policies": criteria.policies,
        "key_usages": criteria.key_usages,
        "lists": [_criteria_written(each) for each in criteria.lists],
        "others": criteria.others,
    }


def _criteria(read: dict[str, Any]) -> Criteria:
    return Criteria(
        assertion=Assertion(read["assertion"]),
        policies=tuple(map(tuple, read["policies"])),
        key_usages=tuple(
            tuple((name, is_set) for name, is_set in one) for one in read["key_usages"]
        ),
        lists=tuple(map(_criteria, read["lists"])),
        others=read["others"],
    )


def _moment(text: str | None) -> datetime.datetime | None:
    return None if text is None else datetime.datetime.fromisoformat(text)
