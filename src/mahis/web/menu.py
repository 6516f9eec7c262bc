"""The menu at the left: sections of entries, which each door fills for the person before it."""

import dataclasses
from collections.abc import Iterable

from django.utils.functional import Promise


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the menu."""

    label: str | Promise
    address: str
    #: How many things wait there; 0 is not shown.
    count: int = 0
    #: How the addresses of pages begin that belong to it, beside its own.
    also: tuple[str, ...] = ()
    #: Whether only the page itself belongs to it, and none further along its path.
    alone: bool = False

    def reach(self, path: str) -> int:
        """Say how far along the path of a page it goes, in characters; 0 where not at all."""
        if self.alone:
            return len(path) if path == self.address else 0
        beginnings = (self.address, *self.also)
        return max((len(each) for each in beginnings if path.startswith(each)), default=0)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Section:
    """Entries under one heading."""

    title: str | Promise
    entries: tuple[Entry, ...]


def current(sections: Iterable[Section], *, path: str) -> Entry | None:
    """Give the entry that a page belongs to: the one that goes furthest along its path."""
    entries = [entry for section in sections for entry in section.entries if entry.reach(path)]
    return max(entries, key=lambda entry: entry.reach(path), default=None)
