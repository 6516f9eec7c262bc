"""Two persons of the same party signing at the same moment, on real connections."""

import pytest

from mahis.domain.parties import Side
from mahis.store import models
from tests.integration.usecases import together
from tests.integration.usecases.test_concurrency import all_at_once
from tests.integration.usecases.together import signed

ROUNDS = 12


@pytest.fixture
def stage(committed_db):
    """The stage, in a database in which transactions really commit."""
    return together.set_up()


def completes(reference):
    rows = models.Validation.objects.filter(authorisation_id=reference.number).order_by("id")
    return [row.completes for row in rows]


def test_by_login_one_comes_first_and_the_other_makes_it_whole_after_looking_again(stage):
    firsts = set()
    for _ in range(ROUNDS):
        reference = stage.draw()
        people = (stage.director, stage.chair)
        outcomes = all_at_once(
            *(lambda who=who: stage.sign(reference, who, version=1) for who in people)  # noqa: B023
        )
        assert sorted(each.code if each else "" for each in outcomes) == ["", "stalePage"]
        assert (stage.states(reference), completes(reference)) == (["toBeFinalised"], [False])
        late = people[[each is not None for each in outcomes].index(True)]
        firsts.add(late)
        stage.sign(reference, late)
        assert (stage.states(reference), completes(reference)) == (["pending"], [False, True])
        assert stage.chain_holds(reference)
    assert firsts <= {stage.director, stage.chair}


def test_the_same_person_twice_at_once_signs_once(stage):
    reference = stage.draw()
    outcomes = all_at_once(*[lambda: stage.sign(reference, stage.director, version=1)] * 4)
    assert sorted(each.code if each else "" for each in outcomes) == ["", *["stalePage"] * 3]
    assert completes(reference) == [False]


def test_two_who_could_both_make_it_whole_do_so_once(stage):
    reference = stage.draw(signing=True)
    others = (stage.chair, stage.another(51, together.CHAIR))
    outcomes = all_at_once(
        *(lambda who=who: stage.sign(reference, who, version=2) for who in others)
    )
    assert sorted(each.code if each else "" for each in outcomes) == ["", "stalePage"]
    assert completes(reference) == [False, True]
    assert stage.states(reference) == ["pending"]


def test_by_eid_each_in_a_file_of_their_own_one_comes_first(stage, desk):
    reference = stage.draw()
    form = desk.form(stage, reference)
    files = [
        signed(form, Side.MANDATOR, by=who, place=place)
        for place, who in enumerate((stage.director, stage.chair), start=1)
    ]
    outcomes = all_at_once(
        *(lambda data=data: desk.upload(stage, reference, data, version=1) for data in files)
    )
    assert sorted(each.code if each else "" for each in outcomes) == ["", "stalePage"]
    late = files[[each is not None for each in outcomes].index(True)]
    desk.upload(stage, reference, late)
    assert (stage.states(reference), completes(reference)) == (["pending"], [False, True])
    assert stage.chain_holds(reference)


def test_a_login_and_a_file_at_once_are_one_after_the_other(stage, desk):
    reference = stage.draw()
    data = signed(desk.form(stage, reference), Side.MANDATOR, by=stage.chair)
    outcomes = all_at_once(
        lambda: stage.sign(reference, stage.director, version=1),
        lambda: desk.upload(stage, reference, data, version=1),
    )
    assert sorted(each.code if each else "" for each in outcomes) == ["", "stalePage"]
    assert (stage.states(reference), completes(reference)) == (["toBeFinalised"], [False])
