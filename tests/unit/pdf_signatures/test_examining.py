"""What is said of forms that came back, signed by every card of the practice infrastructure."""

import dataclasses
import datetime
import hashlib

import pytest

from mahis.domain.signature_evidence import (
    SEAL_FIELD,
    TIMESTAMP_FIELD,
    Change,
    FileState,
    Kind,
    Path,
    Qualification,
)
from mahis.domain.signed_forms import Doubt, Outcome, Rules, judge_alone
from mahis.gateways.contained import Limits
from mahis.gateways.pdf_signatures import Examiner
from tests.hostile.scene import (
    BY_MANDATARY,
    DAY,
    MADE_AT,
    MANDATARY,
    MANDATOR,
    SIGNED_AT,
    scene,
    signed,
)
from tests.hostile.sealing import sealed, stamp
from tests.pki import pki

HOUR = datetime.timedelta(hours=1)

#: Each card, and what is to be said of a signature with it: path, where revocation was answered,
#: whether it is qualified, and the national number.
CARDS = [
    ("citizen", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, "85073003328")),
    ("citizen-rsa", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, "64121520792")),
    ("foreigner", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, "90051112218")),
    ("bis-number", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, "90460512396")),
    ("foreign-country", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, "91022814468")),
    ("revoked", (Path.REVOKED, "ocsp", Qualification.QUALIFIED, "70010200158")),
    ("expired", (Path.EXPIRED, "", Qualification.QUALIFIED, "50030400276")),
    ("not-yet-valid", (Path.NOT_YET_VALID, "", Qualification.QUALIFIED, "99120100294")),
    ("no-number", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, None)),
    ("wrong-number", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, None)),
    ("control-characters", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, "72081600120")),
    ("broken-name", (Path.TRUSTED, "ocsp", Qualification.QUALIFIED, "73091700118")),
    ("not-qualified", (Path.TRUSTED, "ocsp", Qualification.UNKNOWN, "74101800116")),
    ("for-seals", (Path.TRUSTED, "ocsp", Qualification.NOT_QUALIFIED, "75111900114")),
    ("silent-ocsp", (Path.REVOCATION_UNKNOWN, "", Qualification.QUALIFIED, "77012100123")),
    ("by-citizen", (Path.UNACCEPTABLE, "", Qualification.QUALIFIED, "78022200121")),
    ("stranger", (Path.UNKNOWN_ISSUER, "", Qualification.QUALIFIED, "85073003328")),
]


def number(base: str) -> str:
    """Complete a national number."""
    return f"{base}{97 - int(base) % 97:02d}"


def person(evidence):
    (found,) = evidence.of_kind(Kind.PERSON)
    return found


class TestForm:
    def test_is_known_by_the_bytes_that_were_sealed(self, examine):
        evidence = examine(scene().by_both)
        assert evidence.state is FileState.READABLE
        assert evidence.sealed_length == len(scene().sealed)
        assert evidence.sealed_sha256 == hashlib.sha256(scene().sealed).hexdigest()
        assert evidence.sha256 == hashlib.sha256(scene().by_both).hexdigest()
        assert evidence.changes == frozenset()

    def test_shows_its_signatures_in_the_order_in_which_they_were_made(self, examine):
        evidence = examine(scene().by_both)
        assert [(each.field, each.kind) for each in evidence.signatures] == [
            (SEAL_FIELD, Kind.SEAL),
            (TIMESTAMP_FIELD, Kind.TIMESTAMP),
            (MANDATOR, Kind.PERSON),
            (MANDATARY, Kind.PERSON),
        ]
        assert all(each.intact and each.covers_its_revision for each in evidence.signatures)
        assert [each.permits for each in evidence.signatures] == [2, None, None, None]

    def test_ends_for_each_signature_where_the_file_ended_when_it_was_made(self, examine):
        once = scene().by_mandator
        assert scene().by_both.startswith(once)
        *_, first, second = examine(scene().by_both).signatures
        assert (first.end, second.end) == (len(once), len(scene().by_both))

    def test_that_nobody_signed_yet_has_its_seal_alone(self, examine):
        evidence = examine(scene().sealed)
        assert evidence.sealed_length == len(scene().sealed)
        assert judge_alone(evidence, rules=Rules()).reason is Doubt.NO_SIGNATURE

    def test_is_valid_by_itself(self, examine):
        assert judge_alone(examine(scene().by_both), rules=Rules()).outcome is Outcome.VALID


class TestCertificates:
    @pytest.mark.parametrize(("card", "said"), CARDS)
    def test_tell_who_signed_and_where_they_lead(self, examine, card, said):
        path, asked, qualified, number = said
        signature = person(examine(signed(scene().sealed, by=card)))
        assert signature.intact
        assert (signature.path, signature.revocation) == (path, asked)
        certificate = signature.certificate
        assert certificate is not None
        assert certificate.qualification is qualified
        assert (certificate.person_number and certificate.person_number.digits) == number
        assert number is None or number not in repr(certificate)
        assert signature.root == ("" if path is Path.UNKNOWN_ISSUER else "Practice Root CA")

    def test_of_a_login_tell_by_their_use_that_they_are_not_for_signing(self, examine):
        evidence = examine(signed(scene().sealed, by="citizen-authentication"))
        certificate = person(evidence).certificate
        assert certificate is not None
        assert certificate.key_usage == {"digitalSignature"}
        assert judge_alone(evidence, rules=Rules()).reason is Doubt.NOT_A_SIGNATURE_CERTIFICATE

    def test_tell_names_that_are_safe_to_show(self, examine):
        names = []
        for card in ("citizen", "foreign-country", "control-characters", "broken-name"):
            certificate = person(examine(signed(scene().sealed, by=card))).certificate
            assert certificate is not None
            assert certificate.subject.isprintable()
            names.append(certificate.person_name)
        assert names[:3] == ["Lieve Maria Wouters", "Chloé Girard", "Control eman"]
        assert names[3].startswith("Kap")

    def test_with_sha1_are_told_as_weak_and_judged_by_the_rules(self, examine):
        data = signed(scene().sealed, by="sha1")
        evidence = examine(data)
        assert person(evidence).weak == {"sha1"}
        assert person(evidence).path is Path.TRUSTED
        assert judge_alone(evidence, rules=Rules()).reason is Doubt.WEAK_ALGORITHM
        assert judge_alone(evidence, rules=Rules(allow_sha1=True)).outcome is Outcome.VALID


class TestRevocation:
    def test_cannot_be_known_where_nobody_is_asked(self, examine):
        assert person(examine(scene().by_mandator, fetch=False)).path is Path.REVOCATION_UNKNOWN

    def test_is_answered_by_the_file_where_nobody_is_asked(self, examine):
        data = signed(scene().sealed, timestamp=True, embed_revocation=True)
        signature = person(examine(data, fetch=False))
        assert (signature.path, signature.revocation) == (Path.TRUSTED, "file")

    def test_by_an_old_answer_in_the_file_is_outweighed_by_a_fresh_one(self, examine):
        card = pki().person(number("790101001"), "Wim", "Gisteren")
        data = signed(scene().sealed, by=card, embed_revocation=True)
        pki().revoke(card, since=SIGNED_AT - datetime.timedelta(minutes=1))
        assert person(examine(data)).path is Path.REVOKED

    def test_after_a_proven_moment_does_not_count(self, examine):
        card = pki().person(number("790202001"), "Wim", "Morgen")
        data = signed(scene().sealed, by=card, timestamp=True)
        pki().revoke(card, since=SIGNED_AT + datetime.timedelta(minutes=1))
        signature = person(examine(data))
        assert (signature.path, signature.proven_at) == (Path.TRUSTED, SIGNED_AT)

    def test_after_a_moment_that_is_only_claimed_counts(self, examine):
        card = pki().person(number("790303001"), "Wim", "Heden")
        data = signed(scene().sealed, by=card)
        pki().revoke(card, since=SIGNED_AT + datetime.timedelta(minutes=1))
        signature = person(examine(data))
        assert (signature.path, signature.claimed_at) == (Path.REVOKED, SIGNED_AT)
        assert signature.proven_at is None
        assert signature.judged_at == DAY

    def test_may_be_answered_on_this_machine_only_where_the_operator_says_so(self, services):
        with Examiner(workers=1) as examiner:
            evidence = examiner.examine(
                scene().by_mandator, trust=pki().trust(), at=DAY, fetch=True
            )
        assert person(evidence).path is Path.REVOCATION_UNKNOWN


class TestTime:
    def test_is_proven_by_a_timestamp_on_the_signature(self, examine):
        signature = person(examine(signed(scene().sealed, timestamp=True)))
        assert signature.proven_at == signature.judged_at == SIGNED_AT

    def test_lets_a_card_that_has_expired_since_have_signed(self, examine):
        then = datetime.datetime(2022, 5, 1, 12, tzinfo=datetime.UTC)
        form = sealed(dataclasses.replace(scene().form.content, made_at=then - HOUR))
        data = signed(form, by="expired", at=then, timestamp=True, embed_revocation=True)
        signature = person(examine(data))
        assert (signature.path, signature.proven_at) == (Path.TRUSTED, then)
        claimed = signed(form, by="expired", at=then, embed_revocation=True)
        assert person(examine(claimed)).path is Path.EXPIRED

    def test_is_not_proven_by_a_timestamp_older_than_the_form(self, examine):
        data = signed(scene().sealed, at=MADE_AT - HOUR, timestamp=True)
        assert person(examine(data)).proven_at is None

    def test_is_proven_by_a_timestamp_of_the_document_that_follows(self, examine):
        later = SIGNED_AT + HOUR / 2
        data = stamp(scene().by_mandator, timestamper=pki().timestamper(at=later), field="later")
        evidence = examine(data)
        assert person(evidence).proven_at == later
        assert evidence.changes == frozenset()
        assert judge_alone(evidence, rules=Rules()).outcome is Outcome.VALID

    def test_is_not_proven_by_a_timestamp_from_the_future(self, examine):
        data = signed(scene().sealed, at=DAY + HOUR, timestamp=True)
        assert person(examine(data)).proven_at is None

    def test_is_not_proven_by_an_authority_that_nobody_trusts(self, examine):
        trust = pki().trust()
        data = signed(scene().sealed, timestamp=True)
        stranger = type(trust)(
            roots=trust.roots,
            intermediates=trust.intermediates,
            tsa_roots=(),
            seal_roots=trust.seal_roots,
            source="others",
        )
        evidence = examine(data, trust=stranger)
        assert person(evidence).proven_at is None
        assert evidence.signatures[1].path is Path.UNKNOWN_ISSUER


class TestChanges:
    def test_behind_the_last_signature_are_told(self, examine):
        data = scene().by_mandator
        assert examine(data + b"\n\n").changes == frozenset()
        assert examine(data + b"% later\n").changes == {Change.AFTERWARDS}


class TestAnyPdf:
    def test_need_not_be_ours(self, examine):
        evidence = examine(scene().by_both, is_form=False)
        assert evidence.sealed_length is None
        assert [each.path for each in evidence.signatures] == [Path.TRUSTED] * 4
        assert evidence.changes == frozenset()


class TestFiles:
    @pytest.mark.parametrize(
        ("data", "state"),
        [
            (b"", FileState.NOT_A_PDF),
            (b"PK\x03\x04 something", FileState.NOT_A_PDF),
            (b"%PDF-1.7\n", FileState.BROKEN),
            (b"%PDF-1.7\n" + b"<" * 2000, FileState.BROKEN),
        ],
    )
    def test_that_are_none_are_told_as_such(self, examine, data, state):
        assert examine(data).state is state

    def test_that_are_cut_short_are_never_valid(self, examine):
        whole = scene().by_both
        for part in range(1, 12):
            evidence = examine(whole[: len(whole) * part // 12])
            assert judge_alone(evidence, rules=Rules()).outcome is not Outcome.VALID

    def test_that_cost_too_much_are_told_and_the_next_is_read(self, services):
        with Examiner(workers=1, limits=Limits(cpu_seconds=0.005)) as examiner:
            evidence = examiner.examine(scene().by_both, trust=pki().trust(), at=DAY, fetch=False)
            assert (evidence.state, evidence.detail) == (FileState.TOO_COSTLY, "cpu")
            assert evidence.sha256 == hashlib.sha256(scene().by_both).hexdigest()
            assert (
                examiner.examine(b"no pdf", trust=pki().trust(), at=DAY, fetch=False).state
                is FileState.NOT_A_PDF
            )

    def test_signed_by_two_are_told_alike_however_often_they_are_read(self, examine):
        data = signed(scene().by_mandator, field=MANDATARY, by=BY_MANDATARY)
        assert examine(data) == examine(data)
