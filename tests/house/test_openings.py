"""Every module says in one sentence what lives there."""

import ast

import pytest

from tests.house.sources import MODULES, TEST_MODULES, TOOL_MODULES, named


@pytest.mark.parametrize("path", [*MODULES, *TEST_MODULES, *TOOL_MODULES], ids=named)
def test_a_module_opens_with_a_sentence(path):
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, "says nothing"
    first = said.split("\n\n", 1)[0].rstrip()
    assert first[0].isupper() or not first[0].isalpha()
    assert first.endswith((".", "?", "!", ":", "…"))
