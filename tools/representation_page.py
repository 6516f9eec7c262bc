"""Makes the page on the representatives matrix that the invented register brings."""

import csv
from collections.abc import Iterable, Iterator
from importlib import resources

_REFERENCE = resources.files("mahis.standins.register") / "reference"
_PERSON = ("naturalPerson", "Natural person (no legal form)")

_Row = dict[str, str]


def parts() -> Iterator[str]:
    """Give the parts of the page, to be set one below the other."""
    yield "# Representatives matrix (illustrative)"
    yield "Made by `make docs` from the files of the invented register; change them, not this page."
    yield (
        "**This matrix is made up.** The real one is not public. It shows the form of the real one,"
        " and lets the service be tried out; nothing here says who may sign for an enterprise in"
        " law. Every screen that uses it says so. How the real one is loaded:"
        " [keep the matrix](../how-to/keep-the-matrix.md)."
    )
    yield (
        "Which function somebody holds comes from the Crossroads Bank for Enterprises. A function"
        " held by another enterprise is followed to its permanent representative, over any number"
        " of enterprises; every function on the way must be in force on the day."
    )
    forms, functions = _labels("JuridicalForm") | dict([_PERSON]), _labels("Function")
    lines = _rows("matrix.csv")
    for version in _rows("matrix_versions.csv"):
        yield from _version(version, lines, forms, functions)


def _version(
    version: _Row, lines: list[_Row], forms: dict[str, str], functions: dict[str, str]
) -> Iterator[str]:
    mine = [line for line in lines if line["Version"] == version["Version"]]
    until = f" to {version['EndDate']}" if version["EndDate"] else ""
    label = "" if version["Illustrative"] == "0" else " Illustrative."
    yield f"## {version['Version']}"
    yield f"Valid from {version['StartDate']}{until}.{label}"
    signing = [line for line in mine if line["Meaning"] == "sign"]
    codes = sorted(
        {line["JuridicalForm"] for line in signing}, key=lambda code: (forms.get(code, code), code)
    )
    yield _table(
        ("legal form", "", "who may sign and close"),
        (
            (
                forms.get(code, "without a label"),
                code,
                "; ".join(
                    _functions(line["Function"], functions)
                    for line in signing
                    if line["JuridicalForm"] == code
                ),
            )
            for code in codes
        ),
    )
    representing = [line for line in mine if line["Meaning"] == "permanentRepresentative"]
    named = ", ".join(_functions(line["Function"], functions) for line in representing)
    yield f"Whoever holds one of these represents an enterprise where it holds a function: {named}."


def _functions(codes: str, functions: dict[str, str]) -> str:
    """Name a function, or the two that sign together."""
    return " together with ".join(
        f"{functions.get(code, 'function')} ({code})" for code in codes.split("+")
    )


def _labels(category: str) -> dict[str, str]:
    """Label the codes in English, or in French where the register has no English label."""
    rows = [row for name in ("code.csv", "codes.csv") for row in _rows(name)]
    return {
        row["Code"]: row["Description"]
        for language in ("FR", "EN")
        for row in rows
        if row["Category"] == category and row["Language"] == language
    }


def _rows(name: str) -> list[_Row]:
    text = (_REFERENCE / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _table(heading: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    cells = [[*heading]]
    cells.append(["---"] * len(cells[0]))
    cells.extend([text.replace("|", "\\|") for text in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
