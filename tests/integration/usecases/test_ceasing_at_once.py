"""Officers, parties and the register at the same moment, on real connections."""

import threading

from django.db import connection, transaction

from mahis.domain import employers, lifecycle
from mahis.domain.conditions import EndAlreadySet
from mahis.domain.employers import Registration
from mahis.domain.identifiers import NssoNumber
from mahis.domain.quarters import Quarter
from mahis.store import models
from mahis.usecases import _employers, close, meanwhile, register_employer, settle_ceased
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.integration.usecases.test_concurrency import all_at_once


def test_of_ten_officers_who_register_the_same_employer_one_does(committed_db):
    stage = scene.set_up()
    reference = stage.active("employers")
    wanted = Registration(enterprise=stage.client, nsso_number=NssoNumber(100006), begins=DAY)

    def register():
        register_employer.register(
            actor=stage.officer,
            wanted=wanted,
            reason="By letter",
            limits=LIMITS,
            at=moment(minute=30),
            on=DAY,
        )

    outcomes = all_at_once(*[register] * 10)
    assert outcomes.count(None) == 1
    refused = [each for each in outcomes if each is not None]
    assert {type(each) for each in refused} == {employers.AlreadyAnEmployer}
    assert models.Employer.objects.count() == models.Change.objects.count() == 1
    assert stage.states(reference) == ["active"]
    assert stage.chain_holds(reference)


def test_a_closing_and_the_register_at_once_leave_one_end_and_an_unbroken_history(committed_db):
    stage = scene.set_up()
    reference = stage.active("several", start="4/2026")
    version = stage.row(reference).version
    models.Enterprise.objects.filter(pk=stage.provider).update(ceased_on=DAY)

    def end():
        close.close(
            actor=stage.officer,
            closing=close.Closing(
                reference=reference,
                version=version,
                places=(1,),
                end=Quarter.parse("4/2027"),
                reason="By letter",
            ),
            limits=LIMITS,
            at=moment(minute=31),
            on=DAY,
        )

    def settle():
        settle_ceased.settle(at=moment(minute=32), on=DAY)

    outcomes = all_at_once(end, settle, settle)
    refused = [each for each in outcomes if each is not None]
    allowed = meanwhile.StalePage | EndAlreadySet | lifecycle.ActNotPossible
    assert all(isinstance(each, allowed) for each in refused)
    settle()
    row = models.Mandate.objects.get(authorisation_id=reference.number)
    assert row.quarters.end == Quarter.parse("4/2026")
    assert stage.chain_holds(reference)


def test_an_officer_waits_for_an_import_that_writes_employers(committed_db):
    stage = scene.set_up()
    wanted = Registration(enterprise=stage.client, nsso_number=NssoNumber(100006), begins=DAY)
    holds, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                _employers.lock()
                holds.set()
                may_end.wait(20)
        finally:
            connection.close()

    def register():
        try:
            register_employer.register(
                actor=stage.officer,
                wanted=wanted,
                reason="By letter",
                limits=LIMITS,
                at=moment(minute=30),
                on=DAY,
            )
            done.set()
        finally:
            connection.close()

    threads = [threading.Thread(target=hold), threading.Thread(target=register)]
    threads[0].start()
    assert holds.wait(20)
    threads[1].start()
    assert not done.wait(0.5)
    assert models.Employer.objects.count() == 0
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert done.is_set()
    assert models.Employer.objects.get().begins == DAY
