"""Two officers, and two representatives, at the same moment on real connections."""

from mahis.domain.changes import Subject
from mahis.domain.identification import (
    ConditionNotMet,
    RequestDecided,
    RequestState,
    StatusNotFitting,
)
from mahis.domain.parties import ProviderStatus
from mahis.store import models
from mahis.usecases import withdraw_request
from tests.factories import register
from tests.integration.usecases import providing
from tests.integration.usecases.providing import DAY, accept, ask, block, refuse
from tests.integration.usecases.scene import moment
from tests.integration.usecases.test_concurrency import all_at_once

ROUNDS = 20


def decided(reference):
    return models.IdentificationRequest.objects.get(pk=reference.number).state


def test_of_two_officers_one_decides_and_the_other_is_told(committed_db):
    one, other = register.an_officer(), register.an_officer()
    for _ in range(ROUNDS):
        actor = providing.representative(providing.fitting())
        reference = ask(actor)
        outcomes = all_at_once(
            lambda reference=reference: accept(one, reference),
            lambda reference=reference: refuse(other, reference),
        )
        assert outcomes.count(None) == 1
        (refusal,) = [each for each in outcomes if each is not None]
        assert isinstance(refusal, RequestDecided)
        won = decided(reference)
        assert refusal.found["state"] is won
        is_provider = models.Provider.objects.filter(pk=actor.enterprise).exists()
        assert is_provider is (won is RequestState.ACCEPTED)
        assert models.Notice.objects.filter(recipient=actor.enterprise).count() == 1
        history = models.Change.objects.filter(
            subject=Subject.PROVIDER, key=actor.enterprise.digits
        )
        assert history.count() == 1


def test_withdrawing_and_accepting_leave_one_winner(committed_db):
    officer = register.an_officer()
    for _ in range(ROUNDS):
        actor = providing.representative(providing.fitting())
        reference = ask(actor)
        outcomes = all_at_once(
            lambda reference=reference: accept(officer, reference),
            lambda reference=reference, actor=actor: withdraw_request.withdraw(
                actor=actor, reference=reference, at=moment(DAY), on=DAY
            ),
        )
        assert outcomes.count(None) == 1
        is_provider = models.Provider.objects.filter(pk=actor.enterprise).exists()
        assert is_provider is (decided(reference) is RequestState.ACCEPTED)


def test_of_two_representatives_who_ask_one_request_comes(committed_db):
    number = providing.fitting()
    people = [providing.representative(number) for _ in range(10)]
    outcomes = all_at_once(*(lambda actor=actor: ask(actor) for actor in people))
    assert outcomes.count(None) == 1
    assert {type(each) for each in outcomes if each is not None} == {ConditionNotMet}
    assert models.IdentificationRequest.objects.count() == 1


def test_two_officers_who_block_do_so_once(committed_db):
    officers = [register.an_officer(), register.an_officer()]
    for _ in range(ROUNDS):
        number = register.a_provider()
        outcomes = all_at_once(
            *(lambda officer=officer, number=number: block(officer, number) for officer in officers)
        )
        assert outcomes.count(None) == 1
        (refusal,) = [each for each in outcomes if each is not None]
        assert isinstance(refusal, StatusNotFitting)
        assert refusal.found["status"] is ProviderStatus.BLOCKED
        assert models.Notice.objects.filter(recipient=number).count() == 1
