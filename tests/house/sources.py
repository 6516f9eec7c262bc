"""The files of the house, for tests that find their own subjects."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "mahis"


def named(path: Path) -> str:
    """Return the name under which a test shows a file."""
    return path.relative_to(ROOT).as_posix()


def _python(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


MODULES = _python(PACKAGE)
TEST_MODULES = _python(ROOT / "tests")
TOOL_MODULES = _python(ROOT / "tools") + _python(ROOT / "bench")


def kept_files() -> list[Path]:
    """Return the files that git keeps or would keep: everything but what it is told to ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]
