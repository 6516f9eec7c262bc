"""What an import did, and who watches it."""

import dataclasses
import datetime
from typing import Protocol, Self

from mahis.gateways.register_files import Bundle


class Watcher(Protocol):
    """Somebody who is told how far an import is."""

    def reading(self, *, size: int) -> None:
        """Hear that so many bytes will be read."""

    def read(self, size: int) -> None:
        """Hear that so many more bytes are read."""

    def step(self, name: str) -> None:
        """Hear that another step begins."""


class Silent:
    """Nobody watches."""

    def reading(self, *, size: int) -> None:
        """Do nothing."""

    def read(self, size: int) -> None:
        """Do nothing."""

    def step(self, name: str) -> None:
        """Do nothing."""


@dataclasses.dataclass(kw_only=True)
class FileCount:
    """How many rows a file had, and what they did to its table."""

    rows: int = 0
    written: int = 0
    removed: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an import did."""

    source: str
    #: True: the register already is what these files make; nothing was done.
    already: bool = False
    #: `full`, `update`, or empty where there are only files of our own.
    extract_kind: str = ""
    extract_number: int | None = None
    snapshot: datetime.date | None = None
    files: dict[str, FileCount] = dataclasses.field(default_factory=dict)
    #: Enterprises that the register did not know.
    new: int = 0
    #: Enterprises marked ceased.
    ceased: int = 0
    #: Ceased enterprises that are active again.
    returned: int = 0
    #: Mandates that ended, or will not begin, since a party has ceased.
    settled: int = 0
    #: Mandates whose parties were told that the mandator is an employer no more.
    ended: int = 0
    #: Mandates that became active since their mandator is now known as an employer.
    identified: int = 0
    #: What the operator should know.
    remarks: tuple[str, ...] = ()

    @classmethod
    def nothing_to_do(cls, bundle: Bundle) -> Self:
        """Give the outcome of an import that was done before."""
        return cls(source=bundle.source, already=True)

    def report(self) -> dict[str, object]:
        """Give the outcome as the table of imports keeps it."""
        return {
            "files": {name: dataclasses.asdict(count) for name, count in self.files.items()},
            "new": self.new,
            "ceased": self.ceased,
            "returned": self.returned,
            "remarks": list(self.remarks),
        }
