"""One reader of scans for all tests here: its worker is the real one, in a process apart."""

import pytest

from mahis.gateways.scans import Scans


@pytest.fixture(scope="session")
def scans():
    """The reader that the service uses."""
    reader = Scans()
    yield reader
    reader.close()


@pytest.fixture
def taken(scans):
    """Give what becomes of one file."""
    return lambda data: scans.as_pdf(pages=[(data, "application/octet-stream")])
