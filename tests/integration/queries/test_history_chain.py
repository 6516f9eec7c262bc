"""The verdict on the history of an authorisation."""

import psycopg
import pytest

from mahis.domain.mandate import AuthorisationReference
from mahis.queries import history
from tests.factories import mandates, roads
from tests.integration.usecases import scene


def verdict(officer, reference):
    found = history.of_authorisation(actor=officer, reference=reference, language="en")
    assert found is not None
    return found.chain_holds


def test_a_road_by_the_use_cases_is_unbroken(house):
    reference = roads.signed_by_both(house.baker, house.accountant, "dmfa", "risks")
    roads.closed(reference, house.baker, 2, end="1/2027")
    assert verdict(house.officer, reference)


def test_an_authorisation_without_history_is_broken(house):
    row = mandates.an_authorisation(house.bakery, house.practice, house.dmfa)
    assert not verdict(house.officer, row.reference)


def test_what_does_not_exist_has_no_history(house):
    nothing = AuthorisationReference(2026, 999_999)
    assert history.of_authorisation(actor=house.officer, reference=nothing, language="en") is None


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE store_historyentry SET reason = 'forged' WHERE number = 1",
        "UPDATE store_historyentry SET evidence = '[]' WHERE number = 2",
        "UPDATE store_historyentry SET person_name = 'Somebody Else' WHERE number = 3",
        "UPDATE store_historyentry SET at = at + interval '1 day' WHERE number = 4",
        "DELETE FROM store_historyentry WHERE number = 1",
        "DELETE FROM store_historyentry WHERE number = 2",
        # The last steps: what is left is a chain without a flaw.
        "DELETE FROM store_historyentry WHERE number > 2",
        "DELETE FROM store_historyentry",
        "UPDATE store_mandate SET state = 'withdrawn' WHERE place = 2",
        "UPDATE store_authorisation SET version = 2",
    ],
)
def test_whoever_owns_the_database_cannot_change_it_unseen(committed_db, forgery):
    stage = scene.set_up()
    reference = stage.active("single", "several")
    assert verdict(stage.officer, reference)
    with psycopg.connect(committed_db, autocommit=True) as owner:
        owner.execute("SET ROLE NONE")
        owner.execute("ALTER TABLE store_historyentry DISABLE TRIGGER USER")
        owner.execute(forgery)
    assert not verdict(stage.officer, reference)


def test_companies_do_not_see_it(house):
    reference = roads.drawn_up(house.baker, house.accountant, "dmfa")
    with pytest.raises(history.HistoryIsForOfficers):
        history.of_authorisation(actor=house.baker, reference=reference, language="en")
