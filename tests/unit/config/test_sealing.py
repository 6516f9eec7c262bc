"""The seal is read from the environment whole, or not at all with a reason that helps."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from mahis.config import sealing
from tests.pki import pki


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment that says everything that is needed; the test changes it."""
    for variable, _ in sealing._SETTINGS.values():
        monkeypatch.delenv(variable, raising=False)
    files = pki().seal_files(tmp_path)
    monkeypatch.setenv("MAHIS_SEAL_KEY_FILE", str(files.key))
    monkeypatch.setenv("MAHIS_SEAL_CERTIFICATE_FILE", str(files.certificates))
    monkeypatch.setenv("MAHIS_TSA_URL", "http://tsa.example/")
    return monkeypatch


def test_everything_that_is_said_is_read(environment, tmp_path):
    environment.setenv("MAHIS_TSA_TIMEOUT_SECONDS", "2.5")
    environment.setenv("MAHIS_TSA_TRIES", "4")
    environment.setenv("MAHIS_TSA_USERNAME", "mahis")
    environment.setenv("MAHIS_TSA_PASSWORD", "hush")
    found = sealing.seal()
    assert found is not None
    assert found.key_file.parent == tmp_path
    assert (found.tsa_timeout_seconds, found.tsa_tries) == (2.5, 4)
    assert (found.tsa_username, found.tsa_password) == ("mahis", "hush")


def test_an_installation_may_have_no_seal(environment):
    for name in sealing._NEEDED:
        environment.delenv(sealing._SETTINGS[name][0])
    assert sealing.seal() is None


@pytest.mark.parametrize("name", sealing._NEEDED)
def test_half_a_seal_is_refused_and_the_rest_named(environment, name):
    missing = sealing._SETTINGS[name][0]
    environment.delenv(missing)
    with pytest.raises(ImproperlyConfigured, match=missing):
        sealing.seal()


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("MAHIS_TSA_TRIES", "often", "MAHIS_TSA_TRIES is not a number"),
        ("MAHIS_TSA_TIMEOUT_SECONDS", "long", "MAHIS_TSA_TIMEOUT_SECONDS is not a number"),
        ("MAHIS_TSA_TRIES", "99", "tries"),
        ("MAHIS_TSA_URL", "tsa.example", "address"),
        ("MAHIS_SEAL_KEY_FILE", "/nowhere/key.pem", "/nowhere/key.pem cannot be read"),
        ("MAHIS_SEAL_CERTIFICATE_FILE", "/nowhere/seal.pem", "/nowhere/seal.pem cannot be read"),
    ],
)
def test_wrong_values_are_refused_with_their_reason(environment, variable, value, reason):
    environment.setenv(variable, value)
    with pytest.raises(ImproperlyConfigured, match=reason):
        sealing.seal()
