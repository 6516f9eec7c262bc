"""Judging signed forms: the whole table of what speaks against a file or a signature in it."""

import dataclasses
import datetime

import pytest

from mahis.domain import form_refusals
from mahis.domain.identifiers import Insz
from mahis.domain.parties import Side
from mahis.domain.refusals import Refused
from mahis.domain.representation import NoPower, SigningPower
from mahis.domain.signature_evidence import (
    SEAL_FIELD,
    TIMESTAMP_FIELD,
    Certificate,
    Change,
    FileEvidence,
    FileState,
    Kind,
    Path,
    Qualification,
    Signature,
    field_of,
    side_of,
)
from mahis.domain.signed_forms import (
    Accepted,
    Doubt,
    FormVerdict,
    Outcome,
    Requirement,
    Rules,
    judge_alone,
    judge_form,
    judge_signature,
)
from mahis.domain.signing import Level

AT = datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC)
LIEVE = Insz("85073003328")
BERNARD = Insz("64121520792")
FORM, OLDER, OTHER = "f" * 64, "0" * 64, "e" * 64
VALID, INVALID, UNSURE = Outcome.VALID, Outcome.INVALID, Outcome.INDETERMINATE

MANDATOR, MANDATARY = Side.MANDATOR, Side.MANDATARY
MAY, MAY_NOT = SigningPower(), SigningPower(why_not=NoPower.FUNCTION_ENDED)


CERTIFICATE = Certificate(
    subject="CN=Lieve Wouters (Signature)",
    person_name="Lieve Maria Wouters",
    person_number=LIEVE,
    country="BE",
    issuer="CN=Citizen CA",
    serial="0a",
    sha256="c" * 64,
    key_usage=frozenset({"nonRepudiation"}),
    policies=frozenset(),
    qualification=Qualification.QUALIFIED,
    begins=AT - datetime.timedelta(days=100),
    ends=AT + datetime.timedelta(days=100),
)
SIGNATURE = Signature(
    field=field_of(MANDATOR),
    kind=Kind.PERSON,
    intact=True,
    covers_its_revision=True,
    end=700,
    digest="sha256",
    certificate=CERTIFICATE,
    path=Path.TRUSTED,
    judged_at=AT,
)


def certificate(number: Insz | None = LIEVE, **changed) -> Certificate:
    return dataclasses.replace(CERTIFICATE, person_number=number, **changed)


def signature(field: str = field_of(MANDATOR), kind: Kind = Kind.PERSON, **changed) -> Signature:
    return dataclasses.replace(SIGNATURE, field=field, kind=kind, **changed)


SEALING = (
    signature(SEAL_FIELD, Kind.SEAL, certificate=certificate(None)),
    signature(TIMESTAMP_FIELD, Kind.TIMESTAMP, certificate=certificate(None)),
)


FILE = FileEvidence(
    sha256="a" * 64,
    size=1000,
    state=FileState.READABLE,
    sealed_length=500,
    sealed_sha256=FORM,
)


def file(*signatures: Signature, **changed) -> FileEvidence:
    return dataclasses.replace(FILE, **{"signatures": SEALING + signatures, **changed})


def requirement(**changed) -> Requirement:
    values = {
        "form": FORM,
        "older": frozenset({OLDER}),
        "others": frozenset({OTHER}),
        "powers": {(MANDATOR, LIEVE): MAY, (MANDATARY, BERNARD): MAY},
    }
    return Requirement(**(values | changed))


BY_BERNARD = signature(field_of(MANDATARY), certificate=certificate(BERNARD))

#: What a signature is like, and what is said of it: by itself, whoever made it.
SIGNATURES = [
    ({}, VALID, None),
    ({"intact": False}, INVALID, Doubt.SIGNATURE_BROKEN),
    ({"covers_its_revision": False}, INVALID, Doubt.SIGNATURE_BROKEN),
    ({"weak": frozenset({"sha1"})}, INVALID, Doubt.WEAK_ALGORITHM),
    ({"weak": frozenset({"md5"})}, INVALID, Doubt.WEAK_ALGORITHM),
    ({"certificate": None}, UNSURE, Doubt.UNKNOWN_CERTIFICATE),
    ({"path": Path.UNKNOWN_ISSUER}, UNSURE, Doubt.UNKNOWN_CERTIFICATE),
    ({"path": Path.REVOKED}, INVALID, Doubt.REVOKED),
    ({"path": Path.EXPIRED}, INVALID, Doubt.EXPIRED),
    ({"path": Path.NOT_YET_VALID}, INVALID, Doubt.NOT_YET_VALID),
    ({"path": Path.REVOCATION_UNKNOWN}, UNSURE, Doubt.REVOCATION_UNKNOWN),
    ({"path": Path.UNACCEPTABLE}, INVALID, Doubt.UNACCEPTABLE_CERTIFICATE),
    (
        {"certificate": certificate(key_usage=frozenset({"digitalSignature"}))},
        INVALID,
        Doubt.NOT_A_SIGNATURE_CERTIFICATE,
    ),
    (
        {"certificate": certificate(qualification=Qualification.UNKNOWN)},
        INVALID,
        Doubt.NOT_QUALIFIED,
    ),
    (
        {"certificate": certificate(qualification=Qualification.NOT_QUALIFIED)},
        INVALID,
        Doubt.NOT_QUALIFIED,
    ),
]

#: What a file is like, what is required of it, and what is said of it.
FILES = [
    (file(signature()), {}, VALID, None, None),
    (file(signature(), BY_BERNARD), {}, VALID, None, None),
    (
        file(BY_BERNARD),
        {"signed": {MANDATOR}, "first_level": Level.AUTHENTICATION},
        VALID,
        None,
        None,
    ),
    (file(BY_BERNARD), {"signed": {MANDATOR}, "first_level": Level.EID}, VALID, None, None),
    (file(state=FileState.NOT_A_PDF), {}, INVALID, Doubt.NOT_A_PDF, None),
    (file(state=FileState.ENCRYPTED), {}, INVALID, Doubt.ENCRYPTED, None),
    (file(state=FileState.BROKEN), {}, UNSURE, Doubt.BROKEN, None),
    (file(state=FileState.TOO_COSTLY), {}, UNSURE, Doubt.TOO_COSTLY, None),
    (file(signature(), sealed_sha256=""), {}, INVALID, Doubt.NOT_OUR_FORM, None),
    (file(signature(), sealed_sha256=OLDER), {}, INVALID, Doubt.OLDER_VERSION, None),
    (file(signature(), sealed_sha256=OTHER), {}, INVALID, Doubt.OTHER_AUTHORISATION, None),
    (file(signature(), changes=frozenset({Change.FIELD})), {}, INVALID, Doubt.FIELD_CHANGED, None),
    *(
        (file(signature(), changes=frozenset({change})), {}, INVALID, Doubt.CONTENT_CHANGED, None)
        for change in Change
        if change is not Change.FIELD
    ),
    (file(), {}, INVALID, Doubt.NO_SIGNATURE, None),
    (file(signature("Signature3")), {}, INVALID, Doubt.FOREIGN_FIELD, None),
    (file(signature("Signature3", intact=False)), {}, INVALID, Doubt.FOREIGN_FIELD, None),
    (
        file(signature(certificate=certificate(BERNARD))),
        {},
        INVALID,
        Doubt.WRONG_PARTYS_FIELD,
        MANDATOR,
    ),
    (file(signature(certificate=certificate(None))), {}, INVALID, Doubt.NO_PERSON_NUMBER, MANDATOR),
    (file(signature()), {"powers": {}}, INVALID, Doubt.SIGNER_NOT_REPRESENTATIVE, MANDATOR),
    (
        file(signature()),
        {"powers": {(MANDATOR, LIEVE): MAY_NOT}},
        INVALID,
        Doubt.SIGNER_NOT_REPRESENTATIVE,
        MANDATOR,
    ),
    (
        file(BY_BERNARD),
        {"signed": {MANDATOR}, "first_level": Level.HANDWRITTEN},
        INVALID,
        Doubt.LEVEL_TOO_LOW,
        MANDATARY,
    ),
    (
        file(signature(), dataclasses.replace(BY_BERNARD, intact=False)),
        {},
        INVALID,
        Doubt.SIGNATURE_BROKEN,
        MANDATARY,
    ),
    (
        file(signature(path=Path.REVOCATION_UNKNOWN), BY_BERNARD),
        {},
        UNSURE,
        Doubt.REVOCATION_UNKNOWN,
        MANDATOR,
    ),
]


class TestOneSignature:
    @pytest.mark.parametrize(("changed", "outcome", "reason"), SIGNATURES)
    def test_is_judged_by_itself(self, changed, outcome, reason):
        verdict = judge_signature(signature(**changed), rules=Rules())
        assert (verdict.outcome, verdict.reason, verdict.side) == (outcome, reason, MANDATOR)

    @pytest.mark.parametrize("path", Path)
    def test_has_something_said_of_every_path_that_is_not_trusted(self, path):
        verdict = judge_signature(signature(path=path), rules=Rules())
        assert (verdict.reason is None) is (path is Path.TRUSTED)

    def test_tells_the_certificate_of_a_login_before_its_revocation(self):
        login = certificate(key_usage=frozenset({"digitalSignature"}))
        verdict = judge_signature(signature(certificate=login, path=Path.REVOKED), rules=Rules())
        assert verdict.reason is Doubt.NOT_A_SIGNATURE_CERTIFICATE

    def test_may_rest_on_sha1_only_where_the_operator_says_so(self):
        rules = Rules(allow_sha1=True)
        assert judge_signature(signature(weak=frozenset({"sha1"})), rules=rules).outcome is VALID
        for weak in ({"md5"}, {"sha1", "md5"}, {"rsa1024"}):
            verdict = judge_signature(signature(weak=frozenset(weak)), rules=rules)
            assert verdict.reason is Doubt.WEAK_ALGORITHM

    def test_needs_no_qualified_certificate_where_the_operator_says_so(self):
        plain = certificate(qualification=Qualification.UNKNOWN)
        verdict = judge_signature(signature(certificate=plain), rules=Rules(qualified=False))
        assert verdict.outcome is VALID

    @pytest.mark.parametrize("kind", [Kind.SEAL, Kind.TIMESTAMP])
    def test_of_a_service_needs_no_certificate_of_a_person(self, kind):
        service = certificate(None, key_usage=frozenset(), qualification=Qualification.UNKNOWN)
        verdict = judge_signature(signature("seal", kind, certificate=service), rules=Rules())
        assert (verdict.outcome, verdict.side) == (VALID, None)


class TestForm:
    @pytest.mark.parametrize(("evidence", "changed", "outcome", "reason", "side"), FILES)
    def test_is_judged_as_a_whole(self, evidence, changed, outcome, reason, side):
        verdict = judge_form(evidence, requirement(**changed))
        assert (verdict.outcome, verdict.reason, verdict.side) == (outcome, reason, side)

    def test_says_who_signs_only_where_it_is_accepted(self):
        assert judge_form(file(signature(), BY_BERNARD), requirement()).signing == {
            MANDATOR,
            MANDATARY,
        }
        broken = dataclasses.replace(BY_BERNARD, intact=False)
        assert judge_form(file(signature(), broken), requirement()).signing == frozenset()

    def test_is_told_before_its_changes_and_they_before_its_signatures(self):
        wrong = file(
            signature(intact=False),
            changes=frozenset({Change.FIELD, Change.CONTENT}),
            sealed_sha256=OLDER,
        )
        assert judge_form(wrong, requirement()).reason is Doubt.OLDER_VERSION
        right = dataclasses.replace(wrong, sealed_sha256=FORM)
        assert judge_form(right, requirement()).reason is Doubt.FIELD_CHANGED

    def test_is_not_spoilt_by_a_timestamp_of_somebody_unknown(self):
        stamp = signature("stamp", Kind.TIMESTAMP, path=Path.UNKNOWN_ISSUER)
        assert judge_form(file(signature(), stamp), requirement()).outcome is VALID
        broken = dataclasses.replace(stamp, intact=False)
        verdict = judge_form(file(signature(), broken), requirement())
        assert verdict.reason is Doubt.SIGNATURE_BROKEN

    def test_is_known_by_its_bytes_whatever_became_of_the_certificate_that_sealed_it(self):
        old = tuple(dataclasses.replace(each, path=Path.EXPIRED) for each in SEALING)
        evidence = file(signatures=(*old, signature()))
        assert judge_form(evidence, requirement()).outcome is VALID


#: What may be said of a signature only after it was accepted.
SINCE = [
    changed
    for changed, _, reason in SIGNATURES
    if reason not in {None, Doubt.SIGNATURE_BROKEN}
] + [
    {"certificate": certificate(None)},
    {"certificate": certificate(BERNARD)},
    {"certificate": certificate(Insz("90051112218"))},
]  # fmt: skip


class TestASignatureAcceptedBefore:
    BEFORE = AT - datetime.timedelta(days=30)
    #: The first party signed in the first 700 bytes, and all of that was accepted.
    ACCEPTED = Accepted(size=700, at=BEFORE)

    def judge(self, first, accepted=ACCEPTED, *, side=MANDATOR):
        wanted = requirement(
            signed=frozenset({MANDATOR}), first_level=Level.EID, accepted={side: accepted}
        )
        second = dataclasses.replace(BY_BERNARD, end=900)
        return judge_form(file(first, second), wanted)

    @pytest.mark.parametrize("changed", SINCE, ids=str)
    def test_stays_so_whatever_became_of_its_certificate_and_its_signer(self, changed):
        verdict = self.judge(signature(**changed))
        assert (verdict.outcome, verdict.reason) == (VALID, None)
        assert verdict.signing == {MANDATOR, MANDATARY}
        *_, first, second = verdict.signatures
        assert (first.outcome, first.reason, first.accepted_at) == (VALID, None, self.BEFORE)
        assert second.accepted_at is None

    def test_is_judged_as_any_other_where_that_is_enough(self):
        *_, first, _second = self.judge(signature()).signatures
        assert (first.outcome, first.accepted_at) == (VALID, None)

    @pytest.mark.parametrize("changed", [{"intact": False}, {"covers_its_revision": False}])
    def test_must_be_intact_all_the_same(self, changed):
        verdict = self.judge(signature(path=Path.REVOKED, **changed))
        assert (verdict.reason, verdict.side) == (Doubt.SIGNATURE_BROKEN, MANDATOR)

    @pytest.mark.parametrize("changed", SINCE, ids=str)
    @pytest.mark.parametrize("end", [None, 701, 900])
    def test_is_not_another_one_behind_what_was_accepted(self, changed, end):
        verdict = self.judge(signature(end=end, **changed))
        assert verdict.outcome is not VALID
        assert verdict.side is MANDATOR

    def test_is_not_that_of_the_other_party(self):
        verdict = self.judge(signature(path=Path.REVOKED), side=MANDATARY)
        assert (verdict.reason, verdict.side) == (Doubt.REVOKED, MANDATOR)

    def test_stands_in_the_field_of_its_party(self):
        verdict = self.judge(signature("Signature3", path=Path.REVOKED))
        assert verdict.reason is Doubt.FOREIGN_FIELD

    def test_excuses_nothing_that_was_changed_since(self):
        wanted = requirement(accepted={MANDATOR: self.ACCEPTED})
        changed = file(signature(path=Path.REVOKED), changes=frozenset({Change.CONTENT}))
        assert judge_form(changed, wanted).reason is Doubt.CONTENT_CHANGED


class TestFormAlone:
    def test_needs_nobody_to_say_who_may_sign(self):
        assert judge_alone(file(signature(), BY_BERNARD), rules=Rules()).outcome is VALID

    @pytest.mark.parametrize(
        ("evidence", "reason"),
        [
            (file(signature(), sealed_length=None), Doubt.NOT_OUR_FORM),
            (
                file(
                    signatures=(
                        dataclasses.replace(SEALING[0], path=Path.UNKNOWN_ISSUER),
                        SEALING[1],
                        signature(),
                    )
                ),
                Doubt.NOT_OUR_FORM,
            ),
            (
                file(
                    signatures=(dataclasses.replace(SEALING[0], path=Path.REVOKED), SEALING[1]),
                ),
                Doubt.NO_SIGNATURE,
            ),
            (
                file(
                    signatures=(
                        SEALING[0],
                        dataclasses.replace(SEALING[1], path=Path.UNKNOWN_ISSUER),
                        signature(),
                    )
                ),
                Doubt.UNKNOWN_CERTIFICATE,
            ),
            (
                file(
                    signatures=(
                        dataclasses.replace(SEALING[0], path=Path.REVOKED),
                        SEALING[1],
                        signature(),
                    )
                ),
                Doubt.REVOKED,
            ),
            (file(signature(path=Path.REVOKED)), Doubt.REVOKED),
            (file(signature("Signature3")), Doubt.FOREIGN_FIELD),
            (file(signature(), changes=frozenset({Change.CONTENT})), Doubt.CONTENT_CHANGED),
            (file(), Doubt.NO_SIGNATURE),
            (file(state=FileState.ENCRYPTED, signatures=(), sealed_length=None), Doubt.ENCRYPTED),
        ],
    )
    def test_must_show_itself_that_it_is_ours(self, evidence, reason):
        assert judge_alone(evidence, rules=Rules()).reason is reason

    def test_is_not_spoilt_by_a_later_timestamp_of_somebody_unknown(self):
        stamp = signature("stamp", Kind.TIMESTAMP, path=Path.UNKNOWN_ISSUER)
        assert judge_alone(file(signature(), stamp), rules=Rules()).outcome is VALID


class TestRefusals:
    def test_are_one_for_each_doubt(self):
        assert set(form_refusals.OF_DOUBTS) == set(Doubt)
        assert len(set(form_refusals.OF_DOUBTS.values())) == len(Doubt)

    def test_can_all_be_reached(self):
        reached = {reason for _, _, reason in SIGNATURES} | {each[3] for each in FILES}
        # A file that is too large is never read: the door refuses it. Two persons who sign for a
        # party have a table of their own.
        together = {Doubt.SAME_SIGNATORY, Doubt.SIGNATORIES_DO_NOT_FIT}
        assert set(Doubt) - reached == {Doubt.TOO_LARGE} | together

    def test_are_raised_for_the_reason_with_the_signer_and_nothing_of_their_number(self):
        verdict = judge_form(file(signature(path=Path.REVOKED)), requirement())
        with pytest.raises(form_refusals.CertificateRevoked) as refusal:
            form_refusals.require_valid(verdict)
        assert refusal.value.field == "file"
        assert refusal.value.found == {"side": MANDATOR, "signer": "Lieve Maria Wouters"}

    def test_name_nobody_where_the_file_gave_the_reason(self):
        verdict = judge_form(file(state=FileState.BROKEN), requirement())
        with pytest.raises(form_refusals.FileBroken) as refusal:
            form_refusals.require_valid(verdict)
        assert refusal.value.found == {"side": None, "signer": ""}

    def test_are_not_raised_for_what_is_valid(self):
        form_refusals.require_valid(FormVerdict(outcome=VALID))

    @pytest.mark.parametrize("doubt", Doubt)
    def test_are_refusals_of_a_file(self, doubt):
        kind = form_refusals.OF_DOUBTS[doubt]
        assert issubclass(kind, form_refusals.FileRefused)
        assert issubclass(kind, Refused)


@pytest.mark.parametrize("side", Side)
def test_a_field_belongs_to_its_party(side):
    assert side_of(field_of(side)) is side


def test_other_fields_belong_to_nobody():
    assert side_of(SEAL_FIELD) is None
    assert side_of("Mandator") is None
