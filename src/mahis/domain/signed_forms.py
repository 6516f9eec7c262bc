"""What a signed authorisation must be: requirement and verdict on the evidence of a file.

Sources: requirements C10, C11, C13 and C17; ETSI EN 319 102-1 for the three verdicts and the
reasons of single signatures.
"""

import dataclasses
import datetime
import enum
from collections.abc import Iterator, Mapping

from mahis.domain import cosigning, signing
from mahis.domain.cosigning import Adding, FirstOfTwo
from mahis.domain.identifiers import Insz
from mahis.domain.parties import Side
from mahis.domain.representation import SigningPower
from mahis.domain.signature_evidence import (
    Change,
    FileEvidence,
    FileState,
    Kind,
    Path,
    Qualification,
    Signature,
    side_of,
)
from mahis.domain.signing import Level


class Outcome(enum.Enum):
    """The three verdicts of ETSI EN 319 102-1."""

    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"


class Doubt(enum.Enum):
    """Why a file or a signature in it is not accepted."""

    # The file.
    TOO_LARGE = "tooLarge"
    NOT_A_PDF = "notAPdf"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_COSTLY = "tooCostly"
    NOT_OUR_FORM = "notOurForm"
    OTHER_AUTHORISATION = "otherAuthorisation"
    OLDER_VERSION = "olderVersion"
    CONTENT_CHANGED = "contentChanged"
    FIELD_CHANGED = "fieldChanged"
    NO_SIGNATURE = "noSignature"
    # One signature.
    FOREIGN_FIELD = "foreignField"
    WRONG_PARTYS_FIELD = "wrongPartysField"
    SIGNATURE_BROKEN = "signatureBroken"
    WEAK_ALGORITHM = "weakAlgorithm"
    UNKNOWN_CERTIFICATE = "unknownCertificate"
    UNACCEPTABLE_CERTIFICATE = "unacceptableCertificate"
    NOT_A_SIGNATURE_CERTIFICATE = "notASignatureCertificate"
    NOT_QUALIFIED = "notQualified"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "notYetValid"
    REVOCATION_UNKNOWN = "revocationUnknown"
    NO_PERSON_NUMBER = "noPersonNumber"
    SIGNER_NOT_REPRESENTATIVE = "signerNotRepresentative"
    SAME_SIGNATORY = "sameSignatory"
    SIGNATORIES_DO_NOT_FIT = "signatoriesDoNotFit"
    LEVEL_TOO_LOW = "levelTooLow"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rules:
    """What an operator demands of signatures."""

    #: Accept SHA-1 (cards of before 2014); refused by default.
    allow_sha1: bool = False
    #: Demand a qualified certificate for electronic signatures.
    qualified: bool = True


@dataclasses.dataclass(frozen=True, kw_only=True)
class Accepted:
    """What was accepted before, and is now what a file begins with, byte by byte."""

    #: Number of its bytes: a signature that ends among them is one of those accepted.
    size: int
    at: datetime.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class Requirement:
    """What a file must be to sign one authorisation."""

    #: SHA-256 of the sealed form that is to be signed now.
    form: str
    #: SHA-256 of older sealed forms of the same authorisation.
    older: frozenset[str] = frozenset()
    #: SHA-256 of sealed forms of other authorisations, as far as the file named one.
    others: frozenset[str] = frozenset()
    #: The sides that have validated already, by whatever method.
    signed: frozenset[Side] = frozenset()
    #: The first of two signatures of each side that waits for the second, by whatever method.
    first_of_two: Mapping[Side, FirstOfTwo] = dataclasses.field(default_factory=dict)
    #: What the file begins with that was accepted for a side.
    accepted: Mapping[Side, Accepted] = dataclasses.field(default_factory=dict)
    #: Level of the first validation; None before it.
    first_level: Level | None = None
    #: Power to sign for each party of every person whose signature the file holds.
    powers: Mapping[tuple[Side, Insz], SigningPower] = dataclasses.field(default_factory=dict)
    rules: Rules = Rules()


@dataclasses.dataclass(frozen=True, kw_only=True)
class SignatureVerdict:
    """The verdict on one signature."""

    signature: Signature
    outcome: Outcome
    reason: Doubt | None = None
    #: The party in whose field it stands; None outside forms.
    side: Side | None = None
    #: When this very signature was accepted before, where that is why it is valid.
    accepted_at: datetime.datetime | None = None
    #: What it does for its party; None where it adds nothing to what was given before.
    adds: Adding | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class FormVerdict:
    """The verdict on a whole file."""

    outcome: Outcome
    reason: Doubt | None = None
    #: The party whose signature gave the reason; None where the file did.
    side: Side | None = None
    signatures: tuple[SignatureVerdict, ...] = ()
    #: Whether it was asked who may sign for whom, and at which level.
    asked_who_may: bool = True

    @property
    def signing(self) -> frozenset[Side]:
        """The sides whose valid signature the file holds; none where it is not accepted."""
        if self.outcome is not Outcome.VALID:
            return frozenset()
        return frozenset(
            each.side
            for each in self.signatures
            if each.side is not None and each.signature.kind is Kind.PERSON
        )

    @property
    def completed(self) -> frozenset[Side]:
        """The sides that have validly signed with what the file adds; none where it is refused."""
        return self._added(completes=True)

    @property
    def half_signed(self) -> frozenset[Side]:
        """The sides of which the file adds the first of two signatures, and not the second."""
        return self._added(completes=False) - self.completed

    def _added(self, *, completes: bool) -> frozenset[Side]:
        if self.outcome is not Outcome.VALID:
            return frozenset()
        return frozenset(
            each.side
            for each in self.signatures
            if each.side is not None and each.adds is not None and each.adds.completes is completes
        )


#: What a path that is not trusted makes of a signature.
_OF_PATHS: dict[Path, tuple[Outcome, Doubt]] = {
    Path.UNKNOWN_ISSUER: (Outcome.INDETERMINATE, Doubt.UNKNOWN_CERTIFICATE),
    Path.REVOKED: (Outcome.INVALID, Doubt.REVOKED),
    Path.EXPIRED: (Outcome.INVALID, Doubt.EXPIRED),
    Path.NOT_YET_VALID: (Outcome.INVALID, Doubt.NOT_YET_VALID),
    Path.REVOCATION_UNKNOWN: (Outcome.INDETERMINATE, Doubt.REVOCATION_UNKNOWN),
    Path.UNACCEPTABLE: (Outcome.INVALID, Doubt.UNACCEPTABLE_CERTIFICATE),
}

_OF_STATES: dict[FileState, tuple[Outcome, Doubt]] = {
    FileState.NOT_A_PDF: (Outcome.INVALID, Doubt.NOT_A_PDF),
    FileState.ENCRYPTED: (Outcome.INVALID, Doubt.ENCRYPTED),
    FileState.BROKEN: (Outcome.INDETERMINATE, Doubt.BROKEN),
    FileState.TOO_COSTLY: (Outcome.INDETERMINATE, Doubt.TOO_COSTLY),
}


def judge_signature(signature: Signature, *, rules: Rules) -> SignatureVerdict:
    """Judge one signature by itself: mathematics, certificate, path; not who may sign for whom."""
    outcome, reason = next(_doubts(signature, rules), (Outcome.VALID, None))
    return SignatureVerdict(
        signature=signature, outcome=outcome, reason=reason, side=side_of(signature.field)
    )


def _doubts(signature: Signature, rules: Rules) -> Iterator[tuple[Outcome, Doubt]]:
    """Give what speaks against one signature, the most telling first."""
    if not (signature.intact and signature.covers_its_revision):
        yield Outcome.INVALID, Doubt.SIGNATURE_BROKEN
    if signature.weak - ({"sha1"} if rules.allow_sha1 else set()):
        yield Outcome.INVALID, Doubt.WEAK_ALGORITHM
    if signature.certificate is None:
        yield Outcome.INDETERMINATE, Doubt.UNKNOWN_CERTIFICATE
        return
    if signature.path is Path.UNKNOWN_ISSUER:
        yield _OF_PATHS[signature.path]
    is_of_person = signature.kind is Kind.PERSON
    if is_of_person and "nonRepudiation" not in signature.certificate.key_usage:
        yield Outcome.INVALID, Doubt.NOT_A_SIGNATURE_CERTIFICATE
    if signature.path in _OF_PATHS:
        yield _OF_PATHS[signature.path]
    is_qualified = signature.certificate.qualification is Qualification.QUALIFIED
    if is_of_person and rules.qualified and not is_qualified:
        yield Outcome.INVALID, Doubt.NOT_QUALIFIED


def judge_form(file: FileEvidence, requirement: Requirement) -> FormVerdict:
    """Judge a file that came back for an authorisation: the form, the changes, each signature.

    Valid only where the file starts with the sealed form, nothing but signatures of the parties in
    their fields was added, and every one of them is valid; one that is not spoils the file. Seal
    and timestamps need only be intact: the form is known by its bytes, and a timestamp of somebody
    unknown proves nothing and spoils nothing. A signature that was accepted before need only be
    intact in its place too: its certificate may have been revoked or have expired since.
    """
    verdicts = _judge_in_order(file.signatures, requirement)
    is_current = file.sealed_sha256 == requirement.form
    which = None if is_current else _which_form(file, requirement)
    return _verdict(file, which, verdicts, [each for each in verdicts if _spoils(each)])


def judge_alone(file: FileEvidence, *, rules: Rules) -> FormVerdict:
    """Judge a signed form by itself, where nothing is known of its authorisation.

    Its seal must be the register's, since nothing else says that the form is ours. Who may sign
    for whom is not asked.
    """
    verdicts = tuple(_in_its_place(judge_signature(each, rules=rules)) for each in file.signatures)
    is_ours = file.sealed_length is not None and (
        file.signatures[0].path is not Path.UNKNOWN_ISSUER
    )
    which = None if is_ours else Doubt.NOT_OUR_FORM
    sealing, later = verdicts[:2], verdicts[2:]
    verdict = _verdict(file, which, verdicts, [*sealing, *filter(_spoils, later)])
    return dataclasses.replace(verdict, asked_who_may=False)


def _spoils(verdict: SignatureVerdict) -> bool:
    """Say whether a signature that is not valid spoils the whole file."""
    return verdict.signature.kind is Kind.PERSON or verdict.reason is Doubt.SIGNATURE_BROKEN


def _verdict(
    file: FileEvidence,
    which: Doubt | None,
    verdicts: tuple[SignatureVerdict, ...],
    vetoing: list[SignatureVerdict],
) -> FormVerdict:
    """Give the first that speaks against a file: its state, its form, a change, a signature."""
    for outcome, reason in _of_the_file(file, which):
        return FormVerdict(outcome=outcome, reason=reason, signatures=verdicts)
    for verdict in vetoing:
        if verdict.outcome is not Outcome.VALID:
            return FormVerdict(
                outcome=verdict.outcome,
                reason=verdict.reason,
                side=verdict.side,
                signatures=verdicts,
            )
    return FormVerdict(outcome=Outcome.VALID, signatures=verdicts)


def _of_the_file(file: FileEvidence, which: Doubt | None) -> list[tuple[Outcome, Doubt]]:
    """List what is wrong with a file as a whole, the most telling first."""
    if file.state in _OF_STATES:
        return [_OF_STATES[file.state]]
    found = []
    if which is not None:
        found.append((Outcome.INVALID, which))
    if Change.FIELD in file.changes:
        found.append((Outcome.INVALID, Doubt.FIELD_CHANGED))
    if file.changes:
        found.append((Outcome.INVALID, Doubt.CONTENT_CHANGED))
    if not file.of_kind(Kind.PERSON):
        found.append((Outcome.INVALID, Doubt.NO_SIGNATURE))
    return found


def _which_form(file: FileEvidence, requirement: Requirement) -> Doubt:
    if file.sealed_sha256 in requirement.older:
        return Doubt.OLDER_VERSION
    if file.sealed_sha256 in requirement.others:
        return Doubt.OTHER_AUTHORISATION
    return Doubt.NOT_OUR_FORM


def _judge_in_order(
    signatures: tuple[Signature, ...], requirement: Requirement
) -> tuple[SignatureVerdict, ...]:
    """Judge one signature after the other, since a second one may make a party's whole."""
    signed, first_of_two = requirement.signed, dict(requirement.first_of_two)
    verdicts = []
    for each in signatures:
        if each.kind is not Kind.PERSON:
            verdicts.append(judge_signature(each, rules=requirement.rules))
            continue
        verdict = _judge_of_party(each, requirement)
        side, number = verdict.side, _number(each)
        if verdict.outcome is Outcome.VALID and side is not None and number is not None:
            if side not in signed and number != _person(requirement.first_of_two.get(side)):
                verdict = _weighed(verdict, requirement.powers[side, number], first_of_two)
            if verdict.adds is not None and verdict.adds.completes:
                signed |= {side}
            elif verdict.adds is not None:
                first_of_two[side] = FirstOfTwo(person=number, functions=verdict.adds.functions)
        verdicts.append(verdict)
    return tuple(verdicts)


def _weighed(
    verdict: SignatureVerdict, power: SigningPower, first_of_two: Mapping[Side, FirstOfTwo]
) -> SignatureVerdict:
    """Say what a new signature does for its party, which has not validly signed before it."""
    assert verdict.side is not None
    first = first_of_two.get(verdict.side)
    adds = cosigning.adding(power=power, first=first)
    if first is None or (adds.completes and first.person != _number(verdict.signature)):
        return dataclasses.replace(verdict, adds=adds)
    is_same = first.person == _number(verdict.signature)
    reason = Doubt.SAME_SIGNATORY if is_same else Doubt.SIGNATORIES_DO_NOT_FIT
    return dataclasses.replace(verdict, outcome=Outcome.INVALID, reason=reason)


def _number(signature: Signature) -> Insz | None:
    return None if signature.certificate is None else signature.certificate.person_number


def _person(first: FirstOfTwo | None) -> Insz | None:
    return None if first is None else first.person


def _judge_of_party(signature: Signature, requirement: Requirement) -> SignatureVerdict:
    """Judge a person's signature in a form; one that was accepted before stays so while intact."""
    verdict = _judge_anew(signature, requirement)
    if verdict.outcome is Outcome.VALID or verdict.reason is Doubt.SIGNATURE_BROKEN:
        return verdict
    accepted = None if verdict.side is None else requirement.accepted.get(verdict.side)
    if accepted is None or signature.end is None or signature.end > accepted.size:
        return verdict
    return dataclasses.replace(verdict, outcome=Outcome.VALID, reason=None, accepted_at=accepted.at)


def _judge_anew(signature: Signature, requirement: Requirement) -> SignatureVerdict:
    """Judge a person's signature by itself, then who signed for whom, and how high."""
    alone = _in_its_place(judge_signature(signature, rules=requirement.rules))
    if alone.side is None or alone.outcome is not Outcome.VALID:
        return alone
    reason = _who_signed(signature, alone.side, requirement)
    if reason is None:
        return alone
    return dataclasses.replace(alone, outcome=Outcome.INVALID, reason=reason)


def _in_its_place(verdict: SignatureVerdict) -> SignatureVerdict:
    """Refuse a person's signature that stands in nobody's field."""
    if verdict.signature.kind is Kind.PERSON and verdict.side is None:
        return dataclasses.replace(verdict, outcome=Outcome.INVALID, reason=Doubt.FOREIGN_FIELD)
    return verdict


def _who_signed(signature: Signature, side: Side, requirement: Requirement) -> Doubt | None:
    certificate = signature.certificate
    if certificate is None or certificate.person_number is None:
        return Doubt.NO_PERSON_NUMBER
    number = certificate.person_number
    if not _may_sign(requirement, side, number):
        other = _may_sign(requirement, side.other, number)
        return Doubt.WRONG_PARTYS_FIELD if other else Doubt.SIGNER_NOT_REPRESENTATIVE
    first = requirement.first_level
    if side not in requirement.signed and first is not None:
        return None if signing.mixes(first=first, second=Level.EID) else Doubt.LEVEL_TOO_LOW
    return None


def _may_sign(requirement: Requirement, side: Side, number: Insz) -> bool:
    power = requirement.powers.get((side, number))
    return power is not None and power.granted
