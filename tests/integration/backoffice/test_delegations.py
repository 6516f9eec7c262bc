"""Delegations in the officers' screens: found, shown, ended with a reason, in the history."""

import pytest
from django.urls import reverse

from mahis.domain.delegation import EndedBecause
from mahis.domain.parties import Quality
from mahis.store import models
from mahis.usecases import delegate
from mahis.usecases.delegate import Wanted
from tests.factories import mandates, register, roads
from tests.factories.mandates import TODAY, moment, period
from tests.integration.portal import people
from tests.integration.portal.people import as_, text_of

pytestmark = pytest.mark.django_db

REASON = "Asked for by letter of the former mandatary"


@pytest.fixture
def number(cast):
    """Give a delegation of two quarters."""
    group = models.ApplicationGroup.objects.get(code="single")
    former = register.a_provider("Sociaal Bureau")
    mandates.an_authorisation(cast.client, former, group, start="1/2025", end="4/2025")
    reference = roads.signed_by_both(cast.director, cast.accountant, "single")
    row = models.Mandate.objects.get(authorisation_id=reference.number)
    return delegate.delegate(
        actor=cast.accountant,
        wanted=Wanted(
            mandate=row.reference,
            version=row.authorisation.version,
            delegate=former,
            application=None,
            quarters=period("3/2025", "4/2025"),
        ),
        at=moment(TODAY, 10),
        on=TODAY,
    )


def address(name, *about):
    return reverse(f"backoffice:{name}", args=about)


def reference_of(number):
    return models.Delegation.objects.get(pk=number).mandate.authorisation.reference


def test_an_officer_finds_and_sees_every_delegation(cast, number):
    browser = as_(cast.officer)
    listed = browser.get(address("delegations"), {"text": "sociaal bureau"})
    assert address("delegation", number) in listed.content.decode()
    text = text_of(browser.get(address("delegation", number)))
    assert "3/2025 to 4/2025" in text
    page = browser.get(address("mandate", reference_of(number), 1))
    assert address("delegation", number) in page.content.decode()


def test_an_officer_ends_it_with_a_reason_that_the_history_keeps(cast, number):
    browser = as_(cast.officer)
    assert browser.get(address("delegation_end", number)).status_code == 200
    without = browser.post(address("delegation_end", number), {"reason": " "})
    assert without.status_code == 422
    assert without.context["form"].errors["reason"]
    done = browser.post(address("delegation_end", number), {"reason": REASON}, follow=True)
    assert "The delegation has ended" in text_of(done)
    assert models.Delegation.objects.get().ended_because is EndedBecause.OFFICER
    history = text_of(browser.get(address("history", reference_of(number))))
    assert f"Delegation {number}, for 3/2025 to 4/2025, to Sociaal Bureau" in history
    assert REASON in history
    assert "The history is unbroken" in history
    assert "cannot be read" not in history


def test_an_auditor_sees_but_ends_nothing(cast, auditor, number):
    browser = as_(auditor)
    page = browser.get(address("delegation", number))
    assert address("delegation_end", number) not in page.content.decode()
    assert browser.post(address("delegation_end", number), {"reason": REASON}).status_code == 403


def test_one_that_is_not_there_is_not_found(cast, number):
    assert as_(cast.officer).get(address("delegation", number + 1)).status_code == 404


def test_companies_do_not_come_in(cast, number):
    secretariat = people.somebody(
        register.an_enterprise("Sekretariat", secretariat="331"), Quality.SOCIAL_SECRETARIAT
    )
    for actor in (cast.accountant, secretariat):
        assert as_(actor).get(address("delegations")).status_code == 403
