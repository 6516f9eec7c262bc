"""`mahis verify` on every hostile file: a verdict in JSON, exit code 0 or 1, never a traceback."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from mahis.config import verifying
from mahis.config.commands.verify import verify
from mahis.domain.signed_forms import Doubt
from mahis.gateways.pdf_signatures import Examiner, FetchSettings
from mahis.web import clock
from tests.hostile import DAY, FILES, harmless, scene
from tests.pki import pki

#: What is wrong with the form alone, or with what is demanded of it: as any PDF it may be in order.
_OF_FORMS = {
    Doubt.NOT_OUR_FORM,
    Doubt.OTHER_AUTHORISATION,
    Doubt.OLDER_VERSION,
    Doubt.NO_SIGNATURE,
    Doubt.FOREIGN_FIELD,
    Doubt.WRONG_PARTYS_FIELD,
    Doubt.SIGNER_NOT_REPRESENTATIVE,
    Doubt.SAME_SIGNATORY,
    Doubt.SIGNATORIES_DO_NOT_FIT,
    Doubt.LEVEL_TOO_LOW,
    Doubt.NO_PERSON_NUMBER,
    Doubt.NOT_QUALIFIED,
}
#: Whoever trusts one folder for everything trusts these too.
_TRUSTED_FOR_OTHER_THINGS = {"seal as a person", "timestamp authority as a person"}
_KEYS = {
    "field", "verdict", "reason", "signerName", "signerNumberMasked", "chainRoot", "keyUsage",
    "qualified",
}  # fmt: skip


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """One warm reader for all commands of this module."""
    scene()
    fetching = FetchSettings(private_addresses=True)
    with pki().serve(at=DAY), Examiner(workers=1, fetching=fetching) as examiner:
        yield examiner


@pytest.fixture
def run(examiner, monkeypatch, tmp_path):
    """Run the command on some bytes, on the day of the table."""
    trust = pki().write_trust_folder(tmp_path / "trust")
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(verifying, "Examiner", lambda **_: contextlib.nullcontext(examiner))

    def run(data, *options):
        file = tmp_path / "file.pdf"
        file.write_bytes(data)
        result = CliRunner().invoke(verify, [str(file), "--trust", str(trust), "--json", *options])
        assert result.exit_code in {0, 1}
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert not result.stderr
        return result.exit_code, json.loads(result.stdout)

    return run


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_hostile_file_gets_a_verdict_as_any_pdf(run, file):
    code, told = run(file.make(scene()), "--any")
    is_valid = (
        not told["changed"]
        and bool(told["signatures"])
        and all(each["verdict"] == "valid" for each in told["signatures"])
    )
    assert (code == 0) == is_valid
    for each in told["signatures"]:
        assert each.keys() >= _KEYS
        assert each["verdict"] in {"valid", "invalid", "indeterminate"}
        assert (each["verdict"] == "valid") == (each["reason"] is None)
    may_be_valid = file.doubt in _OF_FORMS or file.name in _TRUSTED_FOR_OTHER_THINGS
    assert code == 1 or may_be_valid or not file.fetch


@pytest.mark.parametrize("file", FILES[::9], ids=str)
def test_a_hostile_file_gets_a_verdict_as_a_form(run, file):
    code, told = run(file.make(scene()))
    assert told["outcome"] in {"valid", "invalid", "indeterminate"}
    assert (code == 0) == (told["outcome"] == "valid")


@pytest.mark.parametrize("file", harmless.FILES, ids=str)
def test_a_harmless_file_is_valid_either_way(run, file):
    sha1 = ["--allow-sha1"] if "rules" in file.requirement else []
    assert run(file.make(scene()), *sha1)[0] == 0
    code, told = run(file.make(scene()), "--any", *sha1)
    assert code == 0
    assert told["changed"] is False


def test_the_number_of_a_signer_is_told_to_nobody(run):
    for options in ([], ["--any"]):
        _, told = run(scene().by_both, *options)
        for name in ("citizen", "citizen-rsa"):
            assert scene().digits_of(name) not in json.dumps(told)


@pytest.mark.parametrize("file", FILES[::45], ids=str)
def test_a_process_of_its_own_ends_in_order(file, tmp_path):
    trust = pki().write_trust_folder(tmp_path / "trust")
    hostile = tmp_path / "file.pdf"
    hostile.write_bytes(file.make(scene()))
    command = [sys.executable, "-m", "mahis.config.cli", "verify", str(hostile)]
    command += ["--any", "--offline", "--json", "--trust", str(trust)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert isinstance(json.loads(done.stdout)["signatures"], list)


@pytest.mark.parametrize("name", ["there-is-none.pdf", "a-folder"])
def test_what_is_no_file_gets_a_verdict_too(run, tmp_path, name):
    (tmp_path / "a-folder").mkdir()
    trust = pki().write_trust_folder(tmp_path / "trust")
    arguments = [str(tmp_path / name), "--any", "--json", "--trust", str(trust)]
    result = CliRunner().invoke(verify, arguments)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["changed"] is True
