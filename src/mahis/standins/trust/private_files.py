"""Files and folders that only their owner reads, written whole or not at all."""

import os
import pathlib
import tempfile


def make_folder(folder: pathlib.Path) -> pathlib.Path:
    """Make a folder that only its owner enters."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write(file: pathlib.Path, content: bytes) -> None:
    """Write a file that only its owner reads; nobody ever sees half of it."""
    make_folder(file.parent)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".")
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
    pathlib.Path(name).replace(file)
