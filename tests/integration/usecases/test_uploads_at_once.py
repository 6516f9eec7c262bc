"""Several bringing signed forms back, or signing, at the same moment: one act after the other."""

import dataclasses

import pytest

from mahis.domain import form_refusals
from mahis.domain.documents import DocumentKind
from mahis.domain.parties import Side
from mahis.store import models
from mahis.usecases import meanwhile
from tests.integration.usecases import scene
from tests.integration.usecases.desk import signed
from tests.integration.usecases.scene import DAY
from tests.integration.usecases.test_concurrency import all_at_once


@pytest.fixture
def stage(committed_db):
    """The stage, in a database in which transactions really commit."""
    return scene.set_up()


def signed_documents():
    return models.AuthorisationDocument.objects.filter(kind=DocumentKind.SIGNED).count()


def test_the_same_file_at_once_is_one_act(stage, desk):
    reference = stage.draw()
    data = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
    numbers = []
    outcomes = all_at_once(
        *(
            lambda actor=actor: numbers.append(
                desk.upload(stage, reference, data, actor=actor, version=1)
            )
            for actor in (stage.director, stage.accountant, stage.director)
        )
    )
    assert outcomes == [None, None, None]
    assert numbers == [2, 2, 2]
    assert signed_documents() == 1
    assert stage.row(reference).version == 2
    assert stage.chain_holds(reference)


def test_of_two_parties_bringing_their_own_one_comes_first_and_both_can_sign(stage, desk):
    reference = stage.draw()
    form = desk.form(stage, reference)
    files = {
        Side.MANDATOR: signed(form, Side.MANDATOR, by=stage.director),
        Side.MANDATARY: signed(form, Side.MANDATARY, by=stage.accountant),
    }
    outcomes = all_at_once(
        *(
            lambda data=data: desk.upload(stage, reference, data, version=1)
            for data in files.values()
        )
    )
    assert sorted(each.code if each else "" for each in outcomes) == ["", "stalePage"]
    assert stage.states(reference) == ["pending"]
    late = list(files.values())[outcomes.index(next(each for each in outcomes if each))]
    desk.upload(stage, reference, late)
    assert stage.states(reference) == ["active"]
    assert stage.chain_holds(reference)


def test_against_the_other_party_signing_by_authentication_one_comes_first(stage, desk):
    winners = set()
    for quarter in ("1/2027", "2/2027", "3/2027", "4/2027"):
        reference = stage.draw(start=quarter, end=quarter)
        data = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
        outcomes = all_at_once(
            lambda data=data, reference=reference: desk.upload(stage, reference, data, version=1),
            lambda reference=reference: stage.sign(reference, stage.accountant, version=1),
        )
        assert sorted(each.code if each else "" for each in outcomes) == ["", "stalePage"]
        assert stage.row(reference).version == 2
        assert models.Validation.objects.filter(authorisation_id=reference.number).count() == 1
        winners.add(outcomes.index(None))
    assert winners


class Meanwhile:
    """Readers with whom something happens while they read."""

    def __init__(self, examiner, happens):
        self._examiner, self._happens = examiner, happens

    def examine(self, data, **how):
        evidence = self._examiner.examine(data, **how)
        self._happens()
        return evidence


class TestWhileTheFileIsExamined:
    def test_a_signature_of_the_other_makes_the_page_stale(self, stage, desk):
        reference = stage.draw()
        data = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
        slow = dataclasses.replace(
            desk,
            examiner=Meanwhile(desk.examiner, lambda: stage.sign(reference, stage.accountant)),
        )
        with pytest.raises(meanwhile.StalePage):
            slow.upload(stage, reference, data)
        assert signed_documents() == 0

    def test_the_end_of_the_signers_function_is_noticed(self, stage, desk):
        reference = stage.draw()
        data = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)

        def dismissed():
            models.Office.objects.filter(person=stage.director.person.insz).update(
                ends=DAY.replace(day=1)
            )

        slow = dataclasses.replace(desk, examiner=Meanwhile(desk.examiner, dismissed))
        with pytest.raises(form_refusals.SignerNotRepresentative):
            slow.upload(stage, reference, data)
        assert signed_documents() == 0

    def test_nothing_is_locked_for_the_others(self, stage, desk):
        """Another request gets every lock that an upload takes, in another connection."""
        reference = stage.draw()
        data = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.director)
        happened = []

        def others_draw_up():
            outcomes = all_at_once(lambda: happened.append(stage.draw("single")))
            assert outcomes == [None]

        slow = dataclasses.replace(desk, examiner=Meanwhile(desk.examiner, others_draw_up))
        slow.upload(stage, reference, data)
        assert len(happened) == 1
        assert stage.states(reference) == ["pending"]
