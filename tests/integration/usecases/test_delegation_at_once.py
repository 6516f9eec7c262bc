"""Closing, delegating and ending at the same moment, on real connections."""

import datetime

import pytest
from django.db import IntegrityError

from mahis.domain.notices import Telling
from mahis.domain.quarters import Quarter
from mahis.store import models
from mahis.usecases import close, delegate, end_delegation, reach_end
from tests.integration.usecases import handing_over, scene
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.integration.usecases.test_concurrency import all_at_once

ROUNDS = 12
LATER = datetime.date(2027, 1, 4)


def _close(handed, version):
    closing = close.Closing(
        reference=handed.reference, version=version, places=(1,), end=Quarter.containing(DAY)
    )
    close.close(actor=handed.stage.director, closing=closing, limits=LIMITS, at=moment(), on=DAY)


def _delegate(handed, wanted):
    delegate.delegate(actor=handed.manager, wanted=wanted, at=moment(), on=DAY)


def _end(handed, number, actor):
    end_delegation.end(actor=actor, number=number, limits=LIMITS, at=moment(), on=DAY)


def test_closing_and_delegating_at_once_leave_one_winner(committed_db):
    stage = scene.set_up()
    for seed in range(200, 200 + ROUNDS):
        handed = handing_over.hand_over(handing_over.another_client(stage, seed), seed=seed + 1000)
        wanted = handed.wanted()
        outcomes = all_at_once(
            lambda handed=handed, wanted=wanted: _close(handed, wanted.version),
            lambda handed=handed, wanted=wanted: _delegate(handed, wanted),
        )
        assert outcomes.count(None) == 1
        assert {each.code for each in outcomes if each} == {"stalePage"}
        assert stage.row(handed.reference).version == wanted.version + 1
        given = models.Delegation.objects.filter(mandate__authorisation=handed.reference.number)
        assert given.exists() is (outcomes[1] is None)
        assert stage.chain_holds(handed.reference)


def test_delegating_the_same_at_once_gives_it_once(committed_db):
    stage = scene.set_up()
    handed = handing_over.hand_over(stage)
    wanted = handed.wanted()
    outcomes = all_at_once(*[lambda: _delegate(handed, wanted)] * 10)
    assert outcomes.count(None) == 1
    assert models.Delegation.objects.count() == 1


def test_ending_by_both_at_once_ends_it_once(committed_db):
    stage = scene.set_up()
    handed = handing_over.hand_over(stage)
    for _ in range(ROUNDS):
        number = handed.delegate()
        outcomes = all_at_once(
            lambda number=number: _end(handed, number, handed.manager),
            lambda number=number: _end(handed, number, handed.clerk),
        )
        assert outcomes.count(None) == 1
        assert {each.code for each in outcomes if each} == {"delegationEnded"}
    assert stage.chain_holds(handed.reference)


def test_the_clock_of_two_workers_records_and_tells_each_end_once(committed_db):
    stage = scene.set_up()
    handed = handing_over.hand_over(stage)
    for quarter in ("1/2025", "2/2025", "3/2025"):
        handed.delegate(quarter, quarter)
    _close(handed, stage.row(handed.reference).version)
    reach_end.record_ended(at=moment(LATER), on=LATER)

    def record():
        end_delegation.record_over(at=moment(LATER), on=LATER)

    assert all_at_once(record, record) == [None, None]
    assert not models.Delegation.objects.filter(ended_at=None).exists()
    assert models.Notice.objects.filter(telling=Telling.DELEGATION_ENDED).count() == 9
    assert stage.chain_holds(handed.reference)


def test_the_database_alone_keeps_the_same_from_being_given_twice(committed_db):
    stage = scene.set_up()
    handed = handing_over.hand_over(stage)
    row = handed.row(handed.delegate())
    row.pk = None
    with pytest.raises(IntegrityError, match="delegation_not_twice_to_the_same"):
        row.save(force_insert=True)
