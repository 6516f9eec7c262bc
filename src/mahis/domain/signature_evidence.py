"""What is known of a file that came back and of each signature in it: facts, and no judgement.

Whether the facts are enough is for `signed_forms` to say. The words follow ETSI EN 319 102-1.
"""

import dataclasses
import datetime
import enum

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Side


class FileState(enum.Enum):
    """Whether a file can be read as a PDF at all."""

    READABLE = "readable"
    NOT_A_PDF = "notAPdf"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    #: Reading it would take more time or memory than anybody's signature is worth.
    TOO_COSTLY = "tooCostly"


class Change(enum.Enum):
    """What was changed in a file after its first signature, beside signatures in their fields."""

    #: Pages, fonts, structure, metadata, scripts: anything that is no form and no annotation.
    CONTENT = "content"
    #: The value or the looks of a form field that is no signature.
    FIELD = "field"
    ANNOTATION = "annotation"
    #: What later signatures may change (DocMDP, FieldMDP, the signature field itself).
    PERMISSIONS = "permissions"
    #: Something behind the last signature that no signature covers.
    AFTERWARDS = "afterwards"


class Kind(enum.Enum):
    """What a signature in a file is for."""

    #: The certification by which the register seals a form.
    SEAL = "seal"
    #: A document timestamp of RFC 3161.
    TIMESTAMP = "timestamp"
    #: A signature of a person.
    PERSON = "person"


class Path(enum.Enum):
    """What came of following a certificate to the configured trust."""

    TRUSTED = "trusted"
    #: No path to anybody trusted.
    UNKNOWN_ISSUER = "unknownIssuer"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "notYetValid"
    #: The issuer says how revocation can be asked, but no answer was to be had.
    REVOCATION_UNKNOWN = "revocationUnknown"
    #: A certificate on the path breaks a rule: no authority, forbidden use, weak key.
    UNACCEPTABLE = "unacceptable"


class Qualification(enum.Enum):
    """Whether a certificate is a qualified one for electronic signatures (eIDAS, annex I)."""

    QUALIFIED = "qualified"
    NOT_QUALIFIED = "notQualified"
    #: Neither the certificate nor a trusted list says.
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a signer's certificate says; texts are cleaned of control characters."""

    subject: str
    #: Given names and family name where the certificate has them, else its common name.
    person_name: str
    #: National number in the subject's serialNumber; None where it holds none that is valid.
    person_number: Insz | None
    country: str
    issuer: str
    #: Serial number, hexadecimal.
    serial: str
    #: SHA-256 of the certificate, hexadecimal.
    sha256: str
    #: Key usages by the names of RFC 5280 (`nonRepudiation`, `digitalSignature`, ...).
    key_usage: frozenset[str]
    #: Policy identifiers, dotted.
    policies: frozenset[str]
    qualification: Qualification
    begins: datetime.datetime
    ends: datetime.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signature:
    """One signature in a file; in the order in which they were made."""

    field: str
    kind: Kind
    #: Whether digest and signature value are right for the bytes that it covers.
    intact: bool
    #: Whether it covers everything up to the end of its own revision.
    covers_its_revision: bool
    #: Number of bytes up to the end of its revision; None where it does not cover that.
    end: int | None = None
    #: Digest algorithm, as in `sha256`.
    digest: str
    #: Weak algorithms used in it or in a certificate under it, as in `sha1`, `md5`, `rsa1024`.
    weak: frozenset[str] = frozenset()
    certificate: Certificate | None = None
    path: Path = Path.UNKNOWN_ISSUER
    #: Common name of the trusted end of the path; empty where there is none.
    root: str = ""
    #: The moment that a trusted timestamp proves; None where none does.
    proven_at: datetime.datetime | None = None
    #: The moment that the signer claims; nobody proves it.
    claimed_at: datetime.datetime | None = None
    #: The moment for which the path was judged: proven, else that of our reception.
    judged_at: datetime.datetime
    #: Where the answer about revocation came from: `file`, `ocsp`, `crl`; empty where none did.
    revocation: str = ""
    #: What the permission settings say of later changes: 1 none, 2 forms and signatures, 3 notes.
    permits: int | None = None
    #: A technical word on what went wrong, for operators; never personal data.
    detail: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class FileEvidence:
    """What is known of one file."""

    sha256: str
    size: int
    state: FileState
    #: Number of bytes up to the end of the revision in which a seal was timestamped; None where the
    #: file carries no intact seal and timestamp at its beginning. Whose seal it is, its signature
    #: says.
    sealed_length: int | None = None
    #: SHA-256 of these bytes, hexadecimal; empty where there is no seal.
    sealed_sha256: str = ""
    signatures: tuple[Signature, ...] = ()
    changes: frozenset[Change] = frozenset()
    #: A technical word on what went wrong, for operators; never personal data.
    detail: str = ""

    def of_kind(self, kind: Kind) -> tuple[Signature, ...]:
        """Give the signatures of one kind, in the order in which they were made."""
        return tuple(each for each in self.signatures if each.kind is kind)


#: Names of the signature fields of a form.
SEAL_FIELD = "mahis-seal"
TIMESTAMP_FIELD = "mahis-timestamp"
_PARTY_FIELDS = {Side.MANDATOR: "mandator", Side.MANDATARY: "mandatary"}
#: How many persons may have to sign for a party.
MOST_SIGNATORIES = 2


def field_of(side: Side, *, place: int = 1) -> str:
    """Give the name of a signature field of a party: `mandator`, and `mandator-2` for a second."""
    name = _PARTY_FIELDS[side]
    return name if place == 1 else f"{name}-{place}"


def side_of(field: str) -> Side | None:
    """Give the party whose signature field it is; None where it is nobody's."""
    return _OF_FIELDS.get(field)


_OF_FIELDS = {
    field_of(side, place=place): side for side in Side for place in range(1, MOST_SIGNATORIES + 1)
}
