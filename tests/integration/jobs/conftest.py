"""A stage whose notices really go out: a practice e-Box, letters, workers that commit."""

import pytest

from mahis.gateways.ebox import keys as ebox_keys
from mahis.gateways.files import Files
from tests.integration.jobs.office import Office


@pytest.fixture(scope="session")
def ebox_key(tmp_path_factory):
    """A folder with one key made once, as making one takes long."""
    folder = tmp_path_factory.mktemp("ebox-keys")
    ebox_keys.make_key(folder, name="2026-01-01")
    return folder


@pytest.fixture
def office(committed_db, ebox_key, tmp_path):
    """Give the office that sends, its e-Box not started yet."""
    return Office(
        keys=ebox_key, folder=tmp_path, files=Files(tmp_path / "documents"), database=committed_db
    )


@pytest.fixture
def open_office(office):
    """Give the office with its e-Box open."""
    with office.open():
        yield office
