"""The base of every expected "no": a stable code, the field it is about, and what was found."""

from typing import Any, ClassVar


class Refused(Exception):
    """An expected refusal, raised where a rule says no and explained by the door.

    Subclasses are defined beside the rule that raises them and set `code`, a stable
    lowerCamelCase name that never changes once published. `field` names the input that
    the person can correct (a form's or a message's field name), or is None where no
    single input is at fault. `found` holds what the door needs to explain the refusal;
    it never holds a national number.
    """

    code: ClassVar[str]

    def __init__(self, *, field: str | None = None, **found: Any) -> None:
        super().__init__(self.code)
        self.field = field
        self.found: dict[str, Any] = found

    def on(self, field: str) -> "Refused":
        """Name the field that this refusal is about; returns the refusal itself."""
        self.field = field
        return self


class Forbidden(Refused):
    """The person is known but may not do this (as opposed to: this cannot be done now)."""

    code = "forbidden"


class Conflict(Refused):
    """What was asked does not fit the present state of the data."""

    code = "conflict"


class NotFound(Refused):
    """What was asked for does not exist, or not for this person."""

    code = "notFound"
