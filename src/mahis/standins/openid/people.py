"""The invented persons who can log in, read from a file that the demo register writes.

The file is JSON in UTF-8: `{"people": [...]}`, each person with `insz`, `given_name`,
`family_name`, `language` (fr, nl, de or en), `descriptions` (one line for each language, such as
"Director of Bakkerij De Wilg BV") and `levels` (of 500, 450 and 400).
"""

import dataclasses
import hashlib
import hmac
import json
import pathlib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Language, Person
from mahis.domain.refusals import Refused
from mahis.standins.openid.means import Means


class PeopleFileError(ValueError):
    """The file of persons cannot be used; the text says which entry and why."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class PracticePerson:
    """A person on the login page."""

    #: How pages and tokens refer to the person: says nothing about the national number.
    handle: str
    person: Person
    language: Language
    #: One line about the person for each language code.
    descriptions: Mapping[str, str]
    #: Means that this person can use, strongest first.
    means: tuple[Means, ...]

    def description(self, language: str) -> str:
        """Give the line about the person in a language, or in the first one that exists."""
        return self.descriptions.get(language) or next(iter(self.descriptions.values()), "")

    def matches(self, words: Iterable[str]) -> bool:
        """Say whether every word occurs in the name or in a line about the person."""
        text = _plain(" ".join([self.person.name, *self.descriptions.values()]))
        return all(word in text for word in words)


class People:
    """All persons of the login page, in the order of the file."""

    def __init__(self, people: Iterable[PracticePerson]) -> None:
        self._by_handle = {person.handle: person for person in people}

    def __len__(self) -> int:
        return len(self._by_handle)

    def get(self, handle: str) -> PracticePerson | None:
        """Find a person by handle; None where there is none."""
        return self._by_handle.get(handle)

    def find(self, text: str) -> list[PracticePerson]:
        """List the persons that fit the words typed, all of them for an empty text."""
        words = _plain(text).split()
        return [person for person in self._by_handle.values() if person.matches(words)]


def read_people(file: pathlib.Path, *, secret: bytes) -> People:
    """Read the file of persons; handles are made with `secret`, so that none can be guessed.

    Raises PeopleFileError where the file cannot be read or an entry is wrong.
    """
    try:
        entries = list(json.loads(file.read_text(encoding="utf-8"))["people"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{file}: no list of people in it ({type(error).__name__})"
        raise PeopleFileError(message) from error
    return People(_read_person(entry, place, secret) for place, entry in enumerate(entries, 1))


def _read_person(entry: Any, place: int, secret: bytes) -> PracticePerson:
    try:
        insz = Insz.parse(str(entry["insz"]))
        return PracticePerson(
            handle=hmac.new(secret, insz.digits.encode(), hashlib.sha256).hexdigest()[:24],
            person=Person(
                insz=insz,
                given_name=str(entry["given_name"]),
                family_name=str(entry["family_name"]),
            ),
            language=Language(entry["language"]),
            descriptions={code: str(line) for code, line in entry["descriptions"].items()},
            means=tuple(sorted(map(Means, entry["levels"]), reverse=True)),
        )
    except (Refused, AttributeError, KeyError, TypeError, ValueError) as error:
        # The error's own text could hold the national number, so only its kind is told.
        message = f"person {place} is wrong ({type(error).__name__})"
        raise PeopleFileError(message) from None


def _plain(text: str) -> str:
    """Fold case and take off accents, so that `dubois-leon` typed plainly finds its person."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
