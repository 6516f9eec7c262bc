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


@dataclasses.dataclass(frozen=True, kw_only=True)
class Section:
    """Entries under one heading."""

    title: str | Promise
    entries: tuple[Entry, ...]


def current(sections: Iterable[Section], *, path: str) -> Entry | None:
    """Give the entry that a page belongs to: the one whose address goes furthest along its path."""
    fitting = [
        entry for section in sections for entry in section.entries if path.startswith(entry.address)
    ]
    return max(fitting, key=lambda entry: len(entry.address), default=None)
