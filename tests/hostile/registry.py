"""The table of hostile and wrong files: each a function that makes one, and how it must end."""

import dataclasses
import datetime
import functools
from collections.abc import Callable, Mapping
from typing import Any

from mahis.domain.signed_forms import Doubt
from tests.hostile.scene import DAY, Scene

_Make = Callable[[Scene], bytes]


@dataclasses.dataclass(frozen=True, kw_only=True)
class HostileFile:
    """One file that must be refused."""

    family: str
    name: str
    #: What the attack or the mistake is, in one sentence.
    attack: str
    #: The reason that people must be given.
    doubt: Doubt
    make: _Make
    #: What is particular in what is required of the file; a function gives it for the scene.
    requirement: Mapping[str, Any]
    #: When the file comes in.
    at: datetime.datetime
    #: Whether issuers can be asked about revocation.
    fetch: bool

    def required(self, scene: Scene) -> dict[str, Any]:
        """Give what is particular in what is required of the file in a scene."""
        return {
            name: value(scene) if callable(value) else value
            for name, value in self.requirement.items()
        }

    def __str__(self) -> str:
        return f"{self.family}: {self.name}"


#: Every file, in the order of the modules.
FILES: list[HostileFile] = []


def hostile(
    doubt: Doubt, *, at: datetime.datetime = DAY, fetch: bool = True, **requirement: Any
) -> Callable[[_Make], _Make]:
    """Add the file that a function makes; its docstring says what is wrong with it."""

    def add(make: _Make) -> _Make:
        assert make.__doc__, "say what the attack is"
        made_once = functools.cache(make)
        FILES.append(
            HostileFile(
                family=make.__module__.rpartition(".")[2].replace("_", " "),
                name=make.__name__.replace("_", " "),
                attack=make.__doc__,
                doubt=doubt,
                make=made_once,
                requirement=requirement,
                at=at,
                fetch=fetch,
            )
        )
        return made_once

    return add
