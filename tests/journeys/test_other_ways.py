"""The road by other ways: with the keyboard alone, and without scripts."""

from playwright.sync_api import expect

from mahis.domain.mandate import State
from mahis.domain.parties import Quality
from tests.journeys import roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter

_MOST_TABS = 80
#: Whether what has the focus can be seen to have it: an outline, a shadow, or the skip link itself.
_FOCUS_SHOWS = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
    || style.boxShadow !== "none";
  return drawn && box.width > 0 && box.height > 0 && box.left >= 0;
}"""
_IS_FOCUSED = "element => element === document.activeElement"


def test_mandates_are_drawn_up_and_signed_with_the_keyboard_alone(visit):
    company = visit("Greta Tannenfels", language="de")
    _skip_to_the_content(company)
    _press_on(company, "main a[href='/mandates/new/']")
    company.expect_heading("Draw up a mandate")

    # Nothing is filled in: the summary of errors has the focus, and leads to each field.
    _press_on(company, "button[name=next]")
    expect(company.page.locator(".error-summary")).to_be_focused()
    _press_on(company, ".error-summary a[href='#id_other_party']")
    expect(company.page.locator("#id_other_party")).to_be_focused()

    company.page.keyboard.type("tilleuls")
    _press_on(company, "button[name=find]")
    expect(company.page.locator("input[name=chosen]")).to_have_count(1)
    _press_on(company, "input[name=chosen]", key="Space")
    _press_on(company, "input[name=groups][value=associationWork]", key="Space")
    _focus(company, "#id_start")
    company.page.keyboard.press("Control+A")
    company.page.keyboard.type(quarter(1))
    company.page.keyboard.press("Enter")
    company.expect_heading("Check and sign")
    _press_on(company, "button[name=sign]")
    company.expect_heading("Summary")
    roads.expect_states(company, State.PENDING)
    reference = roads.reference_of(company)

    secretariat = visit("Verdardois", language="fr")
    waiting = roads.waiting(reference)
    several = "pending" in (secretariat.page.locator(waiting).get_attribute("href") or "")
    _press_on(secretariat, waiting)
    if several:
        _press_on(secretariat, f"main tbody a[href^='/mandates/{reference}/']")
        _press_on(secretariat, f"main a[href='/mandates/{reference}/sign/']")
    _press_on(secretariat, "main form[method=post] button")
    secretariat.expect_text("You have signed")
    roads.expect_states(secretariat, State.ACTIVE)


def test_the_whole_road_works_without_scripts(visit):
    brewer = visit("Zilverreiger", language="nl", scripts=False)
    reference = roads.draw_up(
        brewer,
        typed="bellero",
        name="Fiduciaire Belleroche",
        groups=("dimona", "dmfa"),
        start=quarter(0),
    )
    roads.expect_states(brewer, State.PENDING, State.PENDING)
    brewer.log_out()

    accountant = visit(
        "Belleroche",
        language="fr",
        scripts=False,
        acting=("Fiduciaire Belleroche", Quality.SERVICE_PROVIDER),
    )
    roads.open_what_waits(accountant, reference)
    accountant.press("Accept and sign")
    accountant.expect_text("You have signed")
    accountant.choose("Search")
    accountant.page.locator("main summary").click()
    accountant.tick("groups", ["dmfa"])
    accountant.press("Search")
    row = accountant.page.locator("main tbody tr").filter(has_text=f"{reference}/2")
    row.get_by_role("link", name=accountant.say("Modify")).click()
    accountant.field("End quarter").fill(quarter(1))
    accountant.press("Next")
    accountant.press("Close the mandates")
    accountant.expect_text("The end quarter is registered")
    rows = accountant.page.locator("main tbody tr").filter(has_text=quarter(1))
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(f"{reference}/2")


def _skip_to_the_content(visitor: Visitor) -> None:
    """The first Tab reaches a link that skips what stands on every page."""
    page = visitor.page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    assert page.evaluate(_FOCUS_SHOWS)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def _focus(visitor: Visitor, selector: str) -> None:
    """Press Tab until the focus is there, seeing on the way where it is."""
    page = visitor.page
    wanted = page.locator(selector).first
    wanted.wait_for()
    for _ in range(_MOST_TABS):
        if wanted.evaluate(_IS_FOCUSED):
            return
        page.keyboard.press("Tab")
        assert page.evaluate(_FOCUS_SHOWS), _focused(visitor)
    message = f"the keyboard does not reach {selector} on {page.url}"
    raise AssertionError(message)


def _press_on(visitor: Visitor, selector: str, *, key: str = "Enter") -> None:
    visitor.look()
    _focus(visitor, selector)
    visitor.page.keyboard.press(key)


def _focused(visitor: Visitor) -> str:
    shown = visitor.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    return f"one does not see that the focus is on {shown}"
