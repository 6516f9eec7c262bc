"""The stage of the use cases, in a database that forgets after each test."""

import pytest

from mahis.gateways.files import Files
from mahis.gateways.pdf_signatures import Examiner, FetchSettings
from mahis.gateways.scans import Scans
from tests.integration.usecases import desk as desks
from tests.integration.usecases import scene
from tests.integration.usecases.scene import moment
from tests.pki import pki


@pytest.fixture
def stage(db):
    """Give the stage with two parties, their people and three groups."""
    return scene.set_up()


@pytest.fixture(scope="module")
def readers():
    """Give the readers of signed files and of scans, whose workers are warm after the first."""
    # Answers about revocation are asked for each time: tests revoke.
    examiner = Examiner(fetching=FetchSettings(private_addresses=True, kept_seconds=0))
    scans = Scans()
    yield examiner, scans
    examiner.close()
    scans.close()


@pytest.fixture(scope="module")
def seal(tmp_path_factory):
    """Give the register's seal, and let the practice services answer for the day of the stage."""
    with pki().serve(at=moment()):
        yield desks.sealer(tmp_path_factory.mktemp("seal"))


@pytest.fixture
def desk(tmp_path, seal, readers):
    """Give the desk for documents, its store empty."""
    examiner, scans = readers
    return desks.Desk(
        sealer=seal, files=Files(tmp_path / "documents"), examiner=examiner, scans=scans
    )
