"""Processes that use the embedded database, as commands do: they stay until told to leave."""

import os
import signal
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import os, sys
from pathlib import Path
import psycopg
from mahis.config import embedded_postgres
home, uid, gid = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if uid != os.geteuid():
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
with embedded_postgres.running(home, durable=False) as server:
    with psycopg.connect(server.application_url) as connection:
        role, = connection.execute("SELECT current_user").fetchone()
    print("ready as", role, flush=True)
    sys.stdin.read()
"""


class Command:
    """One process that uses the database of `home`, perhaps as another user."""

    def __init__(self, home: Path, *, uid: int | None = None, gid: int | None = None) -> None:
        who = (
            os.geteuid() if uid is None else uid,
            os.getegid() if gid is None else gid,
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SCRIPT, str(home), *map(str, who)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait_until_ready(self) -> str:
        """Return what the command said when it had the database."""
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def leave(self) -> int:
        """Let the command end in order; gives its exit code."""
        self._process.communicate()
        return self._process.returncode

    def kill(self) -> None:
        """End the command as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()
