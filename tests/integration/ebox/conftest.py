"""A practice e-Box that runs while a test does, and keys to come with."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from mahis.gateways.ebox import keys as ebox_keys
from mahis.standins.ebox.message import Terms
from mahis.standins.ebox.server import Setup, running
from mahis.standins.trust.keys import as_pem
from tests.integration.ebox.playing import SENDER, Control, settings


def short_key(file):
    """Make the shortest key that may sign: it is read fastest."""
    file.write_bytes(as_pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)))
    return file


@pytest.fixture(scope="session")
def first_key(tmp_path_factory):
    """A key made once, as making one takes long."""
    return short_key(tmp_path_factory.mktemp("ebox-keys") / "2026-01-01.pem")


@pytest.fixture
def keys(first_key, tmp_path):
    """A folder with one key."""
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / first_key.name).write_bytes(first_key.read_bytes())
    return folder


@pytest.fixture
def jwks(keys, tmp_path):
    file = tmp_path / "jwks.json"
    ebox_keys.write_public_keys(keys, file)
    return file


def agreed(jwks, **changes) -> Setup:
    """What a practice e-Box agrees to."""
    return Setup(
        client_id="mahis",
        jwks=jwks,
        terms=Terms(
            senders=(SENDER.digits,),
            applications=("mahis",),
            message_types=("MahisNotice", "MahisAction"),
        ),
        **changes,
    )


@pytest.fixture
def setup(jwks):
    return agreed(jwks)


@pytest.fixture
def practice(setup, tmp_path):
    with running(folder=tmp_path / "box", setup=setup) as started:
        yield started


@pytest.fixture
def told(practice, keys):
    """The settings of a client of the practice e-Box."""
    return settings(practice, keys)


@pytest.fixture
def control(practice):
    return Control(practice)
