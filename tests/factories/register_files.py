"""Small bundles of register files, whose lines a test can replace one by one."""

import zipfile
from pathlib import Path

from mahis.gateways.register_files.bundle import LAYOUTS

ONE, TWO, THREE = "0150.013.765", "0150.027.425", "0150.041.182"
UNKNOWN = "0150.054.842"
PLACE = "8.000.000.071"
BRANCH = "9.000.006.626"
PERSON = "45010190022"
NSSO = "1800007-65"


def header(stem: str) -> str:
    """Give the first line of a kind of file."""
    return ",".join(f'"{name}"' for name in LAYOUTS[stem].headers)


def deletion(stem: str) -> str:
    """Give the first line of the `_delete` file of a kind."""
    return f'"{LAYOUTS[stem].delete_columns[0].header}"'


def meta(
    *, kind: str = "full", day: str = "01-07-2026", number: int = 1, series: str = ""
) -> list[str]:
    """Give the lines of a meta.csv, under its first."""
    lines = [f'"SnapshotDate","{day}"', f'"ExtractType","{kind}"', f'"ExtractNumber","{number}"']
    return [*lines, f'"Series","{series}"'] if series else lines


def enterprise(number: str, *, form: str = "610", begins: str = "01-02-2010") -> str:
    """Give a line of enterprise.csv."""
    return f'"{number}","AC","000","2","{form}",,{begins}'


def name(number: str, text: str, *, language: int = 2, kind: str = "001") -> str:
    """Give a line of denomination.csv."""
    return f'"{number}","{language}","{kind}","{text}"'


def seat(number: str, *, zipcode: str = "9000", country: str = "", kind: str = "REGO") -> str:
    """Give a line of address.csv."""
    where = f'"{country}","{country}"' if country else ","
    street = '"Gent","Gent","Veldstraat","Veldstraat","1"'
    return f'"{number}","{kind}",{where},"{zipcode}",{street},"","",'


def full(**changes: list[str] | None) -> dict[str, list[str]]:
    """Give a full extract of two enterprises; `changes` replace or drop the lines of files."""
    lines: dict[str, list[str] | None] = {
        "meta": meta(),
        "code": ['"JuridicalForm","610","NL","Besloten vennootschap"'],
        "enterprise": [enterprise(ONE), enterprise(TWO, form="014")],
        "establishment": [f'"{PLACE}",01-03-2011,"{ONE}"'],
        "branch": [f'"{BRANCH}",01-03-2011,"{TWO}"'],
        "denomination": [name(ONE, "Bakkerij Één"), name(TWO, "Transports Deux", language=1)],
        "address": [seat(ONE), seat(TWO, zipcode="4000"), seat(PLACE, kind="BAET")],
        "contact": [f'"{ONE}","ENT","EMAIL","een@voorbeeld.example"'],
        "activity": [f'"{ONE}","006","2025","10712","MAIN"'],
    }
    lines |= changes
    return {stem: list(rows) for stem, rows in lines.items() if rows is not None}


def write(folder: Path, files: dict[str, list[str]]) -> Path:
    """Write files by stem into a new folder, each under its proper first line."""
    folder.mkdir()
    for stem, lines in files.items():
        text = "\n".join([_first(stem), *lines]) + "\n"
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return folder


def zipped(folder: Path, *, inside: str = "") -> Path:
    """Pack a folder into a zip file beside it; `inside`: under one more folder."""
    target = folder.with_suffix(".zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{inside}{file.name}")
    return target


def _first(stem: str) -> str:
    if stem == "meta":
        return '"Variable","Value"'
    if stem.endswith("_delete"):
        return deletion(stem.removesuffix("_delete"))
    return header(stem.removesuffix("_insert"))
