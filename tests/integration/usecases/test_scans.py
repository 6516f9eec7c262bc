"""Handwritten authorisations: submitted as a scan, claimed, approved or rejected by the office."""

import datetime
import hashlib

import psycopg
import pytest

from mahis.domain import conditions, documents, lifecycle
from mahis.domain.documents import DocumentKind, RejectionReason
from mahis.domain.form_refusals import FileRefused
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.domain.parties import Quality, Role, Side
from mahis.domain.signing import Method
from mahis.store import models
from mahis.usecases import approve, claim_scan, meanwhile, reject
from tests.integration.usecases import scene
from tests.integration.usecases.desk import document
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.integration.usecases.test_concurrency import all_at_once
from tests.unit.scans import making

SCAN = making.pdf(pages=2)
PDF, PNG = "application/pdf", "image/png"


@pytest.fixture
def waiting(stage, desk):
    """An authorisation of two mandates whose scan waits for the office."""
    reference = stage.draw("several", "single")
    desk.submit(stage, reference, (SCAN, PDF))
    return reference


def another_officer(seed=31):
    return scene.somebody(
        seed,
        enterprise=scene.enterprise_number(3),
        quality=Quality.NSSO_OFFICER,
        may_sign=False,
    )


def office_of(actor):
    return models.Office.objects.get(person=actor.person.insz).pk


def signatories(stage, **different):
    return {
        Side.MANDATOR: office_of(stage.director),
        Side.MANDATARY: office_of(stage.accountant),
    } | different


def decide(stage, reference, *, actor=None, chosen=None, version=None, at=None):
    approve.approve(
        actor=actor or stage.officer,
        reference=reference,
        version=version or stage.row(reference).version,
        signatories={
            side: (office,)
            for side, office in (signatories(stage) if chosen is None else chosen).items()
        },
        limits=LIMITS,
        at=at or moment(minute=40),
        on=DAY,
    )


def refuse_it(stage, reference, *, code, text="", actor=None, version=None):
    reject.reject(
        actor=actor or stage.officer,
        reference=reference,
        version=version or stage.row(reference).version,
        reason_code=code,
        reason=text,
        limits=LIMITS,
        at=moment(minute=40),
        on=DAY,
    )


def claim(actor, reference, minute=20):
    return claim_scan.claim(
        actor=actor, reference=reference, limits=LIMITS, at=moment(minute=minute), on=DAY
    )


def last_step(reference):
    return models.HistoryEntry.objects.filter(authorisation_id=reference.number).latest("number")


class TestSubmitting:
    def test_puts_all_mandates_before_the_office_and_tells_both(self, stage, waiting):
        assert stage.states(waiting) == ["toBeValidated", "toBeValidated"]
        told = models.Notice.objects.filter(telling=Telling.SUBMITTED_TO_OFFICE)
        assert {notice.side for notice in told} == set(Side)

    def test_keeps_the_scan_with_who_sent_it_and_what_it_was_called(self, stage, desk):
        reference = stage.draw()
        number = desk.submit(
            stage, reference, (SCAN, PDF), actor=stage.clerk, file_name="../my scan.pdf"
        )
        row = document(reference, number)
        assert (row.kind, row.act, row.version) == (DocumentKind.SCAN, Act.UPLOAD_SCAN, 2)
        assert (row.file_name, row.person_name) == ("my scan.pdf", "Given Family71")
        assert desk.data(reference, number) == SCAN

    def test_binds_pictures_into_one_document(self, stage, desk):
        reference = stage.draw()
        page = making.plain_png(40, 50)
        number = desk.submit(stage, reference, (page, PNG), (page, PNG))
        assert desk.data(reference, number).startswith(b"%PDF-")
        assert desk.scans.page_count(pdf=desk.data(reference, number)) == 2

    def test_goes_into_the_chain_by_number_and_digest(self, stage, waiting):
        assert last_step(waiting).evidence == {
            "method": "handwritten",
            "document": 1,
            "sha256": hashlib.sha256(SCAN).hexdigest(),
        }
        assert stage.chain_holds(waiting)

    @pytest.mark.parametrize("version", [1, 2])
    @pytest.mark.parametrize("pages", [[(SCAN, PDF)], [(making.plain_png(9, 9), PNG)] * 2])
    def test_the_same_again_leads_to_the_same(self, stage, desk, version, pages):
        reference = stage.draw()
        first = desk.submit(stage, reference, *pages)
        assert desk.submit(stage, reference, *pages, version=version) == first
        assert models.AuthorisationDocument.objects.count() == 1
        assert stage.row(reference).version == 2

    def test_another_scan_is_not_taken_afterwards(self, stage, desk, waiting):
        other = (making.pdf(pages=3), PDF)
        with pytest.raises(meanwhile.StalePage):
            desk.submit(stage, waiting, other, version=1)
        with pytest.raises(lifecycle.ActNotPossible):
            desk.submit(stage, waiting, other)
        assert models.AuthorisationDocument.objects.count() == 1

    def test_the_same_after_a_decision_is_too_late(self, stage, desk, waiting):
        decide(stage, waiting)
        with pytest.raises(meanwhile.StalePage):
            desk.submit(stage, waiting, (SCAN, PDF), version=1)

    def test_is_refused_after_a_signature_before_anybody_looks_at_the_file(self, stage, desk):
        reference = stage.draw(signing=True)
        with pytest.raises(lifecycle.ActNotPossible):
            desk.submit(stage, reference, (b"no scan at all", PDF))

    def test_of_what_is_no_scan_writes_nothing(self, stage, desk):
        reference = stage.draw()
        with pytest.raises(FileRefused):
            desk.submit(stage, reference, (b"%PDF-1.7 nothing more", PDF))
        assert stage.states(reference) == ["toBeFinalised"]
        assert not models.Document.objects.exists()

    def test_is_for_managers_of_the_parties(self, stage, desk):
        reference = stage.draw()
        with pytest.raises(lifecycle.NotForYou):
            desk.submit(stage, reference, (SCAN, PDF), actor=stage.officer)
        _, stranger = scene.another_provider(90)
        with pytest.raises(meanwhile.AuthorisationUnknown):
            desk.submit(stage, reference, (SCAN, PDF), actor=stranger)


class TestClaiming:
    def test_keeps_other_officers_away_until_it_ends(self, stage, waiting):
        other = another_officer()
        assert claim(stage.officer, waiting, minute=20) == moment(minute=35)
        with pytest.raises(documents.ClaimedByAnother) as refusal:
            claim(other, waiting, minute=34)
        assert refusal.value.found == {
            "name": stage.officer.person.name,
            "until": moment(minute=35),
        }
        assert claim(other, waiting, minute=35) == moment(minute=50)

    def test_again_extends_ones_own(self, stage, waiting):
        claim(stage.officer, waiting, minute=20)
        assert claim(stage.officer, waiting, minute=30) == moment(minute=45)
        assert models.ScanClaim.objects.count() == 1

    def test_can_be_given_up_but_not_for_others(self, stage, waiting):
        other = another_officer()
        claim(stage.officer, waiting)
        claim_scan.release(actor=other, reference=waiting)
        assert models.ScanClaim.objects.exists()
        claim_scan.release(actor=stage.officer, reference=waiting)
        claim(other, waiting)

    def test_is_for_officers_who_decide_and_scans_that_wait(self, stage, waiting):
        auditor = scene.somebody(
            33,
            enterprise=stage.officer.enterprise,
            quality=Quality.NSSO_OFFICER,
            role=Role.CONSULT,
            may_sign=False,
        )
        for actor in (auditor, stage.director):
            with pytest.raises(lifecycle.NotForYou):
                claim(actor, waiting)
        with pytest.raises(lifecycle.ActNotPossible):
            claim(stage.officer, stage.draw())


class TestApproving:
    def test_activates_all_mandates_by_both_signatures(self, stage, waiting):
        decide(stage, waiting)
        assert stage.states(waiting) == ["active", "active"]
        rows = models.Validation.objects.filter(authorisation_id=waiting.number)
        scan = document(waiting, 1)
        assert {(row.side, row.method, row.person, row.document) for row in rows} == {
            (Side.MANDATOR, Method.HANDWRITTEN, stage.director.person.insz, scan),
            (Side.MANDATARY, Method.HANDWRITTEN, stage.accountant.person.insz, scan),
        }

    def test_waits_for_a_company_that_is_no_employer_yet(self, stage, desk):
        reference = stage.draw("employers")
        desk.submit(stage, reference, (SCAN, PDF))
        decide(stage, reference)
        assert stage.states(reference) == ["identification"]

    def test_goes_into_the_chain_with_who_signed_by_which_function(self, stage, waiting):
        decide(stage, waiting)
        evidence = last_step(waiting).evidence
        assert [(each["side"], each["person"]) for each in evidence["signatures"]] == [
            ("mandator", stage.director.person.name),
            ("mandatary", stage.accountant.person.name),
        ]
        assert evidence["signatures"][0]["offices"] == [
            {"enterprise": str(stage.client), "function": scene.MANAGER_FUNCTION}
        ]
        assert stage.chain_holds(waiting)

    def test_of_a_scan_that_another_is_deciding_is_refused(self, stage, waiting):
        claim(another_officer(), waiting, minute=30)
        with pytest.raises(documents.ClaimedByAnother):
            decide(stage, waiting, at=moment(minute=44))
        decide(stage, waiting, at=moment(minute=45))
        assert not models.ScanClaim.objects.exists()

    def test_with_ones_own_claim_ends_it(self, stage, waiting):
        claim(stage.officer, waiting, minute=30)
        decide(stage, waiting)
        assert not models.ScanClaim.objects.exists()

    @pytest.mark.parametrize("side", Side)
    def test_needs_somebody_who_may_sign_for_each_party(self, stage, waiting, side):
        clerk = stage.clerk
        models.Office.objects.create(
            enterprise=stage.client if side is Side.MANDATOR else stage.provider,
            function="00000",
            person=clerk.person.insz,
            begins=datetime.date(2001, 1, 1),
        )
        wrong = [
            office_of(clerk),
            office_of(stage.accountant if side is Side.MANDATOR else stage.director),
            10**9,
        ]
        for office in wrong:
            with pytest.raises(documents.SignatoryUnknown) as refusal:
                decide(stage, waiting, chosen=signatories(stage) | {side: office})
            assert refusal.value.found["side"] is side
        chosen = signatories(stage)
        del chosen[side]
        with pytest.raises(documents.SignatoryUnknown):
            decide(stage, waiting, chosen=chosen)
        assert not models.Validation.objects.exists()

    def test_of_a_function_that_ended_before_today_is_refused(self, stage, waiting):
        models.Office.objects.filter(person=stage.director.person.insz).update(
            ends=DAY - datetime.timedelta(days=1)
        )
        with pytest.raises(documents.SignatoryUnknown):
            decide(stage, waiting)

    def test_follows_an_enterprise_to_its_permanent_representative(self, stage, waiting):
        holding = scene.an_enterprise(60, name="Holding")
        models.MatrixVersion.objects.update(permanent_representative=["10050"])
        models.Office.objects.filter(person=stage.director.person.insz).update(
            person=None, holder=holding
        )
        behind = models.Office.objects.create(
            enterprise=holding,
            function="10050",
            person=stage.director.person.insz,
            begins=datetime.date(2001, 1, 1),
        )
        chosen = {Side.MANDATOR: behind.pk, Side.MANDATARY: office_of(stage.accountant)}
        decide(stage, waiting, chosen=chosen)
        offices = last_step(waiting).evidence["signatures"][0]["offices"]
        assert [each["enterprise"] for each in offices] == [str(stage.client), str(holding)]

    def test_of_what_another_holds_meanwhile_is_refused(self, stage, desk, waiting):
        other, actor = scene.another_provider(91)
        taken = stage.draw("single", other=other, signing=True)
        stage.sign(taken, actor)
        with pytest.raises(conditions.HeldByAnother):
            decide(stage, waiting)
        assert stage.states(waiting) == ["toBeValidated", "toBeValidated"]

    def test_without_a_scan_is_refused(self, stage):
        reference = stage.draw()
        models.Mandate.objects.filter(authorisation_id=reference.number).update(
            state=State.TO_BE_VALIDATED
        )
        with pytest.raises(documents.NoScan):
            decide(stage, reference)

    def test_twice_is_a_stale_page(self, stage, waiting):
        decide(stage, waiting, version=2)
        with pytest.raises(meanwhile.StalePage):
            decide(stage, waiting, version=2)
        assert models.Validation.objects.count() == 2

    def test_is_not_for_parties(self, stage, waiting):
        with pytest.raises(lifecycle.NotForYou):
            decide(stage, waiting, actor=stage.director)


class TestRejecting:
    @pytest.mark.parametrize("code", set(RejectionReason) - {RejectionReason.OTHER})
    def test_needs_no_more_than_a_reason_from_the_list(self, stage, waiting, code):
        refuse_it(stage, waiting, code=code)
        assert stage.states(waiting) == ["rejected", "rejected"]
        step = last_step(waiting)
        assert (step.reason, step.evidence["rejection"]) == ("", code.value)
        assert stage.chain_holds(waiting)

    def test_for_another_reason_says_which(self, stage, waiting):
        for text in ("", "  "):
            with pytest.raises(conditions.ReasonMissing):
                refuse_it(stage, waiting, code=RejectionReason.OTHER, text=text)
        refuse_it(stage, waiting, code=RejectionReason.OTHER, text=" Signed in pencil. ")
        assert last_step(waiting).reason == "Signed in pencil."

    def test_takes_no_novel(self, stage, waiting):
        with pytest.raises(conditions.ReasonTooLong):
            refuse_it(
                stage,
                waiting,
                code=RejectionReason.SCAN_UNREADABLE,
                text="x" * (LIMITS.longest_reason + 1),
            )

    def test_ends_the_claim_and_heeds_that_of_another(self, stage, waiting):
        claim(another_officer(), waiting, minute=30)
        with pytest.raises(documents.ClaimedByAnother):
            refuse_it(stage, waiting, code=RejectionReason.SCAN_UNREADABLE)
        models.ScanClaim.objects.update(officer=stage.officer.person.insz)
        refuse_it(stage, waiting, code=RejectionReason.SCAN_UNREADABLE)
        assert not models.ScanClaim.objects.exists()


def test_of_officers_deciding_the_same_scan_at_once_one_wins(committed_db, desk):
    stage = scene.set_up()
    officers = [stage.officer, *(another_officer(seed) for seed in range(31, 36))]
    for start in ("1/2027", "2/2027", "3/2027"):
        reference = stage.draw("several", start=start, end=start)
        desk.submit(stage, reference, (SCAN, PDF))
        decisions = [
            (lambda each=each, reference=reference: decide(stage, reference, actor=each, version=2))
            if place % 2
            else (
                lambda each=each, reference=reference: refuse_it(
                    stage,
                    reference,
                    code=RejectionReason.SCAN_UNREADABLE,
                    actor=each,
                    version=2,
                )
            )
            for place, each in enumerate(officers)
        ]
        outcomes = all_at_once(*decisions)
        assert outcomes.count(None) == 1
        assert {each.code for each in outcomes if each} == {"stalePage"}
        assert stage.row(reference).version == 3
        assert stage.chain_holds(reference)


def test_of_officers_claiming_at_once_one_wins(committed_db, desk):
    stage = scene.set_up()
    officers = [stage.officer, *(another_officer(seed) for seed in range(31, 38))]
    reference = stage.draw()
    desk.submit(stage, reference, (SCAN, PDF))
    outcomes = all_at_once(*((lambda each=each: claim(each, reference)) for each in officers))
    assert outcomes.count(None) == 1
    assert {each.code for each in outcomes if each} == {"claimedByAnother"}


@pytest.mark.parametrize("table", ["store_document", "store_authorisationdocument"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nobody_changes_documents(committed_db, desk, table, statement):
    """Not the application, which lacks the right; not the owner, whom the trigger refuses."""
    stage = scene.set_up()
    desk.submit(stage, stage.draw(), (SCAN, PDF))
    column = "size = 1" if table == "store_document" else "number = 7"
    with psycopg.connect(committed_db, autocommit=True) as direct:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            direct.execute(statement.format(table, column))
        direct.execute("SET ROLE NONE")
        with pytest.raises(psycopg.errors.IntegrityError, match="only be added to"):
            direct.execute(statement.format(table, column))
