"""A version of the representatives matrix as a file: CSV, as an office's spreadsheet writes it."""

import csv
import dataclasses
import enum
import io
import re
from collections.abc import Iterator

from mahis.domain.matrix_versions import Line, Meaning
from mahis.domain.refusals import Refused
from mahis.domain.representation import NATURAL_PERSON

MEDIA_TYPE = "text/csv; charset=utf-8"
HEADERS = ("JuridicalForm", "Function", "Meaning")
#: A version with a line for every form and function of the register is far smaller.
LARGEST = 2**18
#: Problems that are told at once; who has more has sent another file.
MOST_TOLD = 20
_LONGEST_SHOWN = 40
_BOM = "\ufeff"
_FORM = re.compile(r"[0-9]{3}")
_FUNCTION = re.compile(r"[0-9]{5}")
_TOGETHER = re.compile(r"[0-9]{5}\+[0-9]{5}")


class Problem(enum.Enum):
    """What can be wrong with a line."""

    #: There are more or fewer cells than columns.
    CELLS = "cells"
    #: The legal form has not three digits, as where a spreadsheet dropped a zero.
    FORM = "form"
    #: The function has not five digits, and is no two of them with a plus between.
    FUNCTION = "function"
    MEANING = "meaning"
    #: A permanent representative with a legal form.
    FORM_TOO_MUCH = "formTooMuch"
    #: An earlier line says the same.
    TWICE = "twice"


@dataclasses.dataclass(frozen=True, kw_only=True)
class LineProblem:
    """What is wrong with one line."""

    line: int
    problem: Problem
    #: The cell that is wrong, cut where it is long.
    value: str


class MatrixFileTooLarge(Refused):
    """The file is far larger than any matrix (`largest`)."""

    code = "matrixFileTooLarge"


class MatrixFileUnreadable(Refused):
    """The file is no CSV in UTF-8."""

    code = "matrixFileUnreadable"


class MatrixColumnsWrong(Refused):
    """The first line does not name the columns (`expected`)."""

    code = "matrixColumnsWrong"


class MatrixLinesWrong(Refused):
    """Some lines are wrong (`problems`, the first ones of `total`)."""

    code = "matrixLinesWrong"


def read(data: bytes) -> frozenset[Line]:
    """Read the lines of a version, between commas or semicolons.

    Raises MatrixFileTooLarge, MatrixFileUnreadable, MatrixColumnsWrong and MatrixLinesWrong, which
    names every line that is wrong.
    """
    if len(data) > LARGEST:
        raise MatrixFileTooLarge(field="file", largest=LARGEST)
    lines: dict[Line, int] = {}
    problems: list[LineProblem] = []
    for number, cells in _records(data):
        line = _read_line(number, cells)
        if isinstance(line, Line) and line in lines:
            line = LineProblem(line=number, problem=Problem.TWICE, value=str(lines[line]))
        if isinstance(line, Line):
            lines[line] = number
        else:
            problems.append(line)
    if problems:
        raise MatrixLinesWrong(
            field="file", problems=tuple(problems[:MOST_TOLD]), total=len(problems)
        )
    return frozenset(lines)


def write(lines: frozenset[Line]) -> bytes:
    """Write the lines of a version; the same lines always make the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADERS)
    for line in sorted(lines):
        writer.writerow((line.legal_form, "+".join(line.functions), line.meaning))
    return text.getvalue().encode()


def _records(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give the filled lines after the first, each with its number."""
    try:
        text = data.decode().removeprefix(_BOM)
    except UnicodeDecodeError:
        raise MatrixFileUnreadable(field="file") from None
    first, _, _ = text.partition("\n")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True
    )
    try:
        if [cell.strip() for cell in next(reader, [])] != list(HEADERS):
            raise MatrixColumnsWrong(field="file", expected=", ".join(HEADERS))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        raise MatrixFileUnreadable(field="file") from None


def _read_line(number: int, cells: list[str]) -> Line | LineProblem:
    if len(cells) != len(HEADERS):
        return LineProblem(line=number, problem=Problem.CELLS, value=str(len(cells)))
    form, function, meaning = cells
    wrong = _wrong_cell(form, function, meaning)
    if wrong is not None:
        problem, value = wrong
        return LineProblem(line=number, problem=problem, value=_shown(value))
    functions = tuple(sorted(function.split("+")))
    return Line(legal_form=form, meaning=Meaning(meaning), functions=functions)


def _wrong_cell(form: str, function: str, meaning: str) -> tuple[Problem, str] | None:
    """Say what is wrong with a line, and which cell shows it."""
    if meaning not in set(Meaning):
        return Problem.MEANING, meaning
    if meaning == Meaning.PERMANENT_REPRESENTATIVE:
        if not _FUNCTION.fullmatch(function):
            return Problem.FUNCTION, function
        return (Problem.FORM_TOO_MUCH, form) if form else None
    if not (_FUNCTION.fullmatch(function) or _TOGETHER.fullmatch(function)):
        return Problem.FUNCTION, function
    if form != NATURAL_PERSON and not _FORM.fullmatch(form):
        return Problem.FORM, form
    return None


def _shown(value: str) -> str:
    """Cut a cell where it is long; what cannot be printed is left out."""
    printable = "".join(each for each in value if each.isprintable())
    cut = printable[:_LONGEST_SHOWN]
    return cut if cut == printable else f"{cut}…"
