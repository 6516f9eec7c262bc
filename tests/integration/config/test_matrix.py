"""`mahis matrix` as whoever runs the service uses it."""

import datetime

import pytest
from click.testing import CliRunner

from mahis.config.commands.matrix import matrix
from mahis.domain.changes import Subject
from mahis.domain.matrix_versions import Source
from mahis.store.models import Change, MatrixVersion
from mahis.web import clock
from tests.factories import register

pytestmark = pytest.mark.django_db

FILE = 'JuridicalForm,Function,Meaning\n610,10003,sign\n"","10007","permanentRepresentative"\n'


@pytest.fixture
def file(tmp_path):
    """Write a file that can be loaded, and codes that it names."""
    register.a_matrix("610", name="first")
    register.labelled("JuridicalForm", "610", {"en": "Private company"})
    for code in ("10003", "10007"):
        register.labelled("Function", code, {"en": code})
    path = tmp_path / "matrix.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(*arguments):
    """Run the command; gives its exit code and what it says."""
    result = CliRunner().invoke(matrix, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def load(file, *more, name="2027", begins=None):
    """Load a file from tomorrow on."""
    begins = begins or clock.today() + datetime.timedelta(days=1)
    return run("load", file, "--name", name, "--from", begins.isoformat(), *more)


def test_loading_tells_what_differs_and_is_recorded(file):
    code, said = load(file, "--illustrative", "--reason", "Decree of 2026.")
    assert code == 0
    assert "Compared with: first" in said
    assert "+ 610: 10003" in said
    assert f"- 610: {register.MANAGER}" in said
    assert said.endswith("Loaded: 2027.\n")
    row = MatrixVersion.objects.get(name="2027")
    assert (row.source, row.illustrative, row.entries) == (Source.OPERATOR, True, ["610:10003"])
    assert Change.objects.get(subject=Subject.MATRIX).reason == "Decree of 2026."


def test_checking_loads_nothing(file):
    code, said = load(file, "--check")
    assert (code, said.splitlines()[-1]) == (0, "Nothing was loaded.")
    assert MatrixVersion.objects.count() == 1


def test_unknown_codes_are_named_and_refused_unless_meant(file):
    file.write_text(FILE + "999,10099,sign\n", encoding="utf-8")
    code, said = load(file)
    assert code == 1
    assert "Unknown to the register: legal form 999" in said
    assert "Unknown to the register: function 10099" in said
    assert "--unknown-codes" in said
    assert load(file, "--unknown-codes")[0] == 0


def test_wrong_lines_are_named(file):
    file.write_text(FILE + "14,10002,sign\n", encoding="utf-8")
    code, said = load(file)
    assert code == 1
    assert "line 4: form (14)" in said
    assert MatrixVersion.objects.count() == 1


def test_a_day_that_is_over_is_refused(file):
    code, said = load(file, begins=clock.today() - datetime.timedelta(days=1))
    assert code == 1
    assert "days that are over" in said


def test_what_is_exported_loads_again_to_the_same(file, tmp_path):
    load(file)
    copy = tmp_path / "copy.csv"
    assert run("export", "2027", "--to", copy) == (0, f"Written: {copy}\n")
    assert run("export", "2027")[1].encode() == copy.read_bytes().replace(b"\r\n", b"\n")
    assert load(copy, name="again", begins=clock.today())[0] == 0
    assert run("compare", "2027", "again") == (0, "Both say the same.\n")
    assert "+ 610: 10003" in run("compare", "first", "2027")[1]


def test_versions_are_listed_and_withdrawn_until_they_begin(file):
    load(file)
    said = run("list")[1]
    assert "2027: to come, from" in said
    assert "first: in force, from 01-01-2000 to" in said
    assert run("withdraw", "2027", "--reason", "Wrong digit.") == (0, "Withdrawn: 2027.\n")
    assert "2027" not in run("list")[1]
    code, said = run("withdraw", "first")
    assert code == 1
    assert "can no longer be withdrawn" in said


@pytest.mark.parametrize(
    "arguments", [("export", "none"), ("withdraw", "none"), ("compare", "none", "first")]
)
def test_what_is_not_there_is_said(file, arguments):
    code, said = run(*arguments)
    assert code == 1
    assert "There is no such version of the matrix." in said
