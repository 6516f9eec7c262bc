"""Each import contract is seen to break: a violation is planted in a copy, and caught."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

#: Contract -> a file of the package and a line that violates this contract and no other.
VIOLATIONS = {
    "Each floor uses only what stands below it": (
        "portal/planted.py",
        "import mahis.backoffice",
    ),
    "No circle between siblings": ("domain/planted.py", "import mahis.domain.second_planted"),
    "The domain imports no framework": ("domain/planted.py", "import django"),
    "Doors reach tables only through use cases and queries": (
        "portal/planted.py",
        "import mahis.store",
    ),
    "Stand-ins know the domain's words and nothing else of the house": (
        "standins/planted.py",
        "import mahis.queries",
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the sources with its own cache, which tests may spoil and mend."""
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    ignored = shutil.ignore_patterns("__pycache__", "locale", "static", "templates")
    shutil.copytree(ROOT / "src", root / "src", ignore=ignored)
    return root


def _verdicts(root: Path) -> dict[str, str]:
    """Run the linter on the copy; gives KEPT or BROKEN for each contract."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.strip() for line in done.stdout.splitlines()]
    return {
        line.rpartition(" ")[0]: line.rpartition(" ")[2]
        for line in lines
        if line.endswith((" KEPT", " BROKEN"))
    }


def test_every_contract_has_a_violation_to_catch(copy):
    verdicts = _verdicts(copy)
    assert set(verdicts) == set(VIOLATIONS)
    assert set(verdicts.values()) == {"KEPT"}


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_breaks_its_contract_alone(copy, contract):
    name, line = VIOLATIONS[contract]
    planted = copy / "src" / "mahis" / name
    second = planted.with_name("second_planted.py")
    planted.write_text(f"{line}\n")
    second.write_text("import mahis.domain.planted\n" if "second" in line else "")
    try:
        verdicts = _verdicts(copy)
    finally:
        planted.unlink()
        second.unlink()
    assert [name for name, verdict in verdicts.items() if verdict == "BROKEN"] == [contract]
