"""The e-Box is read from the environment whole, or not at all with a reason that helps."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from mahis.config import ebox
from mahis.domain.parties import Language
from mahis.gateways.ebox import MessageKind, keys
from mahis.gateways.ebox.settings import PREFERENCE_SCOPE, SEND_SCOPE

NEEDED = {
    "MAHIS_EBOX_URL": "https://ebox.example/REST/ebox/enterprise/messageRegistry/v3",
    "MAHIS_EBOX_TOKEN_URL": "https://ebox.example/REST/oauth/v5/token",
    "MAHIS_EBOX_CLIENT_ID": "us",
    "MAHIS_EBOX_SENDER": "0206.731.645",
    "MAHIS_EBOX_APPLICATION": "mahis",
    "MAHIS_EBOX_MESSAGE_TYPE": "MahisNotice",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("keys")
    keys.make_key(made, name="2026-01-01")
    return made


@pytest.fixture
def environment(monkeypatch, folder):
    """An environment that says everything that is needed; the test changes it."""
    for variable, _ in ebox._SETTINGS.values():
        monkeypatch.delenv(variable, raising=False)
    for variable, text in NEEDED.items():
        monkeypatch.setenv(variable, text)
    monkeypatch.setenv("MAHIS_EBOX_KEYS_DIR", str(folder))
    return monkeypatch


def test_what_is_needed_is_enough(environment):
    found = ebox.ebox(production=True)
    assert found is not None
    assert found.sender.digits == "0206731645"
    assert found.addressee == NEEDED["MAHIS_EBOX_TOKEN_URL"]
    assert found.asked == SEND_SCOPE
    assert found.type_of(MessageKind.ACTION) == "MahisNotice"
    assert found.language_for(Language.ENGLISH) is Language.FRENCH
    assert found.language_for(Language.GERMAN) is Language.GERMAN
    assert not found.allow_http


def test_everything_that_is_said_is_read(environment, tmp_path):
    authorities = tmp_path / "ca.pem"
    authorities.touch()
    for name, text in {
        "AUDIENCE": "https://oauth.example",
        "ACTION_MESSAGE_TYPE": "MahisAction",
        "PREFERENCES_URL": "https://ebox.example/federation/v1",
        "TIMEOUT_SECONDS": "2.5",
        "AT_ONCE": "3",
        "CA_FILE": str(authorities),
        "INSTEAD_OF_ENGLISH": "nl",
    }.items():
        environment.setenv(f"MAHIS_EBOX_{name}", text)
    found = ebox.ebox(production=True)
    assert found is not None
    assert (found.addressee, found.timeout_seconds, found.at_once) == (
        "https://oauth.example",
        2.5,
        3,
    )
    assert found.asked == f"{SEND_SCOPE} {PREFERENCE_SCOPE}"
    assert found.type_of(MessageKind.ACTION) == "MahisAction"
    assert found.type_of(MessageKind.NOTICE) == "MahisNotice"
    assert found.language_for(Language.ENGLISH) is Language.DUTCH
    assert found.ca_file == authorities
    environment.setenv("MAHIS_EBOX_SCOPES", "one  two")
    again = ebox.ebox(production=True)
    assert again is not None
    assert again.asked == "one two"


def test_an_installation_may_have_no_e_box(environment):
    for name in ebox._NEEDED:
        environment.delenv(ebox._SETTINGS[name][0])
    assert ebox.ebox(production=True) is None


@pytest.mark.parametrize("name", ebox._NEEDED)
def test_half_an_e_box_is_refused_and_the_rest_named(environment, name):
    missing = ebox._SETTINGS[name][0]
    environment.delenv(missing)
    with pytest.raises(ImproperlyConfigured, match=missing):
        ebox.ebox(production=True)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("URL", "ebox.example", "the address of the e-Box must be an https address"),
        ("URL", "http://ebox.example", "the address of the e-Box must be an https address"),
        ("URL", "https://[", "the address of the e-Box must be an https address"),
        ("TOKEN_URL", "http://ebox.example", "the address of the tokens must be an https"),
        ("PREFERENCES_URL", "ftp://ebox.example", "the address of the preferences"),
        ("SENDER", "0206731646", "MAHIS_EBOX_SENDER must be the number of an enterprise"),
        ("AT_ONCE", "many", "MAHIS_EBOX_AT_ONCE must be a whole number"),
        ("AT_ONCE", "0", "1 to 100 messages"),
        ("TIMEOUT_SECONDS", "long", "MAHIS_EBOX_TIMEOUT_SECONDS must be a number of seconds"),
        ("TIMEOUT_SECONDS", "121", "at most 120 seconds"),
        ("TIMEOUT_SECONDS", "nan", "at most 120 seconds"),
        ("INSTEAD_OF_ENGLISH", "en", "must be fr, nl or de"),
        ("INSTEAD_OF_ENGLISH", "xx", "must be fr, nl or de"),
        ("KEYS_DIR", "/nowhere", "there is no key .* in /nowhere"),
        ("CA_FILE", "/nowhere/ca.pem", "there is no file /nowhere/ca.pem"),
    ],
)
def test_wrong_values_are_refused_with_their_reason(environment, name, value, reason):
    environment.setenv(f"MAHIS_EBOX_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=reason):
        ebox.ebox(production=True)


def test_addresses_without_tls_are_for_demonstrations_and_tests(environment):
    environment.setenv("MAHIS_EBOX_URL", "http://127.0.0.1:8765")
    assert ebox.ebox(production=False) is not None
    with pytest.raises(ImproperlyConfigured, match="https"):
        ebox.ebox(production=True)
