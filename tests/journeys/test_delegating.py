"""Delegating past quarters, from the menu to the officer's history, wide and narrow (L8)."""

import re

import pytest
from playwright.sync_api import expect

from mahis.domain.delegation import Standing
from mahis.domain.parties import Quality
from tests.journeys.words import word

_NUMBER = re.compile(r"/delegations/(\d+)/")
REASON = "Asked for by letter of the former mandatary."


def _number(visitor) -> str:
    found = _NUMBER.search(visitor.page.url)
    assert found is not None, f"{visitor.page.url} is no page of a delegation"
    return found[1]


def _expect_standing(visitor, standing: Standing) -> None:
    tag = visitor.page.locator("main .summary-list .status")
    expect(tag).to_contain_text(word(visitor.language, standing))


def _accountant(visit_lived_in, language):
    return visit_lived_in(
        "Belleroche", language=language, acting=("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER)
    )


def _end_what_runs(visitor) -> None:
    """End the delegations that the invented past brought, so that they can be given anew."""
    visitor.choose("Delegations")
    visitor.expect_accessible()
    visitor.follow("Given by us")
    running = visitor.page.locator("main tbody tr").filter(
        has_text=word(visitor.language, Standing.RUNNING)
    )
    while running.count():
        running.first.get_by_role("link").first.click()
        visitor.expect_accessible()
        _expect_standing(visitor, Standing.RUNNING)
        visitor.follow("End this delegation")
        visitor.expect_accessible()
        visitor.press("End the delegation")
        visitor.expect_text("The delegation has ended")
        _expect_standing(visitor, Standing.ENDED)
        visitor.choose("Delegations")
        visitor.follow("Given by us")


def test_past_quarters_are_delegated_in_steps_and_an_officer_ends_it(visit_lived_in):
    accountant = _accountant(visit_lived_in, "fr")
    _end_what_runs(accountant)

    accountant.follow("Delegate past quarters")
    accountant.expect_heading("Delegate past quarters: of which mandate?")
    accountant.expect_accessible()
    accountant.page.locator("main tbody tr .actions a").first.click()
    accountant.expect_heading("Delegate past quarters: to whom?")
    accountant.expect_accessible()

    # What is wrong is said at its field, and nothing typed is lost.
    accountant.page.locator("input[name=delegate]").first.check()
    start = accountant.field("First quarter").input_value()
    accountant.field("First quarter").fill("1/1990")
    accountant.press("Next: check")
    expect(accountant.page.locator(".error-summary")).to_be_visible()
    accountant.expect_accessible()
    accountant.field("First quarter").fill(start)
    last = accountant.field("Last quarter").input_value()
    accountant.press("Next: check")
    accountant.expect_heading("Delegate these quarters?")
    accountant.expect_accessible()
    accountant.follow("Back")
    assert accountant.field("Last quarter").input_value() == last
    accountant.press("Next: check")
    accountant.page.locator("main form button.btn-primary").click()
    accountant.expect_text("You have delegated past quarters")
    _expect_standing(accountant, Standing.RUNNING)
    accountant.expect_accessible()
    number = _number(accountant)

    officer = visit_lived_in("Ardoisier", language="nl")
    officer.choose("Delegations")
    officer.expect_accessible()
    officer.page.locator(f"main a[href='/office/delegations/{number}/']").click()
    officer.expect_accessible()
    officer.follow("End this delegation")
    officer.press("End the delegation")
    expect(officer.page.locator(".error-summary")).to_be_visible()
    officer.expect_accessible()
    officer.field("Reason").fill(REASON)
    officer.press("End the delegation")
    officer.expect_text("The delegation has ended")
    officer.follow("History")
    officer.expect_accessible()
    expect(officer.page.get_by_role("main")).to_contain_text(REASON)

    accountant.go(f"/delegations/{number}/")
    _expect_standing(accountant, Standing.ENDED)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_fit_in_other_languages_too(visit_lived_in, language):
    accountant = _accountant(visit_lived_in, language)
    for path in ("/delegations/", "/delegations/?part=delegate", "/delegations/new/"):
        accountant.go(path)
        accountant.expect_accessible()
    accountant.page.locator("main tbody tr .actions a").first.click()
    accountant.expect_accessible()


def test_the_steps_work_without_scripts(visit_lived_in):
    accountant = visit_lived_in(
        "Belleroche",
        language="en",
        scripts=False,
        acting=("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER),
    )
    accountant.choose("Delegations")
    accountant.follow("Delegate past quarters")
    accountant.page.locator("main tbody tr .actions a").last.click()
    accountant.page.locator("input[name=delegate]").first.check()
    accountant.field("Last quarter").fill("4/2099")
    accountant.press("Next: check")
    expect(accountant.page.locator(".error-summary")).to_be_visible()
