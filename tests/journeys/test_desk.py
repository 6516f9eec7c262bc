"""The officer's desk: find anything, keep groups and applications, add a letter to a file."""

import pytest
from playwright.sync_api import FilePayload, expect

from mahis.domain.lifecycle import Act
from tests.journeys import roads
from tests.journeys.visitor import Visitor
from tests.journeys.words import quarter, word
from tests.unit.scans import making

_TILLEULS = "Secrétariat social Les Trois Tilleuls"
_REASON = "Asked for by the service of applications,\nby letter of 3 November."
_NAMES = {"French": "Service nouveau", "Dutch": "Nieuwe dienst", "German": "Neuer Dienst"}


@pytest.mark.parametrize(("language", "code"), [("fr", "deskFr"), ("de", "deskDe")])
def test_an_officer_keeps_a_group_with_its_applications(visit, language, code):
    officer = visit("Ardoisier", language=language)
    officer.choose("Application groups")
    officer.expect_heading("Application groups")
    officer.expect_accessible()
    officer.follow("New application group")
    officer.expect_accessible()
    officer.press("Next")
    expect(officer.page.locator(".error-summary")).to_be_focused()
    officer.expect_accessible()
    _fill_in(officer, code)
    officer.press("Next")
    officer.expect_text("It holds no application yet: put them in on its page.")
    expect(officer.page.get_by_role("main")).to_contain_text(_NAMES["German"])
    officer.expect_accessible()
    # What was typed is not lost on the way back.
    officer.press("Change")
    expect(officer.field("Code")).to_have_value(code)
    officer.press("Next")
    officer.press("Add the group")
    officer.expect_text("The group is added")
    officer.expect_text("Kept by officers")
    officer.expect_accessible()

    officer.follow("Put an application in the group")
    officer.expect_accessible()
    officer.page.locator("select[name=application]").select_option(index=1)
    officer.field("First day").fill("1/1/2031")
    officer.field("Reason").fill(_REASON)
    officer.press("Next")
    officer.expect_text("The parties are not told.")
    officer.expect_accessible()
    officer.press("Put it in the group")
    officer.expect_text("The application is in the group")
    officer.expect_accessible()
    changes = officer.page.locator(".timeline-what")
    put_in = officer.say("Application put in the group")
    added = officer.say("Added", context="group of applications")
    expect(changes).to_have_text([put_in, added])
    for line in _REASON.splitlines():
        expect(officer.page.get_by_role("main")).to_contain_text(line)

    # What never began can be taken out again, without any script.
    plain = visit("Ardoisier", language=language, scripts=False)
    plain.go(f"/office/groups/{code}/")
    plain.page.locator("main tbody a[href$='/take-out/']").click()
    plain.field("Reason").fill(_REASON)
    plain.press("Next")
    plain.press("Take it out")
    plain.expect_text("The application is taken out of the group")


def _fill_in(officer: Visitor, code: str) -> None:
    """Fill in a group that begins in a few years, so that nobody else meets it."""
    officer.field("Code").fill(code)
    for language, name in _NAMES.items():
        officer.field(f"{language} name").fill(f"{name} {code}")
    officer.field("English name").fill(f"New service {code}")
    officer.page.locator("input[name=branch][value=other]").check()
    officer.page.locator("input[name=single_mandatary][value='1']").check()
    officer.field("Place in lists").fill("90")
    officer.field("First day").fill("1/1/2031")
    officer.field("Reason").fill(_REASON)


def test_an_officer_finds_everything_by_one_box_and_adds_a_letter(visit):
    company = visit("Wilgenbos", language="nl")
    reference = roads.draw_up(
        company,
        typed="tilleuls",
        name=_TILLEULS,
        groups=("federalLearningAccount",),
        start=quarter(3),
        signing=False,
    )

    officer = visit("Ardoisier", language="nl")
    _look_for(officer, "tilleuls")
    officer.expect_heading("Find everything")
    officer.expect_text("Service providers and social secretariats")
    officer.expect_accessible()
    officer.page.locator(".found").get_by_role("link", name=_TILLEULS).first.click()
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(_TILLEULS)
    officer.expect_text("Recognised social secretariat")
    officer.expect_accessible()

    _look_for(officer, reference)
    officer.page.wait_for_url(f"**/office/mandates/{reference}/**")
    officer.go(f"/office/mandates/{reference}/attach/")
    officer.expect_accessible()
    letter = FilePayload(name="brief.pdf", mimeType="application/pdf", buffer=making.pdf())
    officer.page.locator("input[type=file]").set_input_files([letter])
    officer.press("Attach this version")
    officer.expect_text("The new version is attached")
    row = officer.page.locator("main tbody tr").filter(has_text="brief.pdf")
    expect(row).to_contain_text(word("nl", Act.DRAW_UP))
    expect(row).to_contain_text("Ardoisier")
    officer.expect_accessible()

    _look_for(officer, "no such thing at all")
    officer.expect_text("Nothing was found")
    officer.expect_accessible()


def _look_for(officer: Visitor, text: str) -> None:
    officer.go("/office/")
    officer.page.locator("main input[name=q]").fill(text)
    officer.press("Find")
