"""What we depend on is explained, locked by hash, and tied to no machine."""

import json
import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, kept_files, named

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
_ENTRY = re.compile(r'^\s+"[A-Za-z0-9_.\[\],-]+[<>=~!]')


def test_every_dependency_says_why():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    end = next(n for n, line in enumerate(lines) if line.startswith("[tool."))
    entries = [number for number in range(start, end) if _ENTRY.match(lines[number])]
    assert len(entries) > 20
    for number in entries:
        assert re.match(r"\s+# .{12,}\.$", lines[number - 1]), f"{lines[number]} says no reason"


def test_test_packages_of_npm_are_locked_without_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, f"{name} names where it came from"
        assert entry["integrity"], f"{name} has no hash"


@pytest.mark.parametrize("path", LOCKS, ids=named)
def test_a_lock_names_hashes_and_no_host(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    entries = [line for line in text.splitlines() if "==" in line]
    assert entries
    assert all(line.endswith("\\") for line in entries), "an entry without a hash"


def test_the_two_locks_agree():
    runtime, development = (
        dict(re.findall(r"^([\w.\[\]-]+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements/runtime.txt", "requirements/development.txt")
    )
    assert runtime.items() <= development.items()


def test_no_file_knows_this_machine():
    strangers = []
    for path in kept_files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        # A short root such as /app may well be an example; longer ones are somebody's machine.
        if any(place in text for place in _places_of_this_machine()):
            strangers.append(named(path))
    assert not strangers, "these files name a folder of this machine"


def _places_of_this_machine() -> list[str]:
    folders = {ROOT, Path.home(), Path.home() / ".cache"}
    return [f"{folder}/" for folder in folders if len(folder.parts) > 2]
