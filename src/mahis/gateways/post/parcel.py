"""What is handed over: a file of a name, whose content is known beforehand."""

import dataclasses
import hashlib
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import BinaryIO

#: How much is read and written at once.
CHUNK = 2**20
_ENDING = ".part"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Parcel:
    """A package on its way; under its name it is there whole, or not at all."""

    name: str
    size: int
    sha256: str
    #: Gives the file to read from its beginning.
    open: Callable[[], AbstractContextManager[BinaryIO]]

    def name_on_the_way(self) -> str:
        """Give a name that no other attempt uses, under which it arrives."""
        return f"{self._beginning}{secrets.token_hex(8)}{_ENDING}"

    def was_left_behind(self, name: str) -> bool:
        """Say whether a file is what an attempt before left when it broke off."""
        return name.startswith(self._beginning) and name.endswith(_ENDING)

    @property
    def _beginning(self) -> str:
        return f".{self.name}."


class Counting:
    """Counts and digests what comes by."""

    def __init__(self) -> None:
        self._size = 0
        self._digest = hashlib.sha256()

    def add(self, data: bytes) -> None:
        """Take in the next bytes."""
        self._size += len(data)
        self._digest.update(data)

    def is_whole(self, parcel: Parcel) -> bool:
        """Say whether all of a parcel came by, and nothing else."""
        return (self._size, self._digest.hexdigest()) == (parcel.size, parcel.sha256)
