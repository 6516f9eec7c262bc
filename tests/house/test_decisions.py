"""Decisions: each has its number, its four headings and its line in the index."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_has_the_number_of_its_file_and_the_headings_of_the_template(page):
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.name[:4]}. ")
    assert re.findall(r"^Status: |^## .+$", text, re.MULTILINE) == [
        "Status: ",
        "## Context",
        "## Decision",
        "## Consequences",
    ]


def test_decisions_are_numbered_without_a_gap():
    assert [int(page.name[:4]) for page in PAGES] == list(range(len(PAGES)))


def test_the_index_lists_every_decision_with_its_title_and_status():
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    for page in PAGES[1:]:
        title, _, status = page.read_text(encoding="utf-8").partition("\n\nStatus: ")
        line = f"| [{page.name[:4]}]({page.name}) | {title[8:]} | {status.splitlines()[0]} |"
        assert line in index
