"""A version of the matrix as a file: read whole or refused whole, and the same after a round."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain.matrix_versions import Line, Meaning
from mahis.domain.refusals import Refused
from mahis.domain.representation import NATURAL_PERSON
from mahis.gateways import matrix_files
from mahis.gateways.matrix_files import MatrixLinesWrong, Problem

HEADER = "JuridicalForm,Function,Meaning"
GOOD = '"610","10002","sign"'

FUNCTIONS = st.from_regex(r"[0-9]{5}", fullmatch=True)
FORMS = st.one_of(st.just(NATURAL_PERSON), st.from_regex(r"[0-9]{3}", fullmatch=True))
SIGNING = st.builds(
    lambda form, functions: Line(
        legal_form=form, meaning=Meaning.SIGN, functions=tuple(sorted(functions))
    ),
    FORMS,
    st.lists(FUNCTIONS, min_size=1, max_size=2),
)
REPRESENTING = st.builds(
    lambda function: Line(
        legal_form="", meaning=Meaning.PERMANENT_REPRESENTATIVE, functions=(function,)
    ),
    FUNCTIONS,
)
VERSIONS = st.frozensets(st.one_of(SIGNING, REPRESENTING), max_size=60)


def file(*lines, header=HEADER, end="\n"):
    """Give a file of these lines."""
    return end.join([header, *lines, ""]).encode()


def sign(form, *functions):
    """Give a line by which functions may sign."""
    return Line(legal_form=form, meaning=Meaning.SIGN, functions=functions)


class TestARound:
    @given(VERSIONS)
    def test_gives_the_same_version_and_the_same_bytes(self, lines):
        written = matrix_files.write(lines)
        assert matrix_files.read(written) == lines
        assert matrix_files.write(matrix_files.read(written)) == written

    @given(VERSIONS)
    def test_through_a_spreadsheet_gives_the_same_version(self, lines):
        written = matrix_files.write(lines).decode()
        saved = "\ufeff" + written.replace('"', "").replace(",", ";") + ";;\r\n"
        assert matrix_files.read(saved.encode()) == lines


class TestAFile:
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("header", [HEADER, HEADER.replace(",", ";"), f"\ufeff{HEADER}"])
    def test_is_read_as_spreadsheets_write_it(self, header, end):
        good = GOOD.replace(",", ";") if ";" in header else GOOD
        assert matrix_files.read(file(good, "", header=header, end=end)) == {sign("610", "10002")}

    def test_holds_pairs_in_either_order(self):
        found = matrix_files.read(file("014,10003+10002,sign", "610,10002+10002,sign"))
        assert found == {sign("014", "10002", "10003"), sign("610", "10002", "10002")}

    @pytest.mark.parametrize(
        ("line", "problem", "value"),
        [
            ("610,10002", Problem.CELLS, "2"),
            ("610,10002,sign,more", Problem.CELLS, "4"),
            ("14,10002,sign", Problem.FORM, "14"),
            (",10002,sign", Problem.FORM, ""),
            ("person,10002,sign", Problem.FORM, "person"),
            ("610,1002,sign", Problem.FUNCTION, "1002"),
            ("610,10002+,sign", Problem.FUNCTION, "10002+"),
            ("610,10002+10003+10004,sign", Problem.FUNCTION, "10002+10003+10004"),
            ("610,１０００２,sign", Problem.FUNCTION, "１０００２"),  # noqa: RUF001 - not ASCII
            ("610,10002,may", Problem.MEANING, "may"),
            ("610,10007,permanentRepresentative", Problem.FORM_TOO_MUCH, "610"),
            (",10007+10008,permanentRepresentative", Problem.FUNCTION, "10007+10008"),
            ("610,10002,sign", Problem.TWICE, "2"),
            ("610,10002," + "x" * 90, Problem.MEANING, "x" * 40 + "…"),
            ("610,10002,a\x00b", Problem.MEANING, "ab"),
        ],
    )
    def test_with_a_wrong_line_is_refused_with_its_number(self, line, problem, value):
        with pytest.raises(MatrixLinesWrong) as refusal:
            matrix_files.read(file(GOOD, line))
        (found,) = refusal.value.found["problems"]
        assert (found.line, found.problem, found.value) == (3, problem, value)

    def test_with_many_wrong_lines_names_the_first_and_counts_all(self):
        with pytest.raises(MatrixLinesWrong) as refusal:
            matrix_files.read(file(*["610,1,sign"] * 50))
        assert len(refusal.value.found["problems"]) == matrix_files.MOST_TOLD
        assert refusal.value.found["total"] == 50

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "matrixColumnsWrong"),
            (b"Version,JuridicalForm,Function,Meaning\n", "matrixColumnsWrong"),
            (file(GOOD).decode().encode("utf-16"), "matrixFileUnreadable"),
            (b"\xff\xfe\x00", "matrixFileUnreadable"),
            (file('"610","100'), "matrixFileUnreadable"),
            (file("610,10002," + "x" * 140_000), "matrixFileUnreadable"),
            (b"x" * (matrix_files.LARGEST + 1), "matrixFileTooLarge"),
        ],
    )
    def test_of_another_kind_is_refused(self, data, code):
        with pytest.raises(Refused) as refusal:
            matrix_files.read(data)
        assert (refusal.value.code, refusal.value.field) == (code, "file")

    @given(st.binary(max_size=300))
    def test_of_any_bytes_is_read_or_refused(self, data):
        for each in (data, HEADER.encode() + b"\n" + data):
            with contextlib.suppress(Refused):
                assert isinstance(matrix_files.read(each), frozenset)
