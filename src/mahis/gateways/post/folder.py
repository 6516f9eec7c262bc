"""Handing over into a folder of this machine."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from mahis.gateways.post.parcel import CHUNK, Counting, Parcel
from mahis.gateways.post.refusals import PackageDamaged, PackageInTheWay, PrinterCannotKeep
from mahis.gateways.post.settings import Folder


def deliver(parcel: Parcel, *, to: Folder) -> None:
    """Put a parcel into a folder, once, however often this is called.

    Raises PrinterCannotKeep, PackageInTheWay or PackageDamaged.
    """
    place = to.path / parcel.name
    with _explained():
        if _is_there(place, parcel):
            return
        for each in to.path.iterdir():
            if parcel.was_left_behind(each.name):
                each.unlink(missing_ok=True)
        coming = to.path / parcel.name_on_the_way()
        try:
            _write(coming, parcel)
            _give_name(coming, place)
        except FileExistsError:
            # Somebody else handed over at the same moment.
            _is_there(place, parcel)
        finally:
            coming.unlink(missing_ok=True)
        _flush(to.path)


def _is_there(place: Path, parcel: Parcel) -> bool:
    """Say whether a parcel was handed over before; raises PackageInTheWay for another one."""
    try:
        there = _counted(place)
    except FileNotFoundError:
        return False
    if not there.is_whole(parcel):
        raise PackageInTheWay(name=parcel.name)
    return True


def _write(coming: Path, parcel: Parcel) -> None:
    with parcel.open() as file, coming.open("xb") as copy:
        while chunk := file.read(CHUNK):
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    if not _counted(coming).is_whole(parcel):
        raise PackageDamaged(name=parcel.name)


def _give_name(coming: Path, place: Path) -> None:
    """Give a file its name, unless another has it; raises FileExistsError then."""
    try:
        os.link(coming, place)
    except FileExistsError:
        raise
    except OSError:
        # A file system without second names.
        if place.exists():
            raise FileExistsError from None
        coming.rename(place)


def _counted(path: Path) -> Counting:
    counting = Counting()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            counting.add(chunk)
    return counting


def _flush(folder: Path) -> None:
    """Have the names in the folder written to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PrinterCannotKeep(why=error.strerror or "") from error
