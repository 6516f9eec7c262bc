"""What people do step by step on the main road, told once for all journeys."""

import re

from playwright.sync_api import expect

from mahis.domain.mandate import State
from tests.journeys.visitor import Visitor
from tests.journeys.words import word

_REFERENCE = re.compile(r"/mandates/(\d{4}-\d+)/")


def find_other_party(visitor: Visitor, *, typed: str, name: str) -> None:
    """Type a number or a part of a name, and tick the enterprise that was found."""
    look_for(visitor, typed)
    confirm_other_party(visitor, name)


def look_for(visitor: Visitor, typed: str) -> None:
    """Type a number or a part of a name, and wait for what is found."""
    visitor.page.locator("input[name=other_party]").fill(typed)
    if not visitor.scripts:
        visitor.press("Find")
        return
    # The form is exchanged for the one with what was found.
    visitor.page.locator("#drawing").evaluate("form => form.setAttribute('data-before', '')")
    visitor.press("Find")
    expect(visitor.page.locator("#drawing:not([data-before])")).to_be_visible()


def confirm_other_party(visitor: Visitor, name: str) -> None:
    """Tick the enterprise among those found."""
    card = visitor.page.locator(".choice-card").filter(has_text=name)
    card.locator("input[name=chosen]").check()


def introduce(
    visitor: Visitor, *, typed: str, name: str, groups: tuple[str, ...], start: str, end: str = ""
) -> None:
    """Fill in the first step, up to but not including its button."""
    visitor.go("/mandates/new/")
    find_other_party(visitor, typed=typed, name=name)
    visitor.tick("groups", groups)
    visitor.field("Start quarter").fill(start)
    visitor.field("End quarter (optional)").fill(end)


def draw_up(
    visitor: Visitor,
    *,
    typed: str,
    name: str,
    groups: tuple[str, ...],
    start: str,
    end: str = "",
    signing: bool = True,
) -> str:
    """Draw up an authorisation from the first step to the summary; gives its reference."""
    introduce(visitor, typed=typed, name=name, groups=groups, start=start, end=end)
    visitor.press("Next: check and sign")
    visitor.expect_heading("Check and sign")
    visitor.press("Accept and sign" if signing else "Sign later")
    visitor.expect_heading("Summary")
    return reference_of(visitor)


def reference_of(visitor: Visitor) -> str:
    """Give the reference of the authorisation that is on the screen."""
    found = _REFERENCE.search(visitor.page.url)
    assert found is not None, f"{visitor.page.url} is no page of an authorisation"
    return found[1]


def waiting(reference: str) -> str:
    """Give the selector of the line on the home page that leads to a pending authorisation."""
    return f".todo-entry :is(a[href$='/{reference}/sign/'], a[href*='states=pending'])"


def open_what_waits(visitor: Visitor, reference: str) -> None:
    """Go from the home page to the signature that an authorisation waits for.

    One mandate: straight there. Several: by the search that lists them.
    """
    entry = visitor.page.locator(waiting(reference))
    visitor.look()
    leads_to_search = "pending" in (entry.get_attribute("href") or "")
    entry.click()
    if leads_to_search:
        row = visitor.page.locator("main tbody tr").filter(has_text=reference).first
        row.get_by_role("link", name=visitor.say("Consult")).click()
        visitor.follow("Look and sign")
    assert reference_of(visitor) == reference


def sign(visitor: Visitor, reference: str) -> None:
    """Accept and sign an authorisation that waits for it."""
    visitor.go(f"/mandates/{reference}/sign/")
    visitor.press("Accept and sign")
    visitor.expect_text("You have signed")


def expect_states(visitor: Visitor, *states: State) -> None:
    """Require the status tags of the mandates in a table, in order and in words."""
    tags = visitor.page.locator("main tbody .status[data-state]")
    expect(tags).to_have_text([word(visitor.language, state) for state in states])
