"""What an operator says about trust, and the command that tells and renews it."""

import datetime
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mahis.config import trust
from mahis.gateways.seal_settings import SealSettings
from mahis.gateways.trust import TrustSettings
from mahis.web import clock
from tests.factories import trusted_lists as made

PINNED = TrustSettings(folder=Path("roots"), lists_dir=Path("lists"))


def read(monkeypatch, **variables):
    for name, value in variables.items():
        monkeypatch.setenv(f"MAHIS_{name}", value)
    return trust.settings(data_dir=Path("/data"), seal=None)


def test_the_belgian_lists_of_the_commission_are_trusted_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("MAHIS_TRUST", raising=False)
    assert read(monkeypatch) == TrustSettings(
        folder=None,
        lists_dir=Path("/data/trust-lists"),
        list_of_lists="https://ec.europa.eu/tools/lotl/eu-lotl.xml",
        countries=("BE",),
        days_of_grace=30,
    )


def test_everything_about_trust_can_be_said(monkeypatch):
    found = read(
        monkeypatch,
        TRUST="/roots",
        TRUST_COUNTRIES="BE LU BE",
        TRUST_LISTS_DIR="/lists",
        TRUST_LISTS_DAYS="0",
        LOTL_URL="https://lists.example/",
        LOTL_SIGNERS="/signers",
        TRUST_SEAL="/seal",
    )
    assert found == TrustSettings(
        folder=Path("/roots"),
        lists_dir=Path("/lists"),
        list_of_lists="https://lists.example/",
        countries=("BE", "LU"),
        list_signers=Path("/signers"),
        days_of_grace=0,
        seal_folder=Path("/seal"),
    )


def test_the_certificate_of_the_seal_is_handed_on():
    seal = SealSettings(
        key_file=Path("key"), certificate_file=Path("seal.pem"), tsa_url="https://tsa.example"
    )
    found = trust.settings(data_dir=Path("/data"), seal=seal)
    assert found.seal_certificate == Path("seal.pem")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUST_COUNTRIES", "Belgium"),
        ("TRUST_COUNTRIES", "be"),
        ("TRUST_COUNTRIES", " "),
        ("TRUST_LISTS_DAYS", "-1"),
        ("TRUST_LISTS_DAYS", "366"),
        ("TRUST_LISTS_DAYS", "many"),
        ("LOTL_URL", "file:///lists"),
        ("LOTL_URL", "http://["),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(monkeypatch, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"MAHIS_{name}"):
        read(monkeypatch, **{name: value})


def test_qualified_certificates_are_demanded_and_weak_digests_refused_unless_told_otherwise():
    rules = trust.rules(PINNED)
    assert rules.qualified
    assert not rules.allow_sha1


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("No", False), ("1", True)])
def test_what_is_demanded_can_be_said(monkeypatch, text, value):
    monkeypatch.setenv("MAHIS_ALLOW_SHA1", text)
    monkeypatch.setenv("MAHIS_DEMAND_QUALIFIED", text)
    rules = trust.rules(PINNED)
    assert (rules.allow_sha1, rules.qualified) == (value, value)


@pytest.mark.parametrize("name", ["MAHIS_ALLOW_SHA1", "MAHIS_DEMAND_QUALIFIED"])
def test_an_answer_that_is_neither_yes_nor_no_is_refused(monkeypatch, name):
    monkeypatch.setenv(name, "perhaps")
    with pytest.raises(ImproperlyConfigured, match=name):
        trust.rules(PINNED)


def test_trusted_lists_go_with_qualified_certificates_only(monkeypatch):
    monkeypatch.setenv("MAHIS_DEMAND_QUALIFIED", "no")
    with pytest.raises(ImproperlyConfigured, match="folder of pinned roots"):
        trust.rules(TrustSettings(lists_dir=Path("lists")))


class Command:
    """`mahis trust`, as an operator runs it."""

    def __init__(self, folder, **variables):
        self._surroundings = {
            "PATH": os.environ["PATH"],
            "MAHIS_ENV": "test",
            "MAHIS_DATA_DIR": str(folder),
            **variables,
        }

    def __call__(self, *words):
        done = subprocess.run(
            [sys.executable, "-m", "mahis.config.cli", "trust", *words],
            env=self._surroundings,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def publisher(tmp_path):
    """Publish lists of our own making over HTTP; gives the address of the list of lists."""
    published = tmp_path / "published"
    published.mkdir()
    handler = type(
        "Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None}
    )
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *some: handler(*some, directory=str(published))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        _publish(published, address, tmp_path / "signers")
        yield address
        server.shutdown()


def _publish(folder, address, signers):
    issued = clock.now() - datetime.timedelta(days=1)
    until = issued + datetime.timedelta(days=100)
    lotl_signer, signer = made.holder("Signer of lists"), made.holder("Signer")
    cards = made.service("Cards", made.holder("Root").der, made.status(made.BEGIN))
    lotl = made.list_of_lists(
        lotl_signer, signer, address=f"{address}/be.xml", issued=issued, next_update=until
    )
    (folder / "eu.xml").write_bytes(lotl)
    (folder / "be.xml").write_bytes(
        made.national_list(signer, cards, issued=issued, next_update=until)
    )
    signers.mkdir()
    (signers / "signer.cer").write_bytes(lotl_signer.der)


def test_an_operator_refreshes_the_lists_and_is_told_what_they_hold(tmp_path, publisher):
    mahis = Command(
        tmp_path / "data",
        MAHIS_LOTL_URL=f"{publisher}/eu.xml",
        MAHIS_LOTL_SIGNERS=str(tmp_path / "signers"),
    )
    code, out, err = mahis("status")
    assert code == 1
    assert "mahis trust refresh" in err

    code, out, err = mahis("refresh")
    assert code == 0, err
    assert "BE: number 1, until" in out
    assert mahis("list")[:2] == (0, "Cards\n")
    code, out, _ = mahis("status")
    assert code == 0
    assert "Trusted for signatures: 1" in out

    (tmp_path / "published" / "be.xml").write_bytes(b"<html/>")
    code, _, err = mahis("refresh")
    assert code == 1
    assert "Nothing was replaced" in err
    code, out, _ = mahis("status", "--json")
    assert code == 0
    told = json.loads(out)
    assert told["trusted"] == ["Cards"]
    assert "no trusted list" in told["last_failure"]["reason"]


def test_an_operator_with_a_folder_is_told_its_roots(tmp_path):
    roots = tmp_path / "roots"
    roots.mkdir()
    (roots / "root.cer").write_bytes(made.holder("Root of my own").der)
    mahis = Command(tmp_path / "data", MAHIS_TRUST=str(roots))
    assert mahis("list")[:2] == (0, "Root of my own\n")
    code, _, err = mahis("refresh")
    assert code == 1
    assert "nothing to refresh" in err
    (roots / "broken.pem").write_bytes(b"nonsense")
    code, _, err = mahis("list")
    assert code == 1
    assert "broken.pem" in err
