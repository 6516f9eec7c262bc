"""An examiner for all tests of this folder, and the practice services that it asks."""

import datetime

import pytest

from mahis.domain.signed_forms import Rules
from mahis.gateways.pdf_signatures import Examiner, FetchSettings
from tests.hostile.scene import DAY
from tests.pki import pki


@pytest.fixture(scope="session")
def examiner():
    with Examiner(workers=1, fetching=FetchSettings(private_addresses=True)) as examiner:
        yield examiner


@pytest.fixture(scope="module")
def services():
    """Answers about revocation, of the day on which the files come in; one server at a time."""
    with pki().serve(at=DAY) as address:
        yield address


@pytest.fixture
def examine(examiner, services):
    """Examine a file that came in on that day, with the practice services at hand."""

    def examine(data: bytes, *, at: datetime.datetime = DAY, **settings):
        chosen = {"trust": pki().trust(), "rules": Rules(), "fetch": True, **settings}
        return examiner.examine(data, at=at, **chosen)

    return examine
