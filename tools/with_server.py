"""Runs a command with DATABASE_URL naming a private server: `with_server.py FOLDER COMMAND ...`.

FOLDER holds the server's programs, such as /usr/lib/postgresql/15/bin. So the tests meet another
server than the one that the package brings, in the way that a site names its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from mahis.config import embedded_postgres


def main() -> None:
    """Run the command; ends with its exit code."""
    folder, *command = sys.argv[1:]
    os.environ["PGBIN"] = folder
    home = Path(tempfile.mkdtemp(prefix="mahis-server-"))
    # Where we are root, the server's account must be able to pass.
    home.chmod(0o711)
    try:
        with embedded_postgres.running(home / "data", durable=False) as server:
            surroundings = {**os.environ, "DATABASE_URL": server.admin_url}
            code = subprocess.run(command, env=surroundings, check=False).returncode
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
