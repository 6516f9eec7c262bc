"""Runs every check, shows what failed, and gives one verdict at the end."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
_MODULES = ("django", "makemigrations", "--check", "--dry-run", "--settings", "tests.settings")
_CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "style": [str(BIN / "ruff"), "check", "--quiet", "."],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "types": [str(BIN / "mypy")],
    "templates": [str(BIN / "djlint"), "--lint", "--quiet", "src"],
    "migrations": [sys.executable, "-m", *_MODULES],
    "messages": [sys.executable, "tools/messages.py", "check"],
    "generated pages": [sys.executable, "tools/generate_docs.py", "--check"],
}
#: The locks and what each is made from, as `make lock` makes them.
_LOCKS = {
    "requirements/bootstrap.txt": ["requirements/bootstrap.in"],
    "requirements/runtime.txt": ["pyproject.toml"],
    "requirements/development.txt": [
        *("pyproject.toml", "--group", "dev", "-c", "requirements/runtime.txt")
    ],
}


def main() -> None:
    """Run all checks; ends with 1 where one of them failed."""
    failed = [name for name, command in _CHECKS.items() if not _passes(name, command)]
    failed += [lock for lock, sources in _LOCKS.items() if not _is_current(lock, sources)]
    if failed:
        sys.exit(f"check: failed: {', '.join(failed)}")
    print(f"check: all {len(_CHECKS) + len(_LOCKS)} passed")


def _passes(name: str, command: list[str]) -> bool:
    script = next((word for word in command if word.startswith("tools/")), None)
    if script and not (ROOT / script).exists():
        print(f"check: {name}: no {script} yet, left out")
        return True
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"---- {name}\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def _is_current(lock: str, sources: list[str]) -> bool:
    """Make the lock again beside the old one, keeping its versions, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "lock.txt"
        fresh.write_text((ROOT / lock).read_text(encoding="utf-8"), encoding="utf-8")
        command = [
            *(str(BIN / "uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
            *("--no-emit-index-url", "--no-header", "--no-annotate", "--python-version", "3.11"),
            *(*sources, "-o", str(fresh)),
        ]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, env=os.environ, check=False
        )
        if done.returncode == 0 and fresh.read_text() == (ROOT / lock).read_text():
            return True
    print(f"---- {lock} is not what `make lock` makes\n{done.stderr}")
    return False


if __name__ == "__main__":
    main()
