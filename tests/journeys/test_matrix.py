"""Who may sign and why, step by step; and an officer who loads another matrix and takes it back."""

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from mahis.domain.representation import NoPower
from mahis.web import clock, dates
from tests.journeys.visitor import Visitor
from tests.journeys.words import word

#: Far enough ahead that no other journey is judged by it.
BEGINS = clock.today() + datetime.timedelta(days=300)
NAME = "Version pour un essai"


@pytest.mark.parametrize("language", ["nl", "de"])
def test_a_chain_over_two_companies_is_told_step_by_step(visit, language):
    person = visit("Zilverreiger", language=language)
    person.choose("Who may sign for us")
    person.expect_text("You may sign for %(name)s", name="Brouwerij De Nachtegaal")
    row = person.page.locator("tbody tr").filter(has_text="Pieter Zilverreiger")
    expect(row.locator(".way").first.locator("> li")).to_have_count(3)
    expect(row.locator(".way-fault")).to_have_count(0)
    person.expect_accessible()


@pytest.mark.parametrize(
    ("name", "language", "why_not"),
    [
        ("Mosterman", "fr", NoPower.FUNCTION_NOT_IN_MATRIX),
        ("Yvonne Fontamont", "en", NoPower.FUNCTION_ENDED),
    ],
)
def test_who_may_not_sign_reads_why(visit, name, language, why_not):
    person = visit(name, language=language)
    person.choose("Who may sign for us")
    expect(person.page.get_by_role("main")).to_contain_text(word(language, why_not))
    expect(person.page.locator("tbody .way-fault").first).to_be_visible()
    person.expect_accessible()


@pytest.mark.timeout(180)
def test_an_officer_loads_a_version_and_withdraws_it_before_it_begins(visit):
    officer = visit("Ardoisier", language="fr")
    officer.choose("Matrix of representatives")
    officer.expect_accessible()
    lines = _download(officer).decode().splitlines()
    gone = next(line for line in lines if '"610","10006"' in line)

    officer.follow("Load a version")
    officer.expect_accessible()
    _fill(officer, [*lines, '"14","10002","sign"'])
    officer.press("Next")
    officer.expect_text("These lines of the file are wrong")
    officer.expect_accessible()
    kept = [line for line in lines if line != gone]
    # No enterprise has the form 999: its line is loaded only where that is confirmed.
    _fill(officer, [*kept, '"610","10003+10003","sign"', '"999","10002","sign"'])
    officer.press("Next")
    officer.expect_heading("Load this version?")
    rows = officer.page.locator("tbody tr")
    expect(rows).to_have_count(2)
    row = rows.filter(has_text="610")
    expect(row).to_contain_text("10003 + 10003")
    expect(row).to_contain_text("10006")
    officer.expect_accessible()
    officer.press("Load the version")
    expect(officer.page.locator(".error-summary")).to_contain_text("999")
    officer.expect_accessible()
    officer.tick("with_unknown_codes", ["1"])
    officer.press("Load the version")
    officer.expect_text("The version is loaded")
    officer.expect_accessible()
    page = officer.page.url.removeprefix(officer.home).partition("?")[0]

    _read_by_a_company(visit("Claire Fontamont", language="en"))

    officer.go("/office/matrix/compare/")
    officer.expect_text("Compare two versions")
    officer.expect_accessible()
    officer.go(page)
    officer.follow("Withdraw this version")
    officer.press("Withdraw the version")
    expect(officer.page.locator(".error-summary")).to_be_visible()
    officer.expect_accessible()
    officer.field("Reason").fill("Un chiffre était faux.")
    officer.press("Withdraw the version")
    officer.expect_text("The version is withdrawn")
    expect(officer.page.get_by_role("main")).to_contain_text("Un chiffre était faux.")
    officer.expect_accessible()
    assert officer.go(page).status == 404


def _download(officer: Visitor) -> bytes:
    """Download the version in force."""
    row = officer.page.locator("tbody tr").filter(has_text="Illustrative 2025")
    with officer.page.expect_download() as arriving:
        row.locator("a[href$='export.csv']").click()
    return Path(arriving.value.path()).read_bytes()


def _fill(officer: Visitor, lines: list[str]) -> None:
    """Fill in the form with a file of these lines."""
    data = "\n".join(lines).encode()
    officer.page.locator("main input[type=file]").set_input_files(
        FilePayload(name="matrix.csv", mimeType="text/csv", buffer=data)
    )
    officer.field("Name of the version").fill(NAME)
    officer.field("Valid from").fill(dates.write(BEGINS))
    officer.field("Reason").fill("Pour un essai.")


def _read_by_a_company(person: Visitor) -> None:
    """Read, as a company, what the version to come says of its legal form."""
    person.choose("Matrix by legal form")
    versions = person.page.locator("select#version")
    expect(versions.locator("option:checked")).to_contain_text("Illustrative 2025")
    number = versions.locator("option").filter(has_text=NAME).get_attribute("value")
    versions.select_option(number)
    person.page.locator("select#form").select_option("610")
    person.press("Show")
    person.expect_text("Two persons who hold these functions sign together:")
    person.expect_accessible()
