"""What the history keeps as the ground of a step."""

import dataclasses
from collections.abc import Iterable

from mahis.domain.cosigning import Adding
from mahis.domain.documents import RejectionReason
from mahis.domain.parties import Actor, Side
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Method
from mahis.store.models import AuthorisationDocument


@dataclasses.dataclass(frozen=True, kw_only=True)
class Given:
    """One party's signature on a document."""

    side: Side
    person_name: str
    #: By which functions the person signed.
    power: SigningPower
    adds: Adding
    #: SHA-256 of the certificate, hexadecimal; empty for a signature by hand.
    certificate: str = ""


def of_power(power: SigningPower, adds: Adding | None = None) -> dict[str, object]:
    """Give the functions by which somebody acted, from the enterprise to the person.

    Of several ways to sign with another it is the first that counted (`adds`).
    """
    used = (way.chain for way in power.joint if adds is None or way.function in adds.functions)
    return {
        "offices": [
            {"enterprise": str(office.enterprise), "function": office.function}
            for office in next(used, power.chain)
        ]
    }


def of_authentication(actor: Actor, power: SigningPower, adds: Adding) -> dict[str, object]:
    """Give what a validation by authentication rests on: login level and functions."""
    return {
        "method": Method.AUTHENTICATION.value,
        "assurance": actor.assurance,
        **of_power(power, adds),
    }


def of_half_signed(sides: frozenset[Side]) -> dict[str, object]:
    """Give the parties for which an act brought the first of two signatures."""
    return {"halfSigned": [side.value for side in Side if side in sides]} if sides else {}


def of_document(row: AuthorisationDocument, method: Method) -> dict[str, object]:
    """Give what an act on a document rests on: its number, and its content by its digest."""
    return {"method": method.value, "document": row.number, "sha256": row.document_id}


def of_signatures(
    method: Method, *, document: AuthorisationDocument, signatures: Iterable[Given]
) -> dict[str, object]:
    """Give what a validation by signatures on a document rests on: the document, and who signed."""
    given = [
        {
            "side": each.side.value,
            "person": each.person_name,
            **({"certificate": each.certificate} if each.certificate else {}),
            **of_power(each.power, each.adds),
        }
        for each in signatures
    ]
    return {**of_document(document, method), "signatures": given}


def of_rejection(row: AuthorisationDocument | None, reason: RejectionReason) -> dict[str, object]:
    """Give what a rejection rests on: the scan that was looked at, and the reason by its code."""
    document = {} if row is None else of_document(row, Method.HANDWRITTEN)
    return {**document, "rejection": reason.value}
