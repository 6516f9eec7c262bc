"""The forms that cells of register files have, each with what is wrong with a cell that lacks it.

A form reads the text of a cell and gives the value that is copied into the database.
"""

import dataclasses
import datetime
import enum
import functools
import re
from collections.abc import Callable
from typing import TypeVar

from mahis.domain.identifiers import (
    BranchNumber,
    CheckDigitsWrong,
    EnterpriseNumber,
    EstablishmentNumber,
    Insz,
    NssoNumber,
    NumberUnreadable,
    SsaNumber,
)

Value = str | int | None
Number = TypeVar(
    "Number", EnterpriseNumber, EstablishmentNumber, BranchNumber, NssoNumber, SsaNumber
)

# Rows about one entity stand together, so that a small memory answers nearly every question.
_REMEMBERED = 4096
_SHOWN = 60
_DATE = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_CODE = re.compile(r"[A-Za-z0-9]{1,40}")
_FUNCTIONS = re.compile(r"[0-9]{5}(\+[0-9]{5})?")


class CellRefused(ValueError):
    """A cell does not have the form of its column; the text says why."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Form:
    """How the cells of a column are read, and which type of the database holds them."""

    read: Callable[[str], Value]
    type: str
    #: Whether a cell may be empty, which is then stored as NULL.
    optional: bool = False

    @property
    def or_empty(self) -> "Form":
        """The same form for a column whose cells may be empty."""
        return Form(
            read=lambda cell: self.read(cell) if cell else None, type=self.type, optional=True
        )


def shown(cell: str) -> str:
    """Quote a cell in a reason, cut where it is long."""
    cut = cell if len(cell) <= _SHOWN else cell[:_SHOWN] + "…"
    return f"“{_CONTROL.sub(' ', cut)}”"


@functools.lru_cache(maxsize=_REMEMBERED)
def _enterprise(cell: str) -> int:
    return _number(EnterpriseNumber, cell, "enterprise number").as_int


@functools.lru_cache(maxsize=_REMEMBERED)
def _establishment(cell: str) -> int:
    return _number(EstablishmentNumber, cell, "establishment number").as_int


@functools.lru_cache(maxsize=_REMEMBERED)
def _branch(cell: str) -> int:
    return _number(BranchNumber, cell, "branch number").as_int


def _entity(cell: str) -> int:
    """Read the number of an enterprise, establishment or branch: its first digit tells which."""
    if cell[:1] in {"0", "1"}:
        return _enterprise(cell)
    return _branch(cell) if cell[:1] == "9" else _establishment(cell)


def _nsso(cell: str) -> int:
    return _number(NssoNumber, cell, "NSSO number").number


def _ssa(cell: str) -> str:
    return str(_number(SsaNumber, cell, "SSA number"))


def _person(cell: str) -> str:
    """Read a national number; no reason ever repeats it."""
    try:
        return Insz.parse(cell).digits
    except NumberUnreadable:
        message = "this is no national number (the value is not shown)"
        raise CellRefused(message) from None
    except CheckDigitsWrong:
        message = "the check digits of the national number are wrong (the value is not shown)"
        raise CellRefused(message) from None


def _number(kind: type[Number], cell: str, name: str) -> Number:
    try:
        return kind.parse(cell)
    except NumberUnreadable:
        message = f"{shown(cell)} is no {name}"
        raise CellRefused(message) from None
    except CheckDigitsWrong:
        message = f"the check digits of the {name} {shown(cell)} are wrong"
        raise CellRefused(message) from None


@functools.lru_cache(maxsize=_REMEMBERED)
def read_date(cell: str) -> str:
    """Read a date as dd-mm-yyyy and give it as yyyy-mm-dd; raises CellRefused."""
    match = _DATE.fullmatch(cell)
    if match is None or not cell.isascii():
        message = f"{shown(cell)} is no date (dd-mm-yyyy)"
        raise CellRefused(message)
    day, month, year = match.groups()
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        message = f"the date {shown(cell)} does not exist"
        raise CellRefused(message) from None


def _text(cell: str) -> str:
    """Take a text as it is; control characters become one space."""
    if cell.isprintable():
        return cell
    if "\x00" in cell:
        message = "there is a NUL character in this cell"
        raise CellRefused(message)
    return _CONTROL.sub(" ", cell)


def _filled(cell: str) -> str:
    text = _text(cell).strip()
    if not text:
        message = "this cell may not be empty"
        raise CellRefused(message)
    return text


def _code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        message = f"{shown(cell)} is no code (letters and digits)"
        raise CellRefused(message)
    return cell


def _flag(cell: str) -> str:
    if cell not in {"0", "1"}:
        message = f"{shown(cell)} is neither 0 nor 1"
        raise CellRefused(message)
    return cell


def _count(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 6):  # noqa: PLR2004
        message = f"{shown(cell)} is no whole number below 100000"
        raise CellRefused(message)
    return int(cell)


def word_of(*words: str) -> Form:
    """Give the form of a column that holds one of a few words."""
    known = frozenset(words)

    def read(cell: str) -> str:
        if cell not in known:
            message = f"{shown(cell)} is none of: {', '.join(words)}"
            raise CellRefused(message)
        return cell

    return Form(read=read, type="text")


def member_of(enumeration: type[enum.Enum]) -> Form:
    """Give the form of a column that holds a value of one of the domain's enums."""
    return word_of(*(member.value for member in enumeration))


def digits(length: int, *, or_empty: bool = False) -> Form:
    """Give the form of a column of codes of so many digits; an empty one stays an empty text."""
    pattern = re.compile(f"[0-9]{{{length}}}")

    def read(cell: str) -> str:
        if not (pattern.fullmatch(cell) or (or_empty and not cell)):
            message = f"{shown(cell)} is no code of {length} digits"
            raise CellRefused(message)
        return cell

    return Form(read=read, type="text")


def _functions(cell: str) -> str:
    """Read one code of a function, or two with a plus between, the lower one first."""
    if not _FUNCTIONS.fullmatch(cell):
        message = f"{shown(cell)} is no code of 5 digits, nor two of them with a plus between"
        raise CellRefused(message)
    return "+".join(sorted(cell.split("+")))


ENTERPRISE = Form(read=_enterprise, type="bigint")
FUNCTIONS = Form(read=_functions, type="text")
ESTABLISHMENT = Form(read=_establishment, type="bigint")
BRANCH = Form(read=_branch, type="bigint")
ENTITY = Form(read=_entity, type="bigint")
NSSO = Form(read=_nsso, type="bigint")
SSA = Form(read=_ssa, type="text")
PERSON = Form(read=_person, type="text")
DATE = Form(read=read_date, type="date")
TEXT = Form(read=_text, type="text")
FILLED = Form(read=_filled, type="text")
CODE = Form(read=_code, type="text")
FLAG = Form(read=_flag, type="boolean")
COUNT = Form(read=_count, type="integer")
