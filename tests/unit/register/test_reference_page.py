"""The page on register files names every file, column and word that files may hold."""

from pathlib import Path

import pytest

from mahis.gateways.register_files.bundle import LAYOUTS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "register-files.md"


def section(stem):
    """Give the part of the page about one file."""
    text = PAGE.read_text(encoding="utf-8")
    assert f"### {stem}.csv\n" in text
    return text.partition(f"### {stem}.csv\n")[2].partition("\n### ")[0]


# codes.csv refers to code.csv for its columns.
@pytest.mark.parametrize("stem", sorted(set(LAYOUTS) - {"codes"}))
def test_every_column_and_key_stands_on_the_page(stem):
    text = section(stem)
    for header in LAYOUTS[stem].headers:
        assert header in text
    deleted_by = LAYOUTS[stem].delete_columns
    assert ("deleted by*" in text.lower()) is bool(deleted_by)
    assert all(column.header in text for column in deleted_by)


@pytest.mark.parametrize("stem", sorted(LAYOUTS))
def test_every_file_has_an_example_line(stem):
    assert '\n    "' in section(stem)
