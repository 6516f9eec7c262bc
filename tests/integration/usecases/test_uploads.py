"""Forms that come back signed with eID: accepted once, for the right party, at the right level."""

import dataclasses
import datetime
import hashlib
import itertools
import json

import pytest

from mahis.domain import conditions, documents, form_refusals, lifecycle, signing
from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act
from mahis.domain.notices import Telling
from mahis.domain.parties import Language, Quality, Role, Side
from mahis.domain.signing import Method
from mahis.store import models
from mahis.usecases import meanwhile
from tests.integration.usecases import scene
from tests.integration.usecases.desk import document, signed
from tests.integration.usecases.scene import DAY, moment
from tests.pki import pki
from tests.unit.scans import making

#: Both parties, with who signs for each on the stage.
PARTIES = {Side.MANDATOR: "director", Side.MANDATARY: "accountant"}

#: Those whose cards are revoked: each in one test only, since a card stays revoked.
LOSERS = itertools.count(200)


def signer(stage, side):
    return getattr(stage, PARTIES[side])


def by_eid(stage, desk, reference, side):
    """Let a party sign the current form with an eID and bring it back."""
    who = signer(stage, side)
    pdf = desk.form(stage, reference, actor=who)
    desk.upload(stage, reference, signed(pdf, side, by=who), actor=who)


def by_authentication(stage, desk, reference, side):
    stage.sign(reference, signer(stage, side))


WAYS = {Method.AUTHENTICATION: by_authentication, Method.EID: by_eid}


def validations(reference):
    rows = models.Validation.objects.filter(authorisation_id=reference.number)
    return {row.side: row for row in rows}


def nothing_written(stage, reference):
    return (
        stage.states(reference) == ["toBeFinalised"]
        and not models.Validation.objects.exists()
        and not models.AuthorisationDocument.objects.filter(kind=DocumentKind.SIGNED).exists()
    )


class TestLevels:
    """The second party's level is at least the first party's (C13): the whole table."""

    @pytest.mark.parametrize("first_side", Side)
    @pytest.mark.parametrize("drawn_by", Side)
    @pytest.mark.parametrize(
        ("first", "second"), list(itertools.product([Method.AUTHENTICATION, Method.EID], repeat=2))
    )
    def test_mix_as_the_table_says(  # noqa: PLR0917 - every corner of the table
        self, stage, desk, first, second, first_side, drawn_by
    ):
        drawer, other = signer(stage, drawn_by), signer(stage, drawn_by.other)
        reference = stage.draw(actor=drawer, other=other.enterprise)
        WAYS[first](stage, desk, reference, first_side)
        assert stage.states(reference) == ["pending"]
        if (first, second) == (Method.EID, Method.AUTHENTICATION):
            with pytest.raises(signing.LevelTooLow):
                WAYS[second](stage, desk, reference, first_side.other)
            assert stage.states(reference) == ["pending"]
            return
        WAYS[second](stage, desk, reference, first_side.other)
        assert stage.states(reference) == ["active"]
        assert {side: row.method for side, row in validations(reference).items()} == {
            first_side: first,
            first_side.other: second,
        }
        assert stage.chain_holds(reference)

    @pytest.mark.parametrize("first", [Method.AUTHENTICATION, Method.EID])
    @pytest.mark.parametrize("side", Side)
    def test_never_mix_with_a_signature_by_hand(self, stage, desk, first, side):
        reference = stage.draw()
        WAYS[first](stage, desk, reference, side)
        with pytest.raises(lifecycle.ActNotPossible):
            desk.submit(stage, reference, (making.pdf(), "application/pdf"))

    @pytest.mark.parametrize("second", [Method.AUTHENTICATION, Method.EID])
    @pytest.mark.parametrize("side", Side)
    def test_nobody_signs_again_what_waits_for_the_office(self, stage, desk, second, side):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        desk.submit(stage, reference, (making.pdf(), "application/pdf"))
        who = signer(stage, side)
        acts = {
            Method.EID: lambda: desk.upload(stage, reference, signed(pdf, side, by=who)),
            Method.AUTHENTICATION: lambda: stage.sign(reference, who),
        }
        with pytest.raises(lifecycle.ActNotPossible):
            acts[second]()


class TestASignature:
    def test_of_one_party_waits_for_the_other_and_tells_both(self, stage, desk):
        reference = stage.draw("several", "single")
        by_eid(stage, desk, reference, Side.MANDATOR)
        assert stage.states(reference) == ["pending", "pending"]
        told = models.Notice.objects.filter(telling=Telling.SIGNED_BY_ONE)
        assert {(notice.side, notice.must_act) for notice in told} == {
            (Side.MANDATOR, False),
            (Side.MANDATARY, True),
        }

    def test_is_kept_with_who_signed_as_the_certificate_says(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        number = desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=stage.director))
        row = validations(reference)[Side.MANDATOR]
        person = stage.director.person
        assert (row.method, row.person, row.given_name) == (Method.EID, person.insz, person.name)
        assert (row.document, row.issuer != "") == (document(reference, number), True)
        card = pki().person(person.insz, person.given_name, person.family_name)
        assert row.certificate == hashlib.sha256(card.certificate.dump()).hexdigest()

    def test_without_a_timestamp_counts_from_our_reception(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=stage.director))
        assert validations(reference)[Side.MANDATOR].at == moment(minute=10)

    def test_with_a_timestamp_counts_from_the_moment_that_it_proves(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        data = signed(pdf, Side.MANDATOR, by=stage.director, timestamp=True)
        desk.upload(stage, reference, data)
        assert validations(reference)[Side.MANDATOR].at == moment(minute=1)

    def test_can_be_brought_by_a_clerk_or_by_the_other_party(self, stage, desk):
        for start, actor in (("1/2027", stage.clerk), ("2/2027", stage.accountant)):
            reference = stage.draw(start=start, end=start)
            pdf = desk.form(stage, reference, actor=actor)
            data = signed(pdf, Side.MANDATOR, by=stage.director)
            number = desk.upload(stage, reference, data, actor=actor)
            assert document(reference, number).person == actor.person.insz
            assert set(validations(reference)) == {Side.MANDATOR}

    def test_waits_for_a_company_that_is_no_employer_yet(self, stage, desk):
        reference = stage.draw("employers")
        by_eid(stage, desk, reference, Side.MANDATOR)
        by_eid(stage, desk, reference, Side.MANDATARY)
        assert stage.states(reference) == ["identification"]

    @pytest.mark.parametrize("kind", ["citizen", "citizen-rsa", "foreigner"])
    def test_of_every_kind_of_card_is_taken(self, stage, desk, kind):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=stage.director, kind=kind))
        assert stage.states(reference) == ["pending"]


class TestBothSignatures:
    def test_in_one_file_are_one_act(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        once = signed(pdf, Side.MANDATOR, by=stage.director)
        number = desk.upload(stage, reference, signed(once, Side.MANDATARY, by=stage.accountant))
        assert stage.states(reference) == ["active"]
        assert stage.row(reference).version == 2
        assert {row.document for row in validations(reference).values()} == {
            document(reference, number)
        }
        assert stage.chain_holds(reference)

    def test_one_behind_the_other_in_the_same_file_are_two_acts(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        number = desk.upload(stage, reference, signed(pdf, Side.MANDATARY, by=stage.accountant))
        offered = desk.data(reference, number)
        desk.upload(stage, reference, signed(offered, Side.MANDATOR, by=stage.director))
        assert stage.states(reference) == ["active"]
        assert validations(reference)[Side.MANDATARY].document == document(reference, number)
        assert models.AuthorisationDocument.objects.count() == 3

    def test_in_two_files_of_the_same_form_are_two_acts(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        for side in Side:
            desk.upload(stage, reference, signed(pdf, side, by=signer(stage, side)))
        assert stage.states(reference) == ["active"]

    def test_must_stand_in_the_same_form(self, stage, desk):
        reference = stage.draw()
        french = desk.form(stage, reference, language=Language.FRENCH)
        dutch = desk.form(stage, reference, language=Language.DUTCH)
        desk.upload(stage, reference, signed(french, Side.MANDATOR, by=stage.director))
        other = signed(dutch, Side.MANDATARY, by=stage.accountant)
        with pytest.raises(form_refusals.OlderVersion):
            desk.upload(stage, reference, other)
        assert desk.make(stage, reference, language=Language.DUTCH) == 1

    def test_hold_although_the_first_signers_function_has_ended_since(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        once = signed(pdf, Side.MANDATOR, by=stage.director)
        desk.upload(stage, reference, once)
        models.Office.objects.filter(person=stage.director.person.insz).update(
            ends=DAY - datetime.timedelta(days=1)
        )
        desk.upload(stage, reference, signed(once, Side.MANDATARY, by=stage.accountant))
        assert stage.states(reference) == ["active"]


@pytest.fixture
def revoked(stage, desk):
    """Accept the signature of somebody whose certificate is revoked right after; gives both."""
    signatory = scene.somebody(
        next(LOSERS), enterprise=stage.client, quality=Quality.COMPANY_WITHOUT_STAFF
    )
    reference = stage.draw()
    once = signed(desk.form(stage, reference), Side.MANDATOR, by=signatory)
    desk.upload(stage, reference, once)
    person = signatory.person
    card = pki().person(person.insz, person.given_name, person.family_name)
    pki().revoke(card, since=moment())
    return signatory, reference


class TestARevocationSince:
    def test_takes_nothing_back_that_was_accepted(self, stage, desk, revoked):
        signatory, reference = revoked
        once = desk.data(reference, 2)
        both = signed(once, Side.MANDATARY, by=stage.accountant)
        number = desk.upload(stage, reference, both, actor=stage.accountant)
        assert stage.states(reference) == ["active"]
        assert stage.chain_holds(reference)
        rows = validations(reference)
        assert rows[Side.MANDATOR].document == document(reference, 2)
        assert rows[Side.MANDATARY].document == document(reference, number)

        report = document(reference, number).report
        assert report is not None
        *_, first, second = report["signatures"]
        results = {each["check"]: each["result"] for each in first["checks"]}
        assert (first["who"]["name"], first["outcome"]) == (signatory.person.name, "valid")
        assert (results["accepted"], results["revocation"]) == ("passed", "whenAccepted")
        accepted = document(reference, 2).at
        assert datetime.datetime.fromisoformat(first["when"]["accepted"]) == accepted
        assert second["when"]["accepted"] is None

    def test_is_found_in_another_signature_by_the_same_card(self, stage, desk, revoked):
        signatory, reference = revoked
        again = signed(desk.data(reference, 1), Side.MANDATOR, by=signatory, digest="sha512")
        both = signed(again, Side.MANDATARY, by=stage.accountant)
        with pytest.raises(form_refusals.CertificateRevoked) as refusal:
            desk.upload(stage, reference, both, actor=stage.accountant)
        assert refusal.value.found["side"] is Side.MANDATOR
        assert stage.states(reference) == ["pending"]

    def test_is_found_where_nothing_was_accepted_yet(self, stage, desk, revoked):
        signatory, _ = revoked
        reference = stage.draw(start="2/2027", end="2/2027")
        pdf = desk.form(stage, reference)
        with pytest.raises(form_refusals.CertificateRevoked):
            desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=signatory))


class TestTheRecord:
    def test_names_file_signers_and_functions_in_the_chain(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        data = signed(pdf, Side.MANDATOR, by=stage.director)
        desk.upload(stage, reference, data)
        step = models.HistoryEntry.objects.filter(authorisation_id=reference.number).latest(
            "number"
        )
        certificate = validations(reference)[Side.MANDATOR].certificate
        assert step.evidence == {
            "method": "eid",
            "document": 2,
            "sha256": hashlib.sha256(data).hexdigest(),
            "signatures": [
                {
                    "side": "mandator",
                    "person": stage.director.person.name,
                    "certificate": certificate,
                    "offices": [
                        {"enterprise": str(stage.client), "function": scene.MANAGER_FUNCTION}
                    ],
                }
            ],
        }

    def test_keeps_the_file_its_form_and_a_report_without_national_numbers(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        data = signed(pdf, Side.MANDATOR, by=stage.director)
        number = desk.upload(stage, reference, data, file_name="a/b\\signed.pdf")
        row = document(reference, number)
        assert desk.data(reference, number) == data
        assert (row.kind, row.form, row.language, row.file_name) == (
            DocumentKind.SIGNED,
            document(reference, 1),
            Language.FRENCH,
            "signed.pdf",
        )
        assert (row.act, row.version) == (Act.UPLOAD_SIGNED, 2)
        assert row.report
        assert stage.director.person.insz.digits not in json.dumps(row.report)


class TestASecondTime:
    @pytest.mark.parametrize("version", [1, 2])
    def test_the_same_file_leads_to_the_same(self, stage, desk, version):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        data = signed(pdf, Side.MANDATOR, by=stage.director)
        number = desk.upload(stage, reference, data)
        before = models.HistoryEntry.objects.count(), models.Notice.objects.count()
        assert desk.upload(stage, reference, data, version=version) == number
        assert (models.HistoryEntry.objects.count(), models.Notice.objects.count()) == before
        assert models.AuthorisationDocument.objects.count() == 2

    def test_the_same_file_after_something_else_is_too_late(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        data = signed(pdf, Side.MANDATOR, by=stage.director)
        desk.upload(stage, reference, data)
        desk.upload(stage, reference, signed(pdf, Side.MANDATARY, by=stage.accountant))
        with pytest.raises(meanwhile.StalePage):
            desk.upload(stage, reference, data, version=1)
        with pytest.raises(lifecycle.ActNotPossible):
            desk.upload(stage, reference, data)

    def test_another_file_of_a_party_that_has_signed_adds_nothing(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=stage.director))
        again = signed(pdf, Side.MANDATOR, by=stage.director, timestamp=True)
        with pytest.raises(conditions.NoNewSignature):
            desk.upload(stage, reference, again)
        assert models.AuthorisationDocument.objects.count() == 2


class TestRefused:
    def test_before_a_form_was_made(self, stage, desk):
        reference = stage.draw()
        with pytest.raises(documents.NoForm):
            desk.upload(stage, reference, b"%PDF-1.7 whatever")
        assert nothing_written(stage, reference)

    def test_while_the_form_does_not_show_who_has_signed(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        stage.sign(reference, stage.director)
        with pytest.raises(documents.FormOutdated):
            desk.upload(stage, reference, signed(pdf, Side.MANDATARY, by=stage.accountant))

    def test_as_an_older_version_once_a_new_form_was_made(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        stage.sign(reference, stage.director)
        desk.make(stage, reference)
        with pytest.raises(form_refusals.OlderVersion):
            desk.upload(stage, reference, signed(pdf, Side.MANDATARY, by=stage.accountant))
        assert stage.states(reference) == ["pending"]

    def test_as_the_form_of_another_authorisation(self, stage, desk):
        reference = stage.draw(start="1/2027", end="1/2027")
        other = stage.draw(start="2/2027", end="2/2027")
        desk.make(stage, reference)
        pdf = desk.form(stage, other)
        with pytest.raises(form_refusals.OtherAuthorisation):
            desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=stage.director))
        assert nothing_written(stage, reference)

    def test_as_unsigned(self, stage, desk):
        reference = stage.draw()
        with pytest.raises(form_refusals.NoSignature):
            desk.upload(stage, reference, desk.form(stage, reference))
        assert nothing_written(stage, reference)

    def test_as_signed_by_nobody_who_may(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        with pytest.raises(form_refusals.SignerNotRepresentative):
            desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=stage.clerk))
        assert nothing_written(stage, reference)

    def test_as_signed_in_the_other_partys_field(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        with pytest.raises(form_refusals.WrongPartysField):
            desk.upload(stage, reference, signed(pdf, Side.MANDATARY, by=stage.director))
        assert nothing_written(stage, reference)

    def test_where_one_of_two_signatures_is_wrong(self, stage, desk):
        reference = stage.draw()
        once = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
        with pytest.raises(form_refusals.SignerNotRepresentative):
            desk.upload(stage, reference, signed(once, Side.MANDATARY, by=stage.clerk))
        assert nothing_written(stage, reference)

    def test_and_then_not_kept_either(self, stage, desk):
        reference = stage.draw()
        pdf = desk.form(stage, reference)
        wrong = signed(pdf, Side.MANDATOR, by=stage.clerk)
        with pytest.raises(form_refusals.FileRefused):
            desk.upload(stage, reference, wrong)
        assert not models.Document.objects.filter(sha256=desk.files.digest(wrong)).exists()

    def test_from_those_who_only_consult_and_from_strangers(self, stage, desk):
        reference = stage.draw()
        data = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
        consulting = dataclasses.replace(
            stage.director,
            capacity=dataclasses.replace(stage.director.capacity, role=Role.CONSULT),
        )
        elsewhere = dataclasses.replace(
            stage.accountant,
            capacity=dataclasses.replace(
                stage.accountant.capacity, quality=Quality.COMPANY_WITHOUT_STAFF
            ),
        )
        for actor in (consulting, stage.officer, elsewhere):
            with pytest.raises(lifecycle.NotForYou):
                desk.upload(stage, reference, data, actor=actor)
        _, stranger = scene.another_provider(90)
        with pytest.raises(meanwhile.AuthorisationUnknown):
            desk.upload(stage, reference, data, actor=stranger)
        assert nothing_written(stage, reference)

    def test_where_another_holds_the_group_meanwhile(self, stage, desk):
        other, actor = scene.another_provider(91)
        reference = stage.draw("single")
        pdf = desk.form(stage, reference)
        taken = stage.draw("single", other=other, signing=True)
        stage.sign(taken, actor)
        with pytest.raises(conditions.HeldByAnother):
            desk.upload(stage, reference, signed(pdf, Side.MANDATOR, by=stage.director))
