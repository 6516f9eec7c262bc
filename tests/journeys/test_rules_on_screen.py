"""Rules as people meet them: one mandatary at a time, employers only, officers, language, time."""

from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from tests.journeys import roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter

_TILLEULS = "Secrétariat social Les Trois Tilleuls"
_REASON = "Asked for by letter.\nThe company stops."


def test_a_group_that_another_mandatary_holds_is_refused_with_what_stands_in_the_way(visit):
    company = visit("Greta Tannenfels", language="de")
    reference = roads.draw_up(
        company,
        typed="rabenst",
        name="Lohnbüro Rabenstein",
        groups=("asrAccidentsAtWork",),
        start=quarter(1),
    )
    provider = visit("Rabenstein", language="de")
    roads.sign(provider, reference)

    roads.introduce(
        company,
        typed="tilleuls",
        name=_TILLEULS,
        groups=("asrAccidentsAtWork", "eboxPublication"),
        start=quarter(2),
    )
    company.press("Next: check and sign")
    summary = company.page.locator(".error-summary")
    expect(summary).to_contain_text("Lohnbüro Rabenstein")
    expect(summary).to_contain_text(f"{reference}/1")
    summary.locator("a").click()
    expect(company.page.locator("#id_replace")).to_be_focused()
    company.expect_accessible()


def test_a_group_for_employers_waits_by_itself_for_a_company_without_staff(visit):
    company = visit("Wilgenbos", language="nl")
    roads.introduce(
        company,
        typed="lindemeers",
        name="Loonkantoor Lindemeers",
        groups=("dimona", "wide"),
        start=quarter(1),
    )
    company.press("Next: check and sign")
    company.expect_text(
        "For employers only: the mandate waits until the principal is identified as an employer."
    )
    company.press("Accept and sign")
    company.expect_heading("Summary")
    reference = roads.reference_of(company)

    provider = visit(
        "Kettelaar",
        language="nl",
        acting=("Loonkantoor Lindemeers", Quality.SERVICE_PROVIDER),
    )
    roads.sign(provider, reference)
    roads.expect_states(provider, State.IDENTIFICATION, State.ACTIVE)
    provider.expect_accessible()


def test_an_officer_closes_for_a_party_with_a_reason_that_both_can_read(visit):
    brewer = visit("Zilverreiger", language="nl")
    reference = roads.draw_up(
        brewer, typed="tilleuls", name=_TILLEULS, groups=("wide",), start=quarter(0)
    )
    secretariat = visit("Verdardois", language="fr")
    roads.sign(secretariat, reference)

    auditor = visit("Peilman", language="nl")
    auditor.go(f"/office/mandates/{reference}/")
    expect(auditor.page.locator("main a[href*='/close/']")).to_have_count(0)
    assert auditor.go(f"/office/mandates/{reference}/close/").status == 403
    auditor.go(f"/office/mandates/{reference}/history/")
    auditor.expect_text("The history is unbroken")

    officer = visit("Ardoisier", language="fr")
    officer.go(f"/office/mandates/{reference}/")
    officer.follow("Close on behalf of a party")
    officer.press("Next")
    expect(officer.page.locator(".error-summary")).to_be_focused()
    officer.page.locator("main input[name=places]").check()
    officer.field("End quarter").fill(quarter(0))
    officer.page.locator("textarea[name=reason]").fill(_REASON)
    officer.press("Next")
    officer.expect_heading("Close these mandates?")
    officer.press("Close the mandates")
    officer.expect_text("The end quarter is registered")
    officer.follow("History")
    for line in _REASON.splitlines():
        expect(officer.page.locator(".timeline")).to_contain_text(line)

    brewer.go(f"/mandates/{reference}/")
    expect(brewer.page.locator("main table").first.locator("tbody tr")).to_contain_text(quarter(0))
    assert brewer.go(f"/office/mandates/{reference}/history/").status == 403


def test_the_language_is_switched_where_one_is_and_kept(visit):
    brewer = visit("Zilverreiger", language="nl")
    brewer.go("/mandates/new/")
    roads.look_for(brewer, "rabenst")
    address = brewer.page.url.split("#")[0]
    brewer.page.locator(".languages button[value=de]").click()
    brewer.language = "de"
    brewer.expect_heading("Draw up a mandate")
    assert brewer.page.url.split("#")[0] == address
    expect(brewer.page.locator(".choice-card")).to_have_count(1)
    brewer.go("/")
    brewer.expect_heading("Mandates at a glance")
    brewer.page.locator(".todo-entry").filter(has_text="rabenst").get_by_role(
        "link", name=brewer.say("Throw away"), exact=True
    ).click()
    brewer.press("Throw away")
    expect(brewer.page.locator(".todo-entry").filter(has_text="rabenst")).to_have_count(0)


def test_a_language_once_chosen_comes_back_in_another_browser(visit):
    brewer = visit("Zilverreiger", language="nl")
    brewer.page.locator(".languages button[value=de]").click()
    brewer.language = "de"
    brewer.expect_heading("Mandates at a glance")
    brewer.log_out()
    brewer.context.clear_cookies()
    brewer.go("/")
    brewer.log_in("Zilverreiger")
    brewer.expect_heading("Mandates at a glance")


def test_who_is_logged_out_meanwhile_logs_in_again_and_goes_on_where_they_were(visit):
    brewer = visit("Zilverreiger", language="nl")
    brewer.go("/mandates/new/")
    roads.look_for(brewer, "waterlel")
    address = brewer.page.url.split("#")[0]
    brewer.context.clear_cookies(name="mahis_session")
    brewer.press("Next: check and sign")
    brewer.expect_heading("Please try again")
    brewer.expect_accessible()
    brewer.follow("Log in again")
    _choose_oneself(brewer, "Pieter Zilverreiger")
    assert brewer.page.url.split("#")[0] == address
    expect(brewer.page.locator("input[name=other_party]")).to_have_value("waterlel")


def _choose_oneself(visitor: Visitor, name: str) -> None:
    heading = visitor.page.get_by_role("heading", name=name, exact=True)
    visitor.page.locator("li", has=heading).locator("button").first.click()
    visitor.page.wait_for_url(f"{visitor.home}/**")
