"""Refusing and withdrawing: what the other party reads, and what can be done no more."""

from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from tests.journeys import roads
from tests.journeys.words import quarter

REASON = "The start quarter is wrong.\nPlease take the one after it."


def test_what_the_mandatary_drew_up_is_refused_by_the_principal_with_a_reason(visit):
    provider = visit(
        "Belleroche",
        language="fr",
        acting=("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER),
    )
    reference = roads.draw_up(
        provider,
        typed="studio wil",
        name="Studio Wilgenbos",
        groups=("eboxDocumentConsumer",),
        start=quarter(1),
    )

    company = visit("Wilgenbos", language="nl")
    roads.open_what_waits(company, reference)
    company.follow("Refuse")
    company.expect_accessible()
    company.press("Refuse")
    expect(company.page.locator(".error-summary")).to_be_visible()
    company.expect_accessible()
    company.field("Reason").fill(REASON)
    company.press("Refuse")
    company.expect_text("You have refused the authorisation")
    roads.expect_states(company, State.REJECTED)

    provider.go("/")
    block = provider.page.locator(".block[data-state=rejected]").filter(
        has=provider.page.locator("a")
    )
    expect(block).to_have_class("block block-bad")
    provider.expect_accessible()
    block.locator("a").click()
    provider.expect_heading("Mandate %(reference)s", reference=f"{reference}/1")
    for line in REASON.splitlines():
        expect(provider.page.get_by_role("main")).to_contain_text(line)
    assert provider.go(f"/mandates/{reference}/sign/").status == 200
    expect(provider.page.locator("main form")).to_have_count(0)


def test_what_nobody_else_has_signed_can_be_withdrawn(visit):
    company = visit("Wilgenbos", language="nl")
    reference = roads.draw_up(
        company,
        typed="tilleuls",
        name="Secrétariat social Les Trois Tilleuls",
        groups=("eboxPublication",),
        start=quarter(1),
    )
    company.go(f"/mandates/{reference}/")
    company.follow("Withdraw")
    company.expect_accessible()
    company.press("Withdraw")
    company.expect_text("You have withdrawn the authorisation")
    roads.expect_states(company, State.WITHDRAWN)

    secretariat = visit("Verdardois", language="fr")
    secretariat.go(f"/mandates/{reference}/")
    roads.expect_states(secretariat, State.WITHDRAWN)
    expect(secretariat.page.locator("main form, main a[href$='/sign/']")).to_have_count(0)
