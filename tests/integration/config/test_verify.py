"""`mahis verify` as people run it: by itself, without settings and without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyhanko.sign import fields

from mahis.gateways.pdf_forms import set_form
from tests.hostile.scene import MANDATARY, scene, signed
from tests.pki import pki

GENUINE = Path(__file__).resolve().parents[4] / "shared" / "data"
SPECIMEN = GENUINE / "eid" / "signed_visible_sigfields.pdf"

AT = "2026-11-23T09:00:00Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The trust of the practice infrastructure, and files signed by its cards."""
    folder = tmp_path_factory.mktemp("verify")
    pki().write_trust_folder(folder / "trust")
    complete = signed(scene().sealed, timestamp=True, embed_revocation=True)
    complete = signed(
        complete, field=MANDATARY, by="citizen-rsa", timestamp=True, embed_revocation=True
    )
    (folder / "both.pdf").write_bytes(complete)
    (folder / "nobody.pdf").write_bytes(scene().sealed)
    (folder / "later.pdf").write_bytes(complete + b"1 0 obj\n")
    (folder / "seals.pdf").write_bytes(
        signed(scene().sealed, by="for-seals", embed_revocation=True)
    )
    (folder / "foreign.pdf").write_bytes(_foreign())
    return folder


def _foreign() -> bytes:
    """Another document than ours, signed twice in visible fields made for it, never certified."""
    data = set_form(scene().form.content)
    for name, card, bottom in (("First", "citizen", 100), ("Second", "foreigner", 200)):
        data = signed(
            data,
            field=name,
            by=card,
            new_field=fields.SigFieldSpec(name, box=(50, bottom, 250, bottom + 50)),
            timestamp=True,
            embed_revocation=True,
        )
    return data


def verify(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with next to nothing in the environment."""
    return subprocess.run(
        [sys.executable, "-m", "mahis.config.cli", "verify", *map(str, arguments)],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def judged(folder: Path, name: str, *options: str) -> tuple[int, dict[str, Any]]:
    found = verify(folder / name, "--trust", folder / "trust", "--json", *options)
    assert found.stderr == ""
    return found.returncode, json.loads(found.stdout)


class TestForms:
    def test_signed_by_both_are_valid_by_what_they_carry(self, folder):
        code, told = judged(folder, "both.pdf", "--offline")
        assert (code, told["outcome"]) == (0, "valid")
        assert [each["kind"] for each in told["signatures"]] == [
            "seal",
            "timestamp",
            "person",
            "person",
        ]

    @pytest.mark.parametrize(
        ("name", "outcome", "reason"),
        [
            ("nobody.pdf", "invalid", "noSignature"),
            ("later.pdf", "invalid", "contentChanged"),
            ("seals.pdf", "invalid", "notQualified"),
            ("foreign.pdf", "invalid", "notOurForm"),
            ("missing.pdf", "indeterminate", "broken"),
            ("trust", "indeterminate", "broken"),
        ],
    )
    def test_with_anything_wrong_are_refused_with_the_reason(self, folder, name, outcome, reason):
        code, told = judged(folder, name, "--at", AT)
        assert (code, told["outcome"], told["reason"]) == (1, outcome, reason)

    @pytest.mark.parametrize(
        ("language", "word"),
        [
            ("en", "(Principal)"),
            ("fr", "(Mandant)"),
            ("nl", "(Mandaatgever)"),
            ("de", "(Vollmachtgeber)"),
        ],
    )
    def test_are_told_of_in_words_of_the_language_of_the_environment(self, folder, language, word):
        arguments = (folder / "both.pdf", "--trust", folder / "trust", "--offline")
        found = verify(*arguments, LANG=f"{language}_BE.UTF-8")
        assert found.returncode == 0
        assert f"Lieve Maria Wouters {word}" in found.stdout
        assert verify(*arguments, "--language", language).stdout == found.stdout

    def test_are_told_of_without_a_national_number(self, folder):
        for options in ([], ["--json"], ["--any"]):
            found = verify(folder / "both.pdf", "--trust", folder / "trust", "--offline", *options)
            assert "85073003328" not in found.stdout
            assert "073003328" not in found.stdout

    def test_are_judged_by_the_trust_of_the_installation_where_no_folder_is_named(self, folder):
        trusting = {"MAHIS_ENV": "demo", "MAHIS_TRUST": str(folder / "trust")}
        assert verify(folder / "both.pdf", "--offline", **trusting).returncode == 0
        unset = verify(folder / "both.pdf", "--offline")
        assert unset.returncode == 1
        assert "MAHIS_PUBLIC_URL" in unset.stderr


class TestAnyPdf:
    def test_may_be_signed_in_fields_of_its_own(self, folder):
        code, told = judged(folder, "foreign.pdf", "--any", "--offline")
        assert (code, told["changed"]) == (0, False)
        assert [
            (each["field"], each["verdict"], each["signerName"]) for each in told["signatures"]
        ] == [("First", "valid", "Lieve Maria Wouters"), ("Second", "valid", "Ana Ribeiro")]
        first = told["signatures"][0]
        assert (first["chainRoot"], first["keyUsage"], first["qualified"]) == (
            "Practice Root CA",
            ["nonRepudiation"],
            True,
        )
        assert first["signerNumberMasked"].startswith("85.")

    def test_must_be_signed_by_somebody(self, folder):
        (folder / "plain.pdf").write_bytes(set_form(scene().form.content))
        code, told = judged(folder, "plain.pdf", "--any")
        assert (code, told["changed"], told["signatures"]) == (1, False, [])

    def test_that_cannot_be_read_counts_as_changed(self, folder):
        for name in ("missing.pdf", "trust", "trust/root.pem"):
            code, told = judged(folder, name, "--any")
            assert (code, told["changed"], told["signatures"]) == (1, True, [])

    def test_is_judged_as_of_a_moment(self, folder):
        _, told = judged(folder, "foreign.pdf", "--any", "--at", "2017-01-01")
        assert {each["reason"] for each in told["signatures"]} == {"notYetValid"}
        wrong = verify(folder / "foreign.pdf", "--trust", folder / "trust", "--at", "tomorrow")
        assert wrong.returncode == 2
        assert "2026-09-01T12:00:00+02:00" in wrong.stderr

    def test_of_a_pipe_is_not_waited_for(self, folder):
        os.mkfifo(folder / "pipe.pdf")
        code, told = judged(folder, "pipe.pdf", "--any")
        assert (code, told["state"]) == (1, "broken")


@pytest.mark.skipif(not SPECIMEN.is_file(), reason="the specimen is not beside this checkout")
def test_the_specimen_card_is_read_and_leads_to_nobody_trusted():
    found = verify(SPECIMEN, "--any", "--trust", GENUINE / "certs")
    told = json.loads(found.stdout)
    assert found.returncode == 1
    assert told["changed"] is False
    (signature,) = told["signatures"]
    assert signature["signerName"] == "Nora Angèle Specimen"
    assert (signature["verdict"], signature["reason"]) == ("indeterminate", "unknownCertificate")
    words = verify(SPECIMEN, "--trust", GENUINE / "certs", "--language", "en")
    assert "Nora Angèle Specimen" in words.stdout
