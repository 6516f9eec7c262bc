"""A company changes its provider: from the wish to the first signatures, and back again."""

from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from tests.journeys import roads
from tests.journeys.words import quarter

_GROUP = "associationWork"
_BELLEROCHE = ("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER)


def test_a_provider_is_replaced_by_another_and_the_replacement_is_withdrawn(visit):
    company = visit("Claire Fontamont", language="fr")
    older = roads.draw_up(
        company, typed="rabenst", name="Lohnbüro Rabenstein", groups=(_GROUP,), start=quarter(0)
    )
    former = visit("Rabenstein", language="de")
    roads.sign(former, older)

    roads.introduce(
        company, typed="belleroch", name="Fiduciaire Belleroche", groups=(_GROUP,), start=quarter(2)
    )
    company.press("Next: check and sign")
    summary = company.page.locator(".error-summary")
    expect(summary).to_contain_text(f"{older}/1")
    summary.locator("a").click()
    expect(company.page.locator("#id_replace")).to_be_focused()
    company.expect_accessible()
    company.tick("replace", (_GROUP,))
    company.press("Next: check and sign")
    company.expect_heading("Check and sign")
    company.expect_text("What ends by this")
    expect(company.page.get_by_role("main")).to_contain_text(quarter(1))
    company.expect_accessible()
    company.press("Accept and sign")
    company.expect_heading("Summary")
    newer = roads.reference_of(company)
    company.go(f"/mandates/{older}/")
    expect(company.page.locator("main tbody tr").first).not_to_contain_text(quarter(1))

    provider = visit("Belleroche", language="fr", acting=_BELLEROCHE)
    provider.go(f"/mandates/{newer}/sign/")
    provider.expect_text("What ends by this")
    provider.expect_accessible()
    provider.press("Accept and sign")
    provider.expect_text("You have signed")
    roads.expect_states(provider, State.ACTIVE)

    former.go(f"/mandates/{older}/1/")
    expect(former.page.get_by_role("main")).to_contain_text("Fiduciaire Belleroche")
    expect(former.page.get_by_role("main")).to_contain_text(quarter(1))
    former.expect_accessible()

    company.go(f"/mandates/{newer}/1/")
    company.expect_accessible()
    company.follow("Withdraw the replacement")
    company.expect_accessible()
    company.press("Withdraw")
    roads.expect_states(company, State.WITHDRAWN)
    former.go(f"/mandates/{older}/1/")
    expect(former.page.get_by_role("main")).not_to_contain_text("Fiduciaire Belleroche")
    expect(former.page.get_by_role("main")).not_to_contain_text(quarter(1))

    officer = visit("Ardoisier", language="fr")
    officer.go(f"/office/mandates/{older}/history/")
    officer.expect_text("The history is unbroken")
    expect(officer.page.locator(".timeline")).to_contain_text(f"{newer}/1")
    officer.go(f"/office/mandates/{newer}/1/")
    expect(officer.page.get_by_role("main")).to_contain_text(f"{older}/1")
    officer.expect_accessible()
