"""The package that a printer gets: the letters of a batch, in order, and two lists of them.

The same batch always gives the same bytes, so that a package that was half made can be made again.
"""

import csv
import dataclasses
import datetime
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from mahis.gateways.letters.geometry import C5_6

#: The form of the lists; another number says that readers must change.
FORM = "mahis-letters/1"
_ENVELOPE = "C5/6 window right"
#: No program may change, and no other account of the machine read, what is unpacked.
_MODE = 0o100600 << 16
_UNIX = 3
#: The list for people, by its name in the package.
MANIFEST = "manifest.csv"
_COLUMNS = ("place", "file", "pages", "destination", "envelope", "language", "letter", "sha256")


@dataclasses.dataclass(frozen=True, kw_only=True)
class PackedLetter:
    """One letter of a batch, as its lists name it: nothing of whom it goes to."""

    place: int
    #: By which the office knows it.
    letter: str
    pages: int
    abroad: bool
    language: str
    sha256: str

    @property
    def file(self) -> str:
        """Its name in the package; in the order of names, letters are in their order too."""
        return f"letters/{self.place:06d}.pdf"

    @property
    def destination(self) -> str:
        """Where the post brings it: `belgium` or `abroad`."""
        return "abroad" if self.abroad else "belgium"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Package:
    """The letters of a batch, in order."""

    number: int
    day: datetime.date
    letters: tuple[PackedLetter, ...]

    @property
    def name(self) -> str:
        """The name of its file; a package of the same name is the same package."""
        return package_name(number=self.number, day=self.day)

    @property
    def pages(self) -> int:
        """How many pages it has in all."""
        return sum(each.pages for each in self.letters)


def package_name(*, number: int, day: datetime.date) -> str:
    """Give the name of the file of a batch."""
    return f"mahis-letters-{day:%Y%m%d}-{number:06d}.zip"


def write(package: Package, *, read: Callable[[str], bytes], into: BinaryIO) -> None:
    """Write a package into a file; `read` gives the bytes of a letter by its SHA-256."""
    # Letters are packed tightly by themselves.
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry(package, "manifest.json"), manifest_json(package))
        archive.writestr(_entry(package, MANIFEST), manifest_csv(package))
        for each in package.letters:
            archive.writestr(_entry(package, each.file), read(each.sha256))


def manifest_json(package: Package) -> bytes:
    """Give the list of a batch for programs."""
    window = C5_6.window
    content = {
        "form": FORM,
        "batch": package.number,
        "day": package.day.isoformat(),
        "package": package.name,
        "counts": {
            "letters": len(package.letters),
            "pages": package.pages,
            "belgium": sum(not each.abroad for each in package.letters),
            "abroad": sum(each.abroad for each in package.letters),
        },
        "paper": "A4, folded in three at 105 and 210 mm, the address outside",
        "envelope": {
            "kind": _ENVELOPE,
            "widthMillimetres": C5_6.width,
            "heightMillimetres": C5_6.height,
            "windowMillimetres": {
                "fromLeft": window.left,
                "fromTop": window.top,
                "width": window.right - window.left,
                "height": window.bottom - window.top,
            },
        },
        "letters": [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(package.letters)],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def manifest_csv(package: Package) -> bytes:
    """Give the list of a batch for people and spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(package.letters))
    return text.getvalue().encode()


def _rows(letters: Iterable[PackedLetter]) -> Iterator[tuple[object, ...]]:
    for each in letters:
        yield (
            each.place,
            each.file,
            each.pages,
            each.destination,
            _ENVELOPE,
            each.language,
            each.letter,
            each.sha256,
        )


def _entry(package: Package, name: str) -> zipfile.ZipInfo:
    """Name a file of the package, with nothing in it that another run would write otherwise."""
    day = package.day
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    return entry
