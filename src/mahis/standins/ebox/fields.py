"""Strict reading of JSON: each property is asked for by name, and none may be left over."""

import json
from collections.abc import Collection
from typing import NoReturn

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.refusals import Refused
from mahis.standins.ebox.problems import Problem

_LONGEST = 255


def load(content: bytes, *, name: str = "") -> "Fields":
    """Read an object from JSON text; raises Problem."""
    try:
        value = json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise Problem(400, "This is not JSON.", name=name) from error
    return Fields(value, path="", name=name)


class Fields:
    """The properties of one object."""

    def __init__(self, value: object, *, path: str, name: str = "") -> None:
        if not isinstance(value, dict):
            raise Problem(400, "This must be an object.", name=path or name)
        self._left: dict[str, object] = value
        self._path = path

    def path(self, name: str) -> str:
        """Give the name of a property as problems tell it."""
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        """Say whether a property is there and was not taken yet."""
        return name in self._left

    def text(self, name: str, *, longest: int = _LONGEST) -> str:
        """Take a text that is not empty and holds no control characters."""
        value = self._take(name)
        if not isinstance(value, str):
            self.refuse(name, "This must be a text.")
        if not value.strip() or not value.isprintable():
            self.refuse(name, "This text is empty or holds characters that nobody can read.")
        if len(value) > longest:
            self.refuse(name, f"This text is longer than {longest} characters.")
        return value

    def one_of(self, name: str, known: Collection[str], *, code: str = "INVALID_INPUT") -> str:
        """Take a text that must be a known one."""
        value = self.text(name)
        if value not in known:
            self.refuse(name, "This value is not known here.", code=code)
        return value

    def flag(self, name: str) -> bool:
        """Take a truth value."""
        value = self._take(name)
        if not isinstance(value, bool):
            self.refuse(name, "This must be true or false.")
        return value

    def number(self, name: str, *, lowest: float, highest: float) -> float:
        """Take a number within bounds."""
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(name, "This must be a number.")
        if not lowest <= value <= highest:
            self.refuse(name, f"This must be a number from {lowest:g} to {highest:g}.")
        return value

    def enterprise(self, name: str) -> str:
        """Take the number of an enterprise: ten digits whose last two fit."""
        return enterprise_number(self.text(name), name=self.path(name))

    def within(self, name: str) -> "Fields":
        """Take an object."""
        return Fields(self._take(name), path=self.path(name))

    def each_within(self, name: str) -> list["Fields"]:
        """Take a list of objects."""
        return [
            Fields(value, path=f"{self.path(name)}[{position}]")
            for position, value in enumerate(self._list(name))
        ]

    def texts(self, name: str) -> list[str]:
        """Take a list of texts."""
        values = self._list(name)
        for position, value in enumerate(values):
            if not isinstance(value, str):
                self.refuse(f"{name}[{position}]", "This must be a text.")
        return [value for value in values if isinstance(value, str)]

    def names(self) -> list[str]:
        """Give the names of what was not taken yet."""
        return list(self._left)

    def finish(self) -> None:
        """Require that nothing is left over."""
        for name in self._left:
            self.refuse(name, "This property is not known here.")

    def refuse(self, name: str, detail: str, *, code: str = "INVALID_INPUT") -> NoReturn:
        """Refuse the whole because of one property."""
        raise Problem(400, detail, name=self.path(name), code=code)

    def _take(self, name: str) -> object:
        if name not in self._left:
            self.refuse(name, "This property is missing.")
        value = self._left.pop(name)
        if value is None:
            self.refuse(name, "A property without a value is left out, and never null.")
        return value

    def _list(self, name: str) -> list[object]:
        value = self._take(name)
        if not isinstance(value, list):
            self.refuse(name, "This must be a list.")
        return value


def enterprise_number(digits: str, *, name: str, place: str = "body") -> str:
    """Require the number of an enterprise; raises Problem."""
    try:
        return EnterpriseNumber(digits).digits
    except Refused as refused:
        raise Problem(
            400, "This is not the number of an enterprise.", name=name, place=place
        ) from refused


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a property stands there twice"
        raise ValueError(message)
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
