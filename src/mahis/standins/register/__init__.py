"""An invented register, written as files in the forms in which real registers come."""

import dataclasses
import datetime
from pathlib import Path

from mahis.domain.identifiers import EnterpriseNumber
from mahis.standins.register import files, invented
from mahis.standins.register.files import SERIES
from mahis.standins.register.invented import Size

__all__ = ["SERIES", "Generated", "Size", "generate"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Generated:
    """What was written."""

    #: Folders to import, in order.
    bundles: tuple[Path, ...]
    #: Enterprises that the personas act for.
    cast: tuple[EnterpriseNumber, ...]


def generate(*, folder: Path, people: Path, size: Size, seed: int, on: datetime.date) -> Generated:
    """Write an invented register into a folder, and its personas into a file.

    The same size, seed and quarter of `on` always make files that agree byte for byte.
    """
    register = invented.invent(size=size, seed=seed, on=on)
    bundles = files.write(register, folder, on=on)
    files.write_people(register, people)
    personas = {persona.person.insz for persona in register.personas}
    cast = (access.enterprise for access in register.access if access.person in personas)
    return Generated(bundles=tuple(bundles), cast=tuple(dict.fromkeys(cast)))
