"""One PostgreSQL cluster in a private folder: made once, started, found dead, stopped."""

import contextlib
import hashlib
import os
import shlex
import shutil
import socket
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from mahis.config.embedded_postgres import programs
from mahis.config.embedded_postgres.programs import ServerFailed

#: May do everything in the cluster; only our own set-up uses it.
ADMIN = "mahis_admin"
#: Owns the schema and migrates it.
OWNER = "mahis_owner"
#: Reads and writes rows, and cannot change the schema.
APPLICATION = "mahis_app"
ROLES = (ADMIN, OWNER, APPLICATION)
_SOCKET = ".s.PGSQL.5432"
#: The kernel's limit of a socket's path, less the name that the server adds and the final zero.
_LONGEST_FOLDER = 107 - len(f"/{_SOCKET}")
_SECONDS_TO_BE_READY = 60
_SECONDS_FOR_ORPHANS = 15
_BUILTIN_LOCALE_SINCE = 17
_PRIVATE = 0o700
_PASSABLE = 0o711

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    # Error texts can hold national numbers: neither the statement nor the values reach the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "timezone": "UTC",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """The cluster under one data folder."""

    home: Path
    #: False only for data that nobody will miss, such as the tests'.
    durable: bool = True

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.home / "postgres" / "cluster"

    @property
    def socket_folder(self) -> Path:
        """The private folder of the Unix socket, short enough for the kernel."""
        inside = self.home / "postgres" / "socket"
        if len(os.fsencode(inside)) <= _LONGEST_FOLDER:
            return inside
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"mahis-{os.geteuid()}-{name}"

    def url(self, *, role: str, database: str) -> str:
        """Return the address of one database as one role; it holds no secret."""
        return f"postgresql://{role}@/{database}?host={self.socket_folder}"

    def is_answering(self) -> bool:
        """Say whether a server listens at the socket, ready or still recovering."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(str(self.socket_folder / _SOCKET))
            except OSError:
                return False
        return True

    def ensure_running(self) -> None:
        """Make the cluster and start its server where needed; raises ServerFailed."""
        if self.is_answering():
            return self._wait_until_ready()
        found = programs.find(major=self._major(), copies=self.home / "programs")
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._make(found)
        self._write_configuration()
        self._start(found)
        return self._wait_until_ready()

    def stop(self) -> None:
        """Stop the server, in order; does nothing where none runs, or where it was killed."""
        if not self.is_answering():
            return
        found = programs.find(major=self._major(), copies=self.home / "programs")
        arguments = ("stop", "-D", str(self.data), "-m", "fast", "-w", "-s")
        found.run(programs.account(), "pg_ctl", *arguments, cwd=self.home / "postgres")

    def _major(self) -> int | None:
        version = self.data / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def _prepare_folders(self) -> None:
        account = programs.account()
        self.home.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        if not account.is_ourselves:
            self.home.chmod(_PASSABLE)
        if not account.reaches(self.home / "postgres"):
            message = (
                f"The account {account.name}, which runs the database for root, cannot enter "
                f"{self.home}. Set MAHIS_DATA_DIR to a folder outside private ones."
            )
            raise ServerFailed(message)
        for folder in (self.home / "postgres", self.socket_folder):
            _make_private(folder, account)

    def _make(self, found: programs.Programs) -> None:
        """Make the cluster beside its place and move it there, so that no half one is ever used."""
        half = self.data.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        locale = (
            ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
            if found.major >= _BUILTIN_LOCALE_SINCE
            else ("--locale=C.UTF-8",)
        )
        found.run(
            programs.account(),
            "initdb",
            f"--pgdata={half}",
            f"--username={ADMIN}",
            "--encoding=UTF8",
            "--data-checksums",
            "--auth=peer",
            *locale,
            *(() if self.durable else ("--no-sync",)),
            cwd=self.home / "postgres",
        )
        half.rename(self.data)

    def _write_configuration(self) -> None:
        """Write the settings beside the data, as files that the server reads and never writes."""
        settings = {
            **_SETTINGS,
            **({} if self.durable else _NOT_DURABLE),
            "unix_socket_directories": str(self.socket_folder),
            "hba_file": str(self.home / "pg_hba.conf"),
            "ident_file": str(self.home / "pg_ident.conf"),
        }
        _write(
            self.home / "postgresql.conf",
            *(f"{name} = '{_escaped(value)}'" for name, value in settings.items()),
        )
        _write(self.home / "pg_hba.conf", "local all all peer map=mahis")
        # Only who may start the server may speak to it, in whichever of our roles they name.
        person = programs.account_name()
        _write(self.home / "pg_ident.conf", *(f'mahis "{person}" {role}' for role in ROLES))

    def _start(self, found: programs.Programs) -> None:
        log = self.home / "postgres" / "log"
        options = shlex.join(("-c", f"config_file={self.home / 'postgresql.conf'}"))
        arguments = ("start", "-D", str(self.data), "-l", str(log), "-o", options, "-w", "-s")
        deadline = time.monotonic() + _SECONDS_FOR_ORPHANS
        while True:
            self._forget_dead_server()
            try:
                return found.run(programs.account(), "pg_ctl", *arguments, cwd=log.parent)
            except ServerFailed as failure:
                # After a kill, the dead server's children hold its memory for a moment longer.
                if time.monotonic() > deadline:
                    message = f"{failure} The server's own words stand in {log}."
                    raise ServerFailed(message) from failure
                time.sleep(0.2)

    def _forget_dead_server(self) -> None:
        """Remove what a killed server left behind; its number may belong to another by now.

        Only called under the lock and with nobody answering at the socket.
        """
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        with contextlib.suppress(ValueError, IndexError):
            if _works_in(int(pid_file.read_text().split("\n", 1)[0]), self.data):
                return
        pid_file.unlink()
        for name in (_SOCKET, f"{_SOCKET}.lock"):
            (self.socket_folder / name).unlink(missing_ok=True)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_BE_READY
        while True:
            try:
                with psycopg.connect(self.url(role=ADMIN, database="postgres")):
                    return
            except psycopg.OperationalError as failure:
                if time.monotonic() > deadline:
                    message = f"The embedded database does not get ready: {failure}"
                    raise ServerFailed(message) from failure
                time.sleep(0.1)


def _make_private(folder: Path, account: programs.Account) -> None:
    """Make a folder that only `account` enters; refuses one that somebody else put there."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=_PRIVATE)
        os.chown(folder, account.uid, account.gid)
    if folder.is_symlink() or not account.owns(folder):
        message = f"{folder} belongs to somebody else; remove it or set another MAHIS_DATA_DIR."
        raise ServerFailed(message)
    folder.chmod(_PRIVATE)


def _write(path: Path, *lines: str) -> None:
    """Write a configuration file, whole or not at all, for the server's account to read."""
    half = path.with_suffix(".half")
    half.write_text("".join(f"{line}\n" for line in lines))
    half.chmod(0o644)
    half.rename(path)


def _escaped(value: str) -> str:
    """Double what would end a quoted setting."""
    return value.replace("'", "''")


def _works_in(pid: int, folder: Path) -> bool:
    """Say whether a process with this number lives and works in `folder`, as servers do."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve()
    except (FileNotFoundError, ProcessLookupError):
        # Without /proc we cannot tell whose number it is; the server then judges for itself.
        return not Path("/proc/self").exists()
    except PermissionError:
        return False
