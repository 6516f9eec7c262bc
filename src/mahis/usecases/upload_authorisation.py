"""Take back a form that was signed with eID: examined, judged, and kept with its report (C10).

The file is examined with nothing locked, since that can take seconds and asks others; what it is
judged by is read again under the lock.
"""

import dataclasses
import datetime

from mahis.domain import documents, form_refusals
from mahis.domain.conditions import Limits
from mahis.domain.cosigning import Adding
from mahis.domain.documents import DocumentKind, FormOutdated, NoForm
from mahis.domain.identifiers import Insz
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Side
from mahis.domain.representation import SigningPower
from mahis.domain.signature_evidence import Certificate, FileEvidence, Kind
from mahis.domain.signed_forms import Accepted, FormVerdict, Requirement, Rules, judge_form
from mahis.domain.signing import Level, Method
from mahis.gateways.files import Files
from mahis.gateways.pdf_signatures import Examiner, report
from mahis.gateways.trust import TrustMaterial
from mahis.store import documents as kept
from mahis.store import loading
from mahis.store.models import AuthorisationDocument, Validation
from mahis.usecases import _documents, _evidence, _for_all, _locked, _record, _replacing
from mahis.usecases._documents import Put
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import in_one_transaction


def upload(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    data: bytes,
    examiner: Examiner,
    trust: TrustMaterial,
    rules: Rules,
    files: Files,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
    file_name: str = "",
) -> int:
    """Validate all mandates by the eID signatures in a file; gives the number of the document.

    The same file a second time, as long as nothing else has happened, leads to the same result.
    Raises AuthorisationUnknown, StalePage, NoForm, FormOutdated, the FileRefused that says why the
    file is not accepted, Busy, or what the table of life says; nothing is written then.
    """
    looked = _locked.look(reference=reference, actor=actor, version=None, on=on)
    put = Put(sha256=files.digest(data), size=len(data))
    done = _done_already(looked, put, version)
    if done is not None:
        return done
    # What no file could mend is said before anybody looks into this one.
    _take(actor, looked, limits, on, signing=frozenset(Side))
    _current_hashes(looked)
    evidence = examiner.examine(data, trust=trust, at=at, rules=rules, fetch=True)
    requirement = _requirement(looked, data, evidence, rules, on)
    form_refusals.require_valid(judge_form(evidence, requirement))
    files.put(data)
    return _accept(
        actor=actor,
        reference=reference,
        version=version,
        data=data,
        put=put,
        evidence=evidence,
        rules=rules,
        limits=limits,
        at=at,
        on=on,
        file_name=documents.clean_file_name(file_name),
    )


@in_one_transaction
def _accept(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    data: bytes,
    put: Put,
    evidence: FileEvidence,
    rules: Rules,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
    file_name: str,
) -> int:
    locked = _locked.lock(reference=reference, actor=actor, version=None, on=on)
    done = _done_already(locked, put, version)
    if done is not None:
        return done
    requirement = _requirement(locked, data, evidence, rules, on)
    verdict = judge_form(evidence, requirement)
    form_refusals.require_valid(verdict)
    signed = _signed(verdict, requirement)
    half = verdict.half_signed
    taken, doer = _take(actor, locked, limits, on, signing=verdict.completed, half_signing=half)
    form = _form_signed(locked, requirement)
    row = _documents.add(
        authorisation=locked.authorisation,
        put=put,
        kind=DocumentKind.SIGNED,
        actor=actor,
        act=Act.UPLOAD_SIGNED,
        version=version + 1,
        at=at,
        language=form.language,
        form=form,
        file_name=file_name,
        report=report.as_json(verdict, evidence),
    )
    Validation.objects.bulk_create(_validation(locked, row, each, at) for each in signed)
    _record.record(
        authorisation=locked.authorisation,
        taken=_replacing.take_places(locked, taken, at=at, on=on),
        by=_record.By(kind=doer.kind, actor=actor),
        at=at,
        signed=locked.signed | verdict.completed,
        evidence={**_rests_on(row, signed), **_evidence.of_half_signed(half)},
    )
    return row.number


def _done_already(locked: Locked, put: Put, version: int) -> int | None:
    return _documents.done_already(
        locked, kind=DocumentKind.SIGNED, sha256=put.sha256, version=version
    )


def _take(
    actor: Actor,
    locked: Locked,
    limits: Limits,
    on: datetime.date,
    *,
    signing: frozenset[Side],
    half_signing: frozenset[Side] = frozenset(),
) -> tuple[list[_record.Taken], Doer]:
    return _for_all.take(
        act=Act.UPLOAD_SIGNED,
        actor=actor,
        locked=locked,
        limits=limits,
        on=on,
        level=Level.EID,
        signing=signing,
        half_signing=half_signing,
    )


# -- what the file is judged by


def _requirement(
    locked: Locked, data: bytes, evidence: FileEvidence, rules: Rules, on: datetime.date
) -> Requirement:
    """Say what a file must be to sign this authorisation; raises NoForm or FormOutdated."""
    current = _current_hashes(locked)
    forms = {form.sha256 for form in kept.sealed_forms(locked.authorisation)}
    return Requirement(
        form=evidence.sealed_sha256 if evidence.sealed_sha256 in current else current[0],
        older=frozenset(forms.difference(current)),
        others=kept.forms_of_others(locked.authorisation, sha256=evidence.sealed_sha256),
        signed=locked.signed,
        first_of_two=locked.signatures.first_of_two,
        accepted=_accepted(locked, data),
        first_level=locked.signatures.first_level,
        powers=_powers(locked, evidence, on),
        rules=rules,
    )


def _current_hashes(locked: Locked) -> list[str]:
    """Give the forms that can be signed now; raises NoForm or FormOutdated where none can."""
    current = kept.current_forms(locked.authorisation, authenticated=locked.authenticated)
    if not current:
        raise FormOutdated if kept.sealed_forms(locked.authorisation) else NoForm
    return [form.sha256 for form in current]


def _accepted(locked: Locked, data: bytes) -> dict[Side, Accepted]:
    """Give for each side the longest file accepted for it with which this one begins."""
    rows = AuthorisationDocument.objects.filter(kind=DocumentKind.SIGNED).select_related("document")
    files = rows.in_bulk([each.document_id for each in locked.validations if each.document_id])
    found = [
        (each.side, Accepted(size=file.document.size, at=file.at))
        for each in locked.validations
        if (file := files.get(each.document_id)) is not None
        if Files.digest(data[: file.document.size]) == file.document.sha256
    ]
    return dict(sorted(found, key=lambda pair: pair[1].size))


def _powers(
    locked: Locked, evidence: FileEvidence, on: datetime.date
) -> dict[tuple[Side, Insz], SigningPower]:
    """Give the power to sign of everybody whose signature the file holds, for each party."""
    numbers = {
        each.certificate.person_number
        for each in evidence.of_kind(Kind.PERSON)
        if each.certificate is not None and each.certificate.person_number is not None
    }
    powers = {
        (side, number): loading.signing_power_of(person=number, enterprise=party.number, on=on)
        for number in numbers
        for side, party in locked.parties.items()
    }
    # What was accepted once stays so: a function may have ended since.
    before = {(each.side, each.person) for each in locked.validations}
    return powers | {key: SigningPower() for key in before & powers.keys()}


def _form_signed(locked: Locked, requirement: Requirement) -> AuthorisationDocument:
    return AuthorisationDocument.objects.get(
        authorisation=locked.authorisation,
        kind=DocumentKind.FORM,
        document_id=requirement.form,
    )


# -- what is kept of each signature


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Signed:
    """One person's new signature."""

    side: Side
    adds: Adding
    certificate: Certificate
    person: Insz
    power: SigningPower
    proven_at: datetime.datetime | None


def _signed(verdict: FormVerdict, requirement: Requirement) -> list[_Signed]:
    """Give the signatures that add to what the parties had signed before, in their order."""
    found = []
    for each in verdict.signatures:
        certificate = each.signature.certificate
        if each.adds is None:
            continue
        assert each.side is not None, "what adds something adds it for a party"
        assert certificate is not None, "a valid signature has a certificate"
        assert certificate.person_number is not None, "and names a person"
        found.append(
            _Signed(
                side=each.side,
                adds=each.adds,
                certificate=certificate,
                person=certificate.person_number,
                power=requirement.powers[each.side, certificate.person_number],
                proven_at=each.signature.proven_at,
            )
        )
    return found


def _rests_on(row: AuthorisationDocument, signed: list[_Signed]) -> dict[str, object]:
    """Give what the history keeps as the ground of the act."""
    given = [
        _evidence.Given(
            side=each.side,
            person_name=each.certificate.person_name,
            power=each.power,
            adds=each.adds,
            certificate=each.certificate.sha256,
        )
        for each in signed
    ]
    return _evidence.of_signatures(Method.EID, document=row, signatures=given)


def _validation(
    locked: Locked, row: AuthorisationDocument, signed: _Signed, at: datetime.datetime
) -> Validation:
    return Validation(
        authorisation=locked.authorisation,
        enterprise_id=locked.parties[signed.side].number,
        side=signed.side,
        method=Method.EID,
        person=signed.person,
        given_name=signed.certificate.person_name,
        family_name="",
        # A moment that nobody proves is not taken from the file: then it is that of reception.
        at=signed.proven_at or at,
        document=row,
        certificate=signed.certificate.sha256,
        issuer=signed.certificate.issuer,
        completes=signed.adds.completes,
        functions=sorted(signed.adds.functions),
    )
