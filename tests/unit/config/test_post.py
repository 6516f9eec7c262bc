"""Who writes letters and where they go is read whole, or refused with a reason that helps."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mahis.config import post
from mahis.domain.parties import Language
from mahis.gateways.post.refusals import SenderUnknown
from mahis.gateways.post.settings import Folder, Sftp

_VARIABLES = (
    "MAHIS_OFFICE_NAME",
    "MAHIS_OFFICE_ADDRESS",
    "MAHIS_OFFICE_CONTACT",
    "MAHIS_POST_TARGET",
    "MAHIS_POST_KEY_FILE",
    "MAHIS_POST_KNOWN_HOSTS",
    "MAHIS_POST_TIMEOUT_SECONDS",
)


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    for variable in _VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def said(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(f"MAHIS_{name}", value)
    return post.settings(production=True)


def test_one_office_writes_in_all_languages(monkeypatch):
    found = said(
        monkeypatch,
        OFFICE_NAME="Office",
        OFFICE_ADDRESS="Invented Square 1; 1000 Brussels ;",
        OFFICE_CONTACT="office@example.be",
    )
    for language in Language:
        sender = found.sender(language)
        assert sender.name == "Office"
        assert sender.address == ("Invented Square 1", "1000 Brussels")
        assert sender.contact == ("office@example.be",)


def test_an_office_can_have_a_name_in_each_language(monkeypatch):
    found = said(
        monkeypatch,
        OFFICE_NAME="fr=Office | nl=Kantoor | de=Amt | en=Bureau",
        OFFICE_ADDRESS="nl=Plein 1; 1000 Brussel|fr=Place 1; 1000 Bruxelles|de=P;B|en=S;B",
    )
    assert found.sender(Language.DUTCH).name == "Kantoor"
    assert found.sender(Language.FRENCH).address == ("Place 1", "1000 Bruxelles")
    assert found.sender(Language.GERMAN).contact == ()


@pytest.mark.parametrize(
    "text", ["fr=Office", "fr=Office | nl=Kantoor | de=Amt", "fr=A|nl=B|de=|en=D", "fr=A|fr=B|x|y"]
)
def test_a_language_that_is_left_out_is_told(monkeypatch, text):
    with pytest.raises(ImproperlyConfigured, match="MAHIS_OFFICE_NAME must be one text"):
        said(monkeypatch, OFFICE_NAME=text, OFFICE_ADDRESS="Square 1")


@pytest.mark.parametrize("name", ["OFFICE_NAME", "OFFICE_ADDRESS"])
def test_a_name_without_an_address_is_told(monkeypatch, name):
    with pytest.raises(ImproperlyConfigured, match="must be set together"):
        said(monkeypatch, **{name: "Something"})


def test_in_production_nobody_writes_until_it_is_said_who_does(monkeypatch):
    with pytest.raises(SenderUnknown):
        said(monkeypatch).sender(Language.FRENCH)
    assert post.settings(production=False).sender(Language.FRENCH).address


def test_packages_can_stay_where_they_are(monkeypatch):
    assert said(monkeypatch).target is None


def test_packages_can_go_into_a_folder(monkeypatch):
    assert said(monkeypatch, POST_TARGET="/srv/printer").target == Folder(path=Path("/srv/printer"))


def test_packages_can_go_to_a_server(monkeypatch):
    found = said(
        monkeypatch,
        POST_TARGET="sftp://mahis%40office@print.example.be:2222/in/mahis",
        POST_KEY_FILE="/etc/mahis/key",
        POST_KNOWN_HOSTS="/etc/mahis/known_hosts",
        POST_TIMEOUT_SECONDS="60",
    )
    assert found.target == Sftp(
        host="print.example.be",
        port=2222,
        user="mahis@office",
        path="/in/mahis",
        key_file=Path("/etc/mahis/key"),
        known_hosts=Path("/etc/mahis/known_hosts"),
        timeout_seconds=60,
    )


@pytest.mark.parametrize(
    "address",
    [
        "ftp://user@host/in",
        "sftp://host/in",
        "sftp://user@/in",
        "sftp://user@host",
        "sftp://user:hush@host/in",
        "sftp://user@host:many/in",
        "https://print.example.be/",
    ],
)
def test_an_address_that_is_none_is_told_without_repeating_it(monkeypatch, address):
    with pytest.raises(ImproperlyConfigured, match="MAHIS_POST_TARGET must be") as error:
        said(monkeypatch, POST_TARGET=address, POST_KEY_FILE="k", POST_KNOWN_HOSTS="h")
    assert "hush" not in str(error.value)


@pytest.mark.parametrize("missing", ["POST_KEY_FILE", "POST_KNOWN_HOSTS"])
def test_a_server_needs_both_keys(monkeypatch, missing):
    values = {
        "POST_TARGET": "sftp://user@host/in",
        "POST_KEY_FILE": "k",
        "POST_KNOWN_HOSTS": "h",
    }
    del values[missing]
    with pytest.raises(ImproperlyConfigured, match=f"MAHIS_{missing} must be set"):
        said(monkeypatch, **values)


@pytest.mark.parametrize("seconds", ["0", "601", "-1", "1.5", "soon", "²"])
def test_a_wait_that_is_none_is_told(monkeypatch, seconds):
    with pytest.raises(ImproperlyConfigured, match="MAHIS_POST_TIMEOUT_SECONDS"):
        said(
            monkeypatch,
            POST_TARGET="sftp://user@host/in",
            POST_KEY_FILE="k",
            POST_KNOWN_HOSTS="h",
            POST_TIMEOUT_SECONDS=seconds,
        )
