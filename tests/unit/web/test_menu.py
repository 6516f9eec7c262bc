"""The menu knows on which of its lines a page stands."""

import pytest

from mahis.web import menu
from mahis.web.menu import Entry, Section

SEARCH = Entry(label="Search", address="/mandates/")
CREATE = Entry(label="Create", address="/mandates/new/")
HOME = Entry(label="Home", address="/office/", alone=True)
FIND = Entry(label="Find", address="/office/find/", also=("/office/enterprises/",))
SECTIONS = (
    Section(title="Mandates", entries=(SEARCH, CREATE)),
    Section(title="Office", entries=(HOME, FIND)),
)


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/mandates/", SEARCH),
        ("/mandates/2026-0000001/", SEARCH),
        ("/mandates/new/", CREATE),
        ("/mandates/new/1f0/validate/", CREATE),
        ("/", None),
        ("/office/", HOME),
        ("/office/find/", FIND),
        ("/office/enterprises/0150041182/", FIND),
        ("/office/notices/1f0/", None),
    ],
)
def test_a_page_belongs_to_the_line_that_goes_furthest_along_its_path(path, entry):
    assert menu.current(SECTIONS, path=path) == entry
