"""The history of an authorisation on the officers' screen."""

import pytest

from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Quality, Role
from mahis.queries import history
from tests.factories import register, roads
from tests.factories.mandates import moment


@pytest.fixture
def reference(house):
    """Give an authorisation for two groups, signed by both, one of them closed."""
    made = roads.signed_by_both(house.baker, house.accountant, "dmfa", "risks")
    roads.closed(made, house.accountant, 2, end="1/2027")
    return made


def shown(actor, reference, language="fr"):
    return history.of_authorisation(actor=actor, reference=reference, language=language)


def test_is_not_for_the_parties(house, reference):
    for actor in (house.baker, house.accountant, house.stranger):
        with pytest.raises(history.HistoryIsForOfficers):
            shown(actor, reference)


def test_is_open_to_officers_who_only_consult(house, reference):
    assert shown(register.an_officer(Role.CONSULT), reference).lines


def test_of_what_does_not_exist_is_none(house, reference):
    other = AuthorisationReference(reference.year - 1, reference.number)
    assert shown(house.officer, other) is None


def test_tells_every_step_in_order(house, reference):
    found = shown(house.officer, reference)
    assert found.chain_holds
    assert [(line.version, line.act, line.place, line.after) for line in found.lines] == [
        (1, Act.DRAW_UP, 1, State.TO_BE_FINALISED),
        (1, Act.DRAW_UP, 2, State.TO_BE_FINALISED),
        (2, Act.VALIDATE, 1, State.PENDING),
        (2, Act.VALIDATE, 2, State.PENDING),
        (3, Act.VALIDATE, 1, State.ACTIVE),
        (3, Act.VALIDATE, 2, State.ACTIVE),
        (4, Act.CLOSE, 2, State.ACTIVE),
    ]
    assert [line.number for line in found.lines] == list(range(1, 8))


def test_names_who_did_it_in_which_capacity_and_no_national_number(house, reference):
    found = shown(house.officer, reference)
    last = found.lines[-1]
    assert (last.kind, last.person_name, last.enterprise_name) == (
        Kind.PARTY,
        "Anna Peeters",
        "Fiduciaire Dupont",
    )
    assert (last.enterprise, last.quality, last.role) == (
        house.practice,
        Quality.SERVICE_PROVIDER,
        Role.MANAGE,
    )
    assert (last.at, last.before) == (moment(minute=2), State.ACTIVE)
    for actor in (house.baker, house.accountant):
        assert actor.person.insz.digits not in repr(found)


def test_names_the_reason(house):
    made = roads.refused(house.baker, house.accountant, "risks", reason="Not my client")
    assert shown(house.officer, made).lines[-1].reason == "Not my client"
