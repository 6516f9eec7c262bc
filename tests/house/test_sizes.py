"""Files and functions stay small enough to be read at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import MODULES, ROOT, TEST_MODULES, named

_FILE_CEILING, _FUNCTION_CEILING = 400, 50
#: Tests may tell longer stories, but not without end.
_TEST_FILE_CEILING, _TEST_FUNCTION_CEILING = 600, 80


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{node.name} in line {node.lineno}", node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_file_is_a_wall(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _FILE_CEILING


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_function_is_a_wall(path):
    walls = [name for name, lines in _functions(path) if lines > _FUNCTION_CEILING]
    assert not walls, f"longer than {_FUNCTION_CEILING} lines"


@pytest.mark.parametrize("path", TEST_MODULES, ids=named)
def test_tests_stay_readable_too(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _TEST_FILE_CEILING
    walls = [name for name, lines in _functions(path) if lines > _TEST_FUNCTION_CEILING]
    assert not walls, f"longer than {_TEST_FUNCTION_CEILING} lines"


def test_there_is_something_to_measure():
    assert len(MODULES) > 40
    assert ROOT / "src" / "mahis" / "domain" / "quarters.py" in MODULES
