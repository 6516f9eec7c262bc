"""An invented register, written as files in the forms in which real registers come."""

import datetime
from pathlib import Path

from mahis.standins.register import files, invented
from mahis.standins.register.files import SERIES
from mahis.standins.register.invented import Size

__all__ = ["SERIES", "Size", "generate"]


def generate(*, folder: Path, people: Path, size: Size, seed: int, on: datetime.date) -> list[Path]:
    """Write an invented register into a folder, and its personas into a file.

    Gives the folders to import, in order. The same size, seed and quarter of `on` always make
    files that agree byte for byte.
    """
    register = invented.invent(size=size, seed=seed, on=on)
    bundles = files.write(register, folder, on=on)
    files.write_people(register, people)
    return bundles
