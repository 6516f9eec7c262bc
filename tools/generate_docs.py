"""Writes the pages of docs/reference that follow from the code; `--check` fails where they differ.

The life of a mandate comes from its table, the refusals from their classes, the matrix from the
files of the invented register.
"""

import argparse
import ast
import functools
import importlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from types import FunctionType

import django

from mahis.domain import checks
from mahis.domain.conditions import Condition
from mahis.domain.lifecycle import TABLE, Act, Row, Who, rows_for
from mahis.domain.mandate import State
from mahis.domain.refusals import Conflict, Forbidden, NotFound, Refused

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src"
REFERENCE = ROOT / "docs" / "reference"

_STATES: tuple[State | None, ...] = (None, *State)

#: What the kinds of refusal mean for who is refused, nearest first.
_KINDS = {
    Forbidden: "not for this person",
    NotFound: "not there, or not for this person to see",
    Conflict: "not in the present state of things",
    Refused: "what was asked has to be corrected",
}
#: The floors that say no, by the first part of their modules' names, and how the page calls them.
_FLOORS = {
    "domain": "Rules",
    "gateways": "Outside systems",
    "usecases": "Acts",
    "queries": "Look-ups",
    "web": "Doors",
    "portal": "The companies' door",
    "backoffice": "The officers' door",
}


def main(arguments: list[str] | None = None) -> None:
    """Write the pages, or with `--check` compare them; ends with 1 where one differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    parser.add_argument("--folder", type=Path, default=REFERENCE, help="where the pages stand")
    options = parser.parse_args(arguments)
    pages = {options.folder / name: make() for name, make in PAGES.items()}
    stale = [
        path
        for path, text in pages.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if options.check and stale:
        sys.exit(f"not what the code says any more: {', '.join(map(str, stale))}; run make docs")
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
        print(f"written: {path}")


# ------------------------------------------------------------------------------------- Markdown


def _table(heading: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    cells = [[*heading]]
    cells.append(["---"] * len(cells[0]))
    cells.extend([text.replace("|", "\\|") for text in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _page(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _words(member: Enum | None) -> str:
    """Give the words for a member: `toBeFinalised` is "to be finalised"."""
    if member is None:
        return "not drawn up"
    return re.sub(r"[A-Z]", lambda capital: f" {capital[0].lower()}", str(member.value))


# ------------------------------------------------------------------------------ life of a mandate


def lifecycle_page() -> str:
    """Give the page on the life of a mandate."""
    return _page(
        "# The life of a mandate",
        "Made by `make docs` from `mahis.domain.life_table`; change the table, not this page.",
        "One function, `mahis.domain.lifecycle.take`, takes every step. It looks up the state and "
        "the act, asks whether the doer is one of those who may, then asks the conditions in their "
        "order; the first that does not hold is the refusal. Nothing else assigns a state.",
        "## As a picture",
        _diagram(),
        "## As a table",
        _table(
            ("from", "act", "by", "must hold", "to", "both parties are told"),
            (_step_cells(row) for row in TABLE),
        ),
        "What must hold is asked in the order of the numbers in the line; the first that does not "
        "hold is what is answered:",
        _table(
            ("", "what must hold", "else refused with"),
            ((str(_number(each)), each.value, ", ".join(_refusals_of(each))) for each in Condition),
        ),
        "Where a step can lead to several states: *pending* while one party has signed; "
        "*identification* once both have, where the group is for employers only and the mandator "
        "is not one; else *active*.",
        "The state that people see and search for is right on every day, even if the clock is "
        "late: a mandate signed by both whose end quarter is over is *closed*, and an unfinished "
        "one whose limit has passed is *expired*. To everybody but the clock the mandate then is "
        "in that state already.",
        "## Every state and every act",
        "The letters say who may; where a cell is empty the act is refused to everybody "
        "(`actNotPossible`). Where it is not, all others are refused: those who manage mandates "
        "but hold no function that may sign with `mayNotSign`, everybody else with `notForYou`.",
        _table(
            ("act", *map(_words, _STATES)),
            ((_words(act), *(_letters(state, act) for state in _STATES)) for act in Act),
        ),
        _table(("", "who"), ((_letter(who), who.value) for who in Who)),
    )


def _diagram() -> str:
    names = [f'    state "{_words(state)}" as {state.value}' for state in State]
    acts: dict[tuple[str, str], dict[str, None]] = {}
    for row in TABLE:
        for after in row.to:
            acts.setdefault((_node(row.state), after.value), {})[_words(row.act)] = None
    steps = [
        f"    {before} --> {after}: {', '.join(names_of_acts)}"
        for (before, after), names_of_acts in acts.items()
    ]
    left = {row.state for row in TABLE if set(row.to) - {row.state}}
    ends = [f"    {state.value} --> [*]" for state in State if state not in left]
    return "\n".join(["```mermaid", "stateDiagram-v2", *names, *steps, *ends, "```"])


def _node(state: State | None) -> str:
    return "[*]" if state is None else state.value


def _step_cells(row: Row) -> tuple[str, ...]:
    return (
        _words(row.state),
        _words(row.act),
        row.who.value,
        ", ".join(str(_number(condition)) for condition in row.conditions),
        " or ".join(map(_words, row.to)),
        " or ".join(map(_words, row.telling)),
    )


def _number(condition: Condition) -> int:
    return list(Condition).index(condition) + 1


def _letters(state: State | None, act: Act) -> str:
    return " ".join(sorted(_letter(row.who) for row in rows_for(state=state, act=act)))


def _letter(who: Who) -> str:
    return "ABCDEFGHIJKLMNOP"[list(Who).index(who)]


def _refusals_of(condition: Condition) -> list[str]:
    """Give the codes that the check of a condition raises, read from its source."""
    check = checks._CHECKS[condition]  # noqa: SLF001 - the page shows what it holds
    assert isinstance(check, FunctionType)
    return [f"`{kind.code}`" for kind in _raised_by(check)]


def _raised_by(function: FunctionType) -> Iterator[type[Refused]]:
    """Give the refusals that a function raises, or that the functions it calls raise."""
    names = function.__globals__
    for node in ast.walk(ast.parse(inspect.getsource(function))):
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = _named(node.exc, names)
            if isinstance(raised, type) and issubclass(raised, Refused):
                yield raised
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = _named(node.value, names)
            if isinstance(called, FunctionType):
                yield from _raised_by(called)


def _named(node: ast.expr, names: dict[str, object]) -> object:
    """Give what a name, an attribute of a name, or a call of either stands for."""
    if isinstance(node, ast.Call):
        return _named(node.func, names)
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_named(node.value, names), node.attr, None)
    return None


# --------------------------------------------------------------------------------------- refusals


def refusals_page() -> str:
    """Give the page on refusals; imports where they are defined, with Django set up."""
    _import_refusals()
    raisings = _raisings()
    refusals = sorted(_refusals(), key=lambda kind: kind.code)
    twice = [
        kind.code for kind in refusals if [each.code for each in refusals].count(kind.code) > 1
    ]
    if twice:
        sys.exit(f"two refusals share a code: {', '.join(sorted(set(twice)))}")
    parts = []
    for floor, title in _FLOORS.items():
        lines = [_refusal_cells(kind, raisings) for kind in refusals if _floor(kind) == floor]
        if lines:
            heading = (
                "code",
                "class",
                "answer",
                "meaning",
                "about the field",
                "says what it found",
            )
            parts += [f"## {title} (`mahis.{floor}`)", _table(heading, lines)]
    return _page(
        "# Refusals",
        "Made by `make docs` from the classes; change their sentences, not this page.",
        "Every expected no is an exception with a code that never changes once published. It says "
        "which field it is about, where one is at fault, and what it found. Doors turn it into a "
        "status and a sentence in the person's language; nothing else in the house does.",
        "## Kinds",
        _table(("kind", "meaning"), ((kind.__name__, text) for kind, text in _KINDS.items())),
        *parts,
    )


def _import_refusals() -> None:
    """Import every module that defines a class with a code, so that its refusals are known."""
    os.environ.setdefault("MAHIS_ENV", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mahis.config.settings")
    django.setup()
    for path, tree in _sources():
        if any(isinstance(node, ast.ClassDef) and _has_code(node) for node in ast.walk(tree)):
            importlib.import_module(".".join(path.relative_to(SOURCES).with_suffix("").parts))


def _has_code(node: ast.ClassDef) -> bool:
    assigned = [each for each in node.body if isinstance(each, ast.Assign)]
    return any(
        isinstance(each.targets[0], ast.Name) and each.targets[0].id == "code" for each in assigned
    )


@functools.cache
def _sources() -> list[tuple[Path, ast.Module]]:
    paths = sorted((SOURCES / "mahis").rglob("*.py"))
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def _refusals(kind: type[Refused] = Refused) -> set[type[Refused]]:
    """Give every refusal of the house that can be raised, without the kinds themselves."""
    is_ours = kind not in _KINDS and kind.__module__.startswith("mahis.")
    # A class without a code of its own only gathers others.
    found = {kind} if is_ours and "code" in vars(kind) else set()
    return found.union(*(_refusals(each) for each in kind.__subclasses__()))


def _floor(kind: type[Refused]) -> str:
    return kind.__module__.split(".")[1]


def _refusal_cells(kind: type[Refused], raisings: dict[str, set[str]]) -> tuple[str, ...]:
    told = inspect.cleandoc(vars(kind).get("__doc__") or "").partition("\n\n")[0]
    named = sorted(raisings.get(kind.__name__, set()))
    return (
        f"`{kind.code}`",
        f"`{kind.__name__}`",
        next(each.__name__ for each in kind.__mro__ if each in _KINDS),
        " ".join(told.split()),
        ", ".join(
            f"`{name.removeprefix('field=')}`" for name in named if name.startswith("field=")
        ),
        ", ".join(f"`{name}`" for name in named if not name.startswith("field=")),
    )


@functools.cache
def _raisings() -> dict[str, set[str]]:
    """Give by class what its raisings name: the fields as `field=…`, and the names of the rest."""
    found: dict[str, set[str]] = {}
    for _, tree in _sources():
        functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                named = found.setdefault(_called(node), set())
                for keyword in node.keywords:
                    if keyword.arg == "field":
                        named.update(f"field={text}" for text in _texts(keyword.value, functions))
                    elif keyword.arg:
                        named.add(keyword.arg)
    return found


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _texts(node: ast.AST, functions: dict[str, ast.FunctionDef]) -> Iterator[str]:
    """Give the texts in an expression, and those that a function of the module returns for it."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value
        elif isinstance(each, ast.Call) and _called(each) in functions:
            for line in ast.walk(functions[_called(each)]):
                if isinstance(line, ast.Return) and line.value is not None:
                    yield from _texts(line.value, functions)


# ----------------------------------------------------------------------------------------- matrix


def representation_page() -> str:
    """Give the page on the matrix that the invented register brings."""
    if str(ROOT) not in sys.path:
        # Run as a script, only its own folder is searched.
        sys.path.append(str(ROOT))
    return _page(*importlib.import_module("tools.representation_page").parts())


PAGES: dict[str, Callable[[], str]] = {
    "lifecycle.md": lifecycle_page,
    "refusals.md": refusals_page,
    "representation.md": representation_page,
}


if __name__ == "__main__":
    main()
