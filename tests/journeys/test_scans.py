"""The road on paper: print, sign by hand, scan, and an officer who decides."""

import pytest
from playwright.sync_api import FilePayload, expect

from mahis.domain.mandate import State
from tests.journeys import papers, roads
from tests.journeys.visitor import NARROW, WIDE, Visitor
from tests.journeys.words import quarter

_TILLEULS = "Secrétariat social Les Trois Tilleuls"
#: Where the form has the places for the two signatures: across and down, from 0 to 1.
_PLACES = ((0.14, 0.845), (0.56, 0.845))
_REASON = "The second signature is that of somebody else.\nPlease let a director sign."
#: Whether all of something comes to be inside the window, so that nobody has to scroll for it: the
#: browser goes to the place that the address names with a frame of its own, after the page loaded.
_IN_SIGHT = """element => {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.left >= 0 && box.width > 0
    && box.bottom <= window.innerHeight && box.right <= window.innerWidth;
}"""
_IS_DRAWN = "image => image.complete && image.naturalWidth > 1000"


@pytest.fixture
def on_paper(visit):
    """Draw up, print, sign by hand, scan and send; gives company and reference."""

    def send(*groups: str) -> tuple[Visitor, str]:
        company = visit("Wilgenbos", language="nl")
        reference = roads.draw_up(
            company,
            typed="tilleuls",
            name=_TILLEULS,
            groups=groups,
            start=quarter(1),
            signing=False,
        )
        scan(company, reference)
        return company, reference

    return send


def scan(company: Visitor, reference: str) -> None:
    """Have the form made, sign it on paper, and send the pictures of its pages."""
    company.go(f"/mandates/{reference}/form/")
    company.press("Make the form")
    link = company.page.locator("main a[download][href*='/documents/']").first
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    assert address
    form = company.page.request.get(f"{company.home}{address}").body()
    pages = papers.signed_by_hand(form, places=_PLACES)
    company.go(f"/mandates/{reference}/scan/")
    files = [
        FilePayload(name=f"{number}.png", mimeType="image/png", buffer=page)
        for number, page in enumerate(pages)
    ]
    company.page.locator("input[type=file]").set_input_files(files)
    company.press("Send to the NSSO")
    company.expect_text("The scan is with the NSSO")
    roads.expect_states(company, State.TO_BE_VALIDATED)


def take(officer: Visitor, reference: str) -> None:
    """Take the next scan; where another journey left an older one, give that back for ours."""
    officer.go("/office/")
    officer.press("Take the next one")
    officer.page.wait_for_url("**/office/scans/*-*/**")
    if reference not in officer.page.url:
        officer.press("Give it back")
        officer.go(f"/office/scans/{reference}/")
        officer.press("Decide this one")
    officer.page.wait_for_url(f"**/office/scans/{reference}/#decide")


def test_an_officer_sees_the_scan_beside_the_register_and_approves(visit, on_paper):
    company, reference = on_paper("eboxDocumentConsumer")

    officer = visit("Ardoisier", language="fr")
    officer.page.locator("nav.menu a[href='/office/scans/']").click()
    officer.expect_heading("Scans to decide")
    officer.expect_accessible()
    page = officer.page
    page.locator("main tbody tr").filter(has_text=reference).get_by_role("link").click()
    page.wait_for_url(f"**/scans/{reference}/")
    officer.expect_accessible()
    officer.press("Decide this one")
    claim = officer.say("You are deciding this until %(until)s", until="")
    expect(page.locator(".decide-claim")).to_contain_text(claim.strip())
    officer.expect_accessible()

    # Whole page, all data and the buttons stand on one screen, whoever goes there.
    page.set_viewport_size({"width": WIDE, "height": 900})
    officer.go("/office/scans/")
    officer.go(f"/office/scans/{reference}/#decide")
    picture = page.locator(".decide-page img").first
    expect(picture).to_be_visible()
    page.wait_for_function(_IS_DRAWN, arg=picture.element_handle())
    for seen in (
        picture,
        page.locator(".decide-facts"),
        page.locator("[name=signatory_mandator]").first,
        page.locator("[name=signatory_mandatary]").first,
        page.get_by_role("button", name=officer.say("Approve"), exact=True),
    ):
        page.wait_for_function(_IN_SIGHT, arg=seen.element_handle())
    expect(page.locator(".compared")).to_have_count(2)
    expect(page.locator(".decide-data")).to_contain_text(_TILLEULS)

    # Without signatories nothing is approved.
    officer.press("Approve")
    expect(page.locator(".error-summary")).to_be_focused()
    officer.expect_accessible()
    for side, name in (("mandator", "Bram Wilgenbos"), ("mandatary", "Amélie Verdardois")):
        page.get_by_role("radio", name=name).and_(page.locator(f"[name=signatory_{side}]")).check()
    officer.press("Approve")
    officer.expect_text("You have approved the authorisation")
    officer.expect_accessible()
    roads.expect_states(officer, State.ACTIVE)
    expect(page.get_by_role("main")).to_contain_text("Bram Wilgenbos")

    company.go(f"/mandates/{reference}/")
    roads.expect_states(company, State.ACTIVE)
    company.expect_text("by hand on paper")


def test_another_officer_rejects_with_a_reason_that_the_parties_read(visit, on_paper):
    company, reference = on_paper("eboxPublication")

    officer = visit("Ardoisier", language="nl")
    take(officer, reference)
    officer.page.locator(".rejecting summary").click()
    officer.press("Reject with this reason")
    expect(officer.page.locator(".error-summary")).to_be_focused()
    officer.expect_accessible()
    officer.page.locator("select[name=reason_code]").select_option("signatoryMayNotSign")
    officer.field("Explanation").fill(_REASON)
    officer.press("Reject with this reason")
    officer.expect_text("You have rejected the authorisation")
    roads.expect_states(officer, State.REJECTED)

    company.go(f"/mandates/{reference}/1/")
    company.expect_text("Somebody signed who may not sign for that party")
    for line in _REASON.splitlines():
        expect(company.page.get_by_role("main")).to_contain_text(line)


def test_somebody_elses_scan_is_shown_with_their_name_and_no_buttons(visit, on_paper):
    _company, reference = on_paper("federalLearningAccount")
    officer = visit("Ardoisier", language="fr")
    officer.go(f"/office/scans/{reference}/")
    officer.press("Decide this one")

    auditor = visit("Peilman", language="nl")
    auditor.go(f"/office/scans/{reference}/")
    expect(auditor.page.locator(".decide-claim")).to_contain_text("Luc Ardoisier")
    expect(auditor.page.locator("main button, main form")).to_have_count(0)
    expect(auditor.page.locator(".decide-page img").first).to_be_visible()
    auditor.expect_accessible()

    officer.press("Give it back")
    officer.expect_heading("Scans to decide")
    auditor.page.reload()
    expect(auditor.page.locator(".decide-claim")).to_contain_text(
        auditor.say("Nobody is deciding this")
    )
    officer.go(f"/office/scans/{reference}/")
    officer.press("Decide this one")
    officer.page.locator(".rejecting summary").click()
    officer.page.locator("select[name=reason_code]").select_option("scanUnreadable")
    officer.press("Reject with this reason")
    officer.expect_text("You have rejected the authorisation")


def test_without_scripts_a_scan_is_decided_on_a_phone(visit, on_paper):
    _company, reference = on_paper("associationWork")
    officer = visit("Ardoisier", language="fr", scripts=False)
    officer.page.set_viewport_size({"width": NARROW, "height": 844})
    take(officer, reference)
    with officer.context.expect_page() as opened:
        officer.page.locator(".decide-page a").first.click()
    large = opened.value
    large.wait_for_load_state()
    assert large.url.endswith("/pages/1.png?large")
    large.close()
    for side in ("mandator", "mandatary"):
        officer.page.locator(f"[name=signatory_{side}]").first.check()
    officer.press("Approve")
    officer.expect_text("You have approved the authorisation")
    roads.expect_states(officer, State.ACTIVE)
