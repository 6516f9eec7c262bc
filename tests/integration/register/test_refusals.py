"""A refused bundle leaves the register as it was, says why, and is remembered as refused."""

import pytest
from click.testing import CliRunner

from mahis.config.commands.register import register
from mahis.gateways.register_files import FileRefused
from mahis.store import models
from tests.factories.register_files import ONE, THREE, enterprise, full, meta, name, write, zipped
from tests.integration.register import contents

pytestmark = pytest.mark.django_db


def command(*words):
    return CliRunner().invoke(register, list(map(str, words)))


def test_a_wrong_line_anywhere_undoes_everything_before_it(take_in):
    take_in("full", full())
    before = contents.everything()
    wrong = full(
        meta=meta(day="01-08-2026"),
        enterprise=[enterprise(THREE)],
        activity=[f'"{ONE}","006","2025","10712","MOST"'],
    )
    with pytest.raises(FileRefused, match=r"activity\.csv, line 2: Classification"):
        take_in("wrong", wrong)
    assert contents.everything() == before
    row = models.RegisterImport.objects.latest("pk")
    assert row.outcome == "refused"
    assert (row.report["file"], row.report["line"]) == ("activity.csv", 2)


def test_an_extract_older_than_the_register_is_refused_unless_forced(take_in):
    take_in("full", full())
    older = full(meta=meta(day="01-06-2026", number=0))
    with pytest.raises(FileRefused, match="already shows 2026-07-01"):
        take_in("older", older)
    assert not take_in("older", older, force=True).already


def test_the_command_tells_what_it_did(tmp_path):
    packed = zipped(write(tmp_path / "bundle", full()))
    result = command("import", packed)
    assert result.exit_code == 0, result.output
    assert "bundle.zip: full extract 1 of 01-07-2026 imported." in result.output
    assert "enterprise.csv" in result.output
    assert "Enterprises: 2 new, 0 ceased, 0 active again." in result.output
    again = command("import", packed)
    assert "already imported" in again.output
    assert command("import", packed, "--force").exit_code == 0


def test_the_command_ends_with_one_and_says_where_and_why(tmp_path):
    folder = write(tmp_path / "bundle", full(denomination=[name(ONE, "")]))
    result = command("import", folder)
    assert result.exit_code == 1
    assert "denomination.csv, line 2: Denomination: this cell may not be empty" in result.output
    assert "the register is as it was" in result.output
    assert command("import", tmp_path / "nothing").exit_code == 1
