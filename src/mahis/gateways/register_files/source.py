"""The folder or zip file that register files come in, its names and sizes not trusted."""

import contextlib
import dataclasses
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from mahis.gateways.register_files.refusal import FileRefused

# Extracts shrink to about a tenth; what shrinks to less than a two-hundredth was made to swell.
_GREATEST_RATIO = 200
_SMALL = 2**20
_GREATEST_SIZE = 64 * 2**30
_MOST_FILES = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One file of the folder or zip."""

    #: File name, without folders.
    name: str
    #: Bytes, once unpacked.
    size: int
    open: Callable[[], IO[bytes]]


@contextlib.contextmanager
def entries(path: Path) -> Iterator[dict[str, Entry]]:
    """Give the files of a folder or zip file by name, for as long as the block lasts.

    Raises FileRefused where there is neither, or where the zip file is damaged or dangerous.
    """
    if path.is_dir():
        yield _of_folder(path)
    elif path.is_file():
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            reason = "this is no zip file, or it is cut off"
            raise FileRefused(file=path.name, reason=reason) from error
        with archive:
            yield _of_zip(archive, path.name)
    else:
        raise FileRefused(file=str(path), reason="there is no such folder or file")


def _of_folder(folder: Path) -> dict[str, Entry]:
    return {
        file.name: Entry(name=file.name, size=file.stat().st_size, open=_opener(file))
        for file in sorted(folder.iterdir())
        if file.is_file()
    }


def _opener(file: Path) -> Callable[[], IO[bytes]]:
    return lambda: file.open("rb")


def _of_zip(archive: zipfile.ZipFile, name: str) -> dict[str, Entry]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MOST_FILES:
        raise FileRefused(file=name, reason=f"the zip file holds more than {_MOST_FILES} files")
    for info in infos:
        _require_harmless(info)
    if sum(info.file_size for info in infos) > _GREATEST_SIZE:
        raise FileRefused(file=name, reason="the zip file unpacks to more than 64 GiB")
    _require_one_folder(infos, name)
    found = {}
    for info in infos:
        bare = PurePosixPath(info.filename).name
        if bare in found:
            raise FileRefused(file=bare, reason="the zip file holds two files of this name")
        found[bare] = Entry(name=bare, size=info.file_size, open=_unpacker(archive, info))
    return found


def _unpacker(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _require_harmless(info: zipfile.ZipInfo) -> None:
    """Require that a name stays inside, and that a file does not swell beyond reason."""
    # Python has already turned backslashes and drive letters of the name into what it shows here.
    given = PurePosixPath(info.orig_filename.replace("\\", "/"))
    if given.is_absolute() or ".." in given.parts or ":" in info.orig_filename:
        raise FileRefused(file=info.filename, reason="the name leads out of the zip file")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FileRefused(file=info.filename, reason="this is a link, not a file")
    if info.flag_bits & 1:
        raise FileRefused(file=info.filename, reason="this file is encrypted")
    if info.file_size > _SMALL and info.file_size > _GREATEST_RATIO * info.compress_size:
        raise FileRefused(
            file=info.filename, reason=f"it unpacks to more than {_GREATEST_RATIO} times its size"
        )


def _require_one_folder(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Require that all files lie at the top, or all in one and the same folder."""
    folders = {PurePosixPath(info.filename).parent for info in infos}
    if len(folders) > 1:
        raise FileRefused(file=name, reason="the files of the zip file lie in several folders")
