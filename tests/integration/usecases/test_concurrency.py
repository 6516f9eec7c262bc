"""Several people at once, on real connections."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import IntegrityError, connection

from mahis.domain import conditions
from mahis.domain.mandate import State
from mahis.domain.refusals import Refused
from mahis.store import models
from mahis.usecases import refuse, withdraw
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, moment

AT_ONCE = 50


def all_at_once(*acts):
    """Run every act in a thread with a connection of its own, from one starting shot."""
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            act()
        except Refused as refused:
            return refused
        else:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_fifty_activations_in_conflict_exactly_one_wins(committed_db):
    stage = scene.set_up()
    pending = []
    for seed in range(100, 100 + AT_ONCE):
        provider, actor = scene.another_provider(seed)
        pending.append((stage.draw("single", other=provider, signing=True), actor))

    outcomes = all_at_once(
        *(
            lambda reference=reference, actor=actor: stage.sign(reference, actor, version=2)
            for reference, actor in pending
        )
    )

    assert outcomes.count(None) == 1
    refusals = [each for each in outcomes if each is not None]
    assert {type(each) for each in refusals} == {conditions.HeldByAnother}
    winner = models.Mandate.objects.get(state=State.ACTIVE)
    assert {each.found["holder"].reference for each in refusals} == {winner.reference}
    assert models.Mandate.objects.filter(state=State.PENDING).count() == AT_ONCE - 1


def test_the_database_alone_keeps_a_second_holder_out(committed_db):
    """Without the use cases and their lock, the constraint still says no."""
    stage = scene.set_up()
    provider, _ = scene.another_provider(100)
    first = stage.draw("single", signing=True)
    second = stage.draw("single", other=provider, signing=True)
    models.Mandate.objects.filter(authorisation_id=first.number).update(state=State.ACTIVE)
    with pytest.raises(IntegrityError, match="mandate_one_mandatary_at_a_time"):
        models.Mandate.objects.filter(authorisation_id=second.number).update(
            state=State.IDENTIFICATION
        )


def test_signing_refusing_and_withdrawing_at_once_leave_one_winner(committed_db):
    stage = scene.set_up()
    for _ in range(10):
        reference = stage.draw("several", signing=True)
        more = {"reference": reference, "version": 2, "limits": LIMITS, "at": moment(), "on": DAY}
        outcomes = all_at_once(
            lambda reference=reference: stage.sign(reference, stage.accountant, version=2),
            lambda more=more: refuse.refuse(actor=stage.accountant, reason="no", **more),
            lambda more=more: withdraw.withdraw(actor=stage.director, **more),
        )
        assert outcomes.count(None) == 1
        assert {each.code for each in outcomes if each} == {"stalePage"}
        assert stage.row(reference).version == 3
        models.Mandate.objects.filter(authorisation_id=reference.number).update(
            state=State.WITHDRAWN
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_historyentry SET reason = 'forged'",
        "DELETE FROM store_historyentry",
        "TRUNCATE store_historyentry",
    ],
)
def test_nobody_changes_history(committed_db, statement):
    """Not the application, which lacks the right; not the owner, whom the trigger refuses."""
    scene.set_up().draw()
    with psycopg.connect(committed_db, autocommit=True) as direct:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            direct.execute(statement)
        direct.execute("SET ROLE NONE")
        with pytest.raises(psycopg.errors.IntegrityError, match="only be added to"):
            direct.execute(statement)
