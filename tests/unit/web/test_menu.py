"""The menu knows on which of its lines a page stands."""

import pytest

from mahis.web import menu
from mahis.web.menu import Entry, Section

SEARCH = Entry(label="Search", address="/mandates/")
CREATE = Entry(label="Create", address="/mandates/new/")
SECTIONS = (Section(title="Mandates", entries=(SEARCH, CREATE)),)


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/mandates/", SEARCH),
        ("/mandates/2026-0000001/", SEARCH),
        ("/mandates/new/", CREATE),
        ("/mandates/new/1f0/validate/", CREATE),
        ("/", None),
    ],
)
def test_a_page_belongs_to_the_line_that_goes_furthest_along_its_path(path, entry):
    assert menu.current(SECTIONS, path=path) == entry
