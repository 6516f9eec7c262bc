"""Two persons sign together for a party: by login, by eID in one file or in two, and mixed."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from mahis.domain import conditions, cosigning, documents, form_refusals, lifecycle, signing
from mahis.domain.mandate import State
from mahis.domain.notices import Telling
from mahis.domain.parties import Side
from mahis.domain.quarters import Quarter
from mahis.domain.signing import Method
from mahis.queries import history, home_blocks, mandate_details, waiting
from mahis.queries.cosigners import Part
from mahis.store import models
from mahis.usecases import approve, claim_scan, close, withdraw
from tests.integration.usecases import together
from tests.integration.usecases.desk import document
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.integration.usecases.together import CHAIR, signed
from tests.unit.pdf_forms import reading
from tests.unit.scans import making

MANDATOR, MANDATARY = Side.MANDATOR, Side.MANDATARY


@pytest.fixture
def stage(db):
    """Give the stage with a client for which two have to sign."""
    return together.set_up()


def given(reference):
    """Give who signed for which side, how, and whether the side had signed with it."""
    rows = models.Validation.objects.filter(authorisation_id=reference.number).order_by("id")
    return [(row.side, row.person, row.method, row.completes) for row in rows]


def shown(stage, reference, actor):
    found = mandate_details.authorisation(actor=actor, reference=reference, on=DAY, language="en")
    assert found is not None
    return found


def lines_of(stage, reference):
    found = history.of_authorisation(actor=stage.officer, reference=reference, language="en")
    assert found is not None
    return found.lines


def fields(pdf):
    form = reading.opened(pdf).root["/AcroForm"]["/Fields"]
    names = {str(each.get_object()["/T"]) for each in form}
    return {name for name in names if not name.startswith("mahis-")}


def bring(stage, desk, reference, pdf, *signers):
    """Let people sign a file one after the other, each in the next field of their party."""
    for actor, side, place in signers:
        pdf = signed(pdf, side, by=actor, place=place)
    desk.upload(stage, reference, pdf)
    return pdf


class TestByLogin:
    def test_the_first_waits_for_the_second_and_the_second_makes_it_whole(self, stage):
        reference = stage.draw("several", "single", signing=True)
        assert stage.states(reference) == ["toBeFinalised"] * 2
        stage.sign(reference, stage.chair)
        assert stage.states(reference) == ["pending"] * 2
        stage.sign(reference, stage.accountant)
        assert stage.states(reference) == ["active"] * 2
        assert [row[3] for row in given(reference)] == [False, True, True]
        assert stage.chain_holds(reference)

    def test_the_other_party_need_not_wait(self, stage):
        reference = stage.draw(actor=stage.accountant, other=stage.client, signing=True)
        stage.sign(reference, stage.chair)
        assert stage.states(reference) == ["pending"]
        stage.sign(reference, stage.director)
        assert stage.states(reference) == ["active"]

    def test_the_other_party_may_sign_in_between(self, stage):
        reference = stage.draw(signing=True)
        stage.sign(reference, stage.accountant)
        assert stage.states(reference) == ["pending"]
        stage.sign(reference, stage.chair)
        assert stage.states(reference) == ["active"]

    def test_nobody_makes_their_own_signature_whole(self, stage):
        reference = stage.draw(signing=True)
        with pytest.raises(cosigning.SignedByYou):
            stage.sign(reference, stage.director)
        stage.office(stage.director, CHAIR)
        with pytest.raises(cosigning.SignedByYou):
            stage.sign(reference, stage.director)
        assert len(given(reference)) == 1

    def test_nobody_whose_function_does_not_fit_makes_it_whole(self, stage):
        reference = stage.draw(signing=True)
        other = stage.another(51, together.DIRECTOR)
        with pytest.raises(cosigning.DoesNotComplete):
            stage.sign(reference, other)
        assert stage.states(reference) == ["toBeFinalised"]

    def test_somebody_who_may_alone_makes_it_whole(self, stage):
        matrix = models.MatrixVersion.objects.get()
        matrix.entries += ["026:10006"]
        matrix.save()
        reference = stage.draw(signing=True)
        stage.sign(reference, stage.another(52, "10006"))
        assert stage.states(reference) == ["pending"]

    def test_a_first_signature_stands_though_its_function_ends(self, stage):
        reference = stage.draw(signing=True)
        models.Office.objects.filter(person=stage.director.person.insz).update(
            ends=DAY - datetime.timedelta(days=1)
        )
        stage.sign(reference, stage.chair)
        assert stage.states(reference) == ["pending"]

    def test_both_parties_are_told_and_whoever_is_awaited_must_act(self, stage):
        reference = stage.draw(signing=True)
        told = models.Notice.objects.filter(authorisation_id=reference.number)
        assert {(each.telling, each.side, each.must_act) for each in told} == {
            (Telling.AWAITS_COSIGNATORY, side, True) for side in Side
        }

    def test_the_first_of_the_second_party_leaves_it_pending(self, stage):
        reference = stage.draw(actor=stage.accountant, other=stage.client, signing=True)
        stage.sign(reference, stage.chair)
        told = models.Notice.objects.filter(telling=Telling.AWAITS_COSIGNATORY)
        assert {(each.side, each.must_act) for each in told} == {
            (MANDATOR, True),
            (MANDATARY, False),
        }

    def test_the_history_says_that_it_was_the_first_of_two(self, stage):
        reference = stage.draw(signing=True)
        stage.sign(reference, stage.chair)
        lines = lines_of(stage, reference)
        assert [line.evidence.half_signed for line in lines] == [(), (MANDATOR,), ()]
        assert [[each.function for each in line.evidence.offices] for line in lines] == [
            [],
            [together.DIRECTOR],
            [CHAIR],
        ]


class TestWhatWaits:
    def test_is_shown_to_the_first_as_awaiting_another_and_to_the_second_as_awaiting_them(
        self, stage
    ):
        reference = stage.draw(signing=True)
        first, second = (shown(stage, reference, who) for who in (stage.director, stage.chair))
        assert first.cosigning.part is Part.SIGNED
        assert second.cosigning.part is Part.COMPLETES
        assert not first.may(lifecycle.Act.VALIDATE)
        assert second.may(lifecycle.Act.VALIDATE)
        assert first.half_signed == {MANDATOR}
        assert first.awaited == set(Side)
        assert len(first.cosigning.completed_by) == 1
        assert shown(stage, reference, stage.accountant).cosigning is None

    def test_is_shown_to_who_does_not_fit_without_a_button(self, stage):
        reference = stage.draw(signing=True)
        found = shown(stage, reference, stage.another(51, together.DIRECTOR))
        assert found.cosigning.part is Part.DOES_NOT_FIT
        assert not found.may(lifecycle.Act.VALIDATE)

    def test_is_counted_at_home_and_for_each_capacity(self, stage):
        stage.draw("several", "single", signing=True)
        blocks = {}
        for who in (stage.director, stage.chair):
            (side,) = home_blocks.blocks(actor=who, on=DAY)
            block = side.block(State.TO_BE_FINALISED)
            blocks[who] = (block.awaiting_me, block.awaiting_cosignatory, block.awaiting_other)
            waits = waiting.counts(person=who.person.insz, capacities=[who.capacity], on=DAY)
            assert waits == ({who.capacity: 2} if who is stage.chair else {})
        assert blocks == {stage.director: (0, 2, 0), stage.chair: (2, 0, 0)}

    def test_cannot_be_withdrawn_by_the_drawing_party_once_one_of_the_other_has_signed(self, stage):
        reference = stage.draw(actor=stage.accountant, other=stage.client)
        stage.sign(reference, stage.chair)
        with pytest.raises(conditions.OthersHaveSigned):
            withdraw.withdraw(
                actor=stage.accountant,
                reference=reference,
                version=2,
                limits=LIMITS,
                at=moment(),
                on=DAY,
            )

    def test_is_closed_by_one_of_them_alone(self, stage):
        reference = stage.draw(signing=True)
        for who in (stage.chair, stage.accountant):
            stage.sign(reference, who)
        close.close(
            actor=stage.chair,
            closing=close.Closing(
                reference=reference, version=4, places=(1,), end=Quarter.of(2027, 4)
            ),
            limits=LIMITS,
            at=moment(),
            on=DAY,
        )
        assert models.Mandate.objects.get().quarters.end is not None


class TestByEid:
    def test_a_form_has_a_field_for_each_of_them(self, stage, desk):
        reference = stage.draw()
        assert fields(desk.form(stage, reference)) == {"mandator", "mandator-2", "mandatary"}

    def test_both_sign_in_one_file(self, stage, desk):
        reference = stage.draw()
        form = desk.form(stage, reference)
        bring(
            stage,
            desk,
            reference,
            form,
            (stage.director, MANDATOR, 1),
            (stage.chair, MANDATOR, 2),
            (stage.accountant, MANDATARY, 1),
        )
        assert stage.states(reference) == ["active"]
        assert [row[3] for row in given(reference)] == [False, True, True]
        assert {row[2] for row in given(reference)} == {Method.EID}
        assert stage.chain_holds(reference)

    def test_one_signs_after_the_other_in_the_same_file(self, stage, desk):
        reference = stage.draw()
        pdf = bring(stage, desk, reference, desk.form(stage, reference), (stage.chair, MANDATOR, 1))
        assert stage.states(reference) == ["toBeFinalised"]
        pdf = bring(stage, desk, reference, pdf, (stage.director, MANDATOR, 2))
        assert stage.states(reference) == ["pending"]
        bring(stage, desk, reference, pdf, (stage.accountant, MANDATARY, 1))
        assert stage.states(reference) == ["active"]
        assert len(given(reference)) == 3

    def test_each_signs_in_a_file_of_their_own(self, stage, desk):
        reference = stage.draw()
        form = desk.form(stage, reference)
        bring(stage, desk, reference, form, (stage.chair, MANDATOR, 1))
        bring(stage, desk, reference, form, (stage.director, MANDATOR, 1))
        assert stage.states(reference) == ["pending"]
        bring(stage, desk, reference, form, (stage.accountant, MANDATARY, 1))
        assert stage.states(reference) == ["active"]

    def test_one_file_can_bring_the_first_of_one_party_and_all_of_the_other(self, stage, desk):
        reference = stage.draw()
        bring(
            stage,
            desk,
            reference,
            desk.form(stage, reference),
            (stage.chair, MANDATOR, 1),
            (stage.accountant, MANDATARY, 1),
        )
        assert stage.states(reference) == ["pending"]
        assert [row[3] for row in given(reference)] == [False, True]

    def test_the_same_person_twice_is_refused(self, stage, desk):
        reference = stage.draw()
        form = desk.form(stage, reference)
        with pytest.raises(form_refusals.SameSignatory):
            bring(
                stage,
                desk,
                reference,
                form,
                (stage.chair, MANDATOR, 1),
                (stage.chair, MANDATOR, 2),
            )
        assert not given(reference)

    def test_the_first_again_adds_nothing_and_is_refused(self, stage, desk):
        reference = stage.draw()
        form = desk.form(stage, reference)
        pdf = bring(stage, desk, reference, form, (stage.chair, MANDATOR, 1))
        with pytest.raises(conditions.NoNewSignature):
            bring(stage, desk, reference, pdf, (stage.chair, MANDATOR, 2))

    def test_functions_that_do_not_fit_are_refused(self, stage, desk):
        reference = stage.draw()
        other = stage.another(51, together.DIRECTOR)
        with pytest.raises(form_refusals.SignatoriesDoNotFit):
            bring(
                stage,
                desk,
                reference,
                desk.form(stage, reference),
                (stage.director, MANDATOR, 1),
                (other, MANDATOR, 2),
            )

    def test_the_history_names_both_with_their_functions(self, stage, desk):
        reference = stage.draw()
        bring(
            stage,
            desk,
            reference,
            desk.form(stage, reference),
            (stage.director, MANDATOR, 1),
            (stage.chair, MANDATOR, 2),
        )
        last = lines_of(stage, reference)[-1]
        held = [
            (each.side, [office.function for office in each.offices])
            for each in last.evidence.signatures
        ]
        assert held == [(MANDATOR, [together.DIRECTOR]), (MANDATOR, [CHAIR])]


class TestMixed:
    def test_the_second_signs_with_an_eid_in_a_form_that_shows_the_first(self, stage, desk):
        reference = stage.draw(signing=True)
        form = desk.form(stage, reference)
        assert fields(form) == {"mandator-2", "mandatary"}
        assert stage.director.person.family_name in reading.text(form)
        bring(
            stage,
            desk,
            reference,
            form,
            (stage.chair, MANDATOR, 2),
            (stage.accountant, MANDATARY, 1),
        )
        assert stage.states(reference) == ["active"]
        assert [row[2] for row in given(reference)] == [
            Method.AUTHENTICATION,
            Method.EID,
            Method.EID,
        ]

    def test_the_second_logs_in_after_an_eid_and_the_other_party_signs_the_same_form(
        self, stage, desk
    ):
        reference = stage.draw()
        form = desk.form(stage, reference)
        pdf = bring(stage, desk, reference, form, (stage.chair, MANDATOR, 1))
        stage.sign(reference, stage.director)
        assert stage.states(reference) == ["pending"]
        bring(stage, desk, reference, pdf, (stage.accountant, MANDATARY, 1))
        assert stage.states(reference) == ["active"]

    def test_the_lowest_of_the_first_party_is_its_level(self, stage, desk):
        reference = stage.draw()
        bring(stage, desk, reference, desk.form(stage, reference), (stage.chair, MANDATOR, 1))
        with pytest.raises(signing.LevelTooLow):
            stage.sign(reference, stage.accountant)
        stage.sign(reference, stage.director)
        stage.sign(reference, stage.accountant)
        assert stage.states(reference) == ["active"]

    def test_each_of_the_second_party_is_measured_by_the_first(self, stage, desk):
        reference = stage.draw()
        form = desk.form(stage, reference)
        pdf = bring(stage, desk, reference, form, (stage.accountant, MANDATARY, 1))
        with pytest.raises(signing.LevelTooLow):
            stage.sign(reference, stage.chair)
        pdf = bring(stage, desk, reference, pdf, (stage.chair, MANDATOR, 1))
        with pytest.raises(signing.LevelTooLow):
            stage.sign(reference, stage.director)
        bring(stage, desk, reference, pdf, (stage.director, MANDATOR, 2))
        assert stage.states(reference) == ["active"]

    def test_two_logins_of_one_party_are_both_on_the_form_and_no_field_is_left(self, stage, desk):
        reference = stage.draw(signing=True)
        stage.sign(reference, stage.chair)
        stage.sign(reference, stage.accountant)
        number = desk.make(stage, reference)
        pdf = desk.data(reference, number)
        assert fields(pdf) == set()
        for who in (stage.director, stage.chair, stage.accountant):
            assert who.person.name in reading.text(pdf)
        assert document(reference, number).shows == [MANDATOR, MANDATOR, MANDATARY]

    def test_paper_is_never_mixed_with_the_first_of_two(self, stage, desk):
        reference = stage.draw(signing=True)
        with pytest.raises(conditions.SignedElectronically):
            desk.submit(stage, reference, (making.pdf(), "application/pdf"))


class TestByHand:
    def decide(self, stage, reference, *offices):
        claim_scan.claim(
            actor=stage.officer, reference=reference, limits=LIMITS, at=moment(), on=DAY
        )
        held = {
            who: models.Office.objects.get(person=who.person.insz, enterprise=who.enterprise).pk
            for who in (stage.director, stage.chair, stage.accountant)
        }
        approve.approve(
            actor=stage.officer,
            reference=reference,
            version=2,
            signatories={
                MANDATOR: [held[who] for who in offices],
                MANDATARY: [held[stage.accountant]],
            },
            limits=LIMITS,
            at=moment(minute=20),
            on=DAY,
        )

    @pytest.fixture
    def reference(self, stage, desk):
        reference = stage.draw()
        desk.submit(stage, reference, (making.pdf(), "application/pdf"))
        return reference

    def test_the_officer_names_both(self, stage, reference):
        self.decide(stage, reference, stage.director, stage.chair)
        assert stage.states(reference) == ["active"]
        assert [row[3] for row in given(reference)] == [False, True, True]
        assert stage.chain_holds(reference)

    def test_one_alone_is_not_enough(self, stage, reference):
        with pytest.raises(documents.SecondSignatoryMissing) as refusal:
            self.decide(stage, reference, stage.director)
        assert refusal.value.field == "signatory_mandator_2"

    def test_the_same_twice_is_not_enough(self, stage, reference):
        with pytest.raises(cosigning.SignedByYou) as refusal:
            self.decide(stage, reference, stage.chair, stage.chair)
        assert refusal.value.field == "signatory_mandator_2"


class TestTheDatabase:
    def test_holds_one_whole_and_one_waiting_signature_of_a_side_at_most(self, stage):
        reference = stage.draw(signing=True)
        row = models.Validation.objects.get()
        for changed in (
            {"person": stage.chair.person.insz},
            {"person": stage.chair.person.insz, "functions": []},
            {"completes": True},
        ):
            again = models.Validation.objects.get(pk=row.pk)
            again.pk = None
            for name, value in changed.items():
                setattr(again, name, value)
            with pytest.raises(IntegrityError), transaction.atomic():
                again.save()
        assert models.Validation.objects.filter(authorisation_id=reference.number).count() == 1

    def test_counts_a_row_of_before_as_a_whole_signature(self, stage):
        reference = stage.draw()
        row = stage.row(reference)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO store_validation (authorisation_id, enterprise_id, side, method,"
                " person, given_name, family_name, at, assurance) VALUES"
                " (%s, %s, 'mandator', 'authentication', %s, 'A', 'B', now(), '')",
                [row.pk, stage.client.as_int, str(stage.director.person.insz.digits)],
            )
        found = models.Validation.objects.get()
        assert (found.completes, found.functions) == (True, [])
