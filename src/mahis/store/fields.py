"""Columns that hold domain values: numbers, enums, quarters."""

import enum
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import IntegerRangeField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.psycopg_any import NumericRange

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.quarters import Quarter, QuarterPeriod

# Django's fields take type parameters only in their stubs.
if TYPE_CHECKING:
    _EnterpriseNumberBase = models.BigIntegerField[Any, Any]
    _InszBase = models.CharField[Any, Any]
    _EnumBase = models.TextField[Any, Any]
else:
    _EnterpriseNumberBase = models.BigIntegerField
    _InszBase = models.CharField
    _EnumBase = models.TextField


class EnterpriseNumberField(_EnterpriseNumberBase):
    """An enterprise number, stored as a bigint so that indexes with ranges find it."""

    # Read by the types of look-ups only.
    _pyi_lookup_exact_type: Any
    _pyi_private_get_type: Any
    _pyi_private_set_type: Any

    def from_db_value(
        self, value: int | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> EnterpriseNumber | None:
        """Make the number from its column."""
        return None if value is None else EnterpriseNumber.from_int(value)

    def to_python(self, value: Any) -> Any:
        """Accept the number, its digits or its stored form."""
        if value is None or isinstance(value, EnterpriseNumber):
            return value
        if isinstance(value, int):
            return EnterpriseNumber.from_int(value)
        return EnterpriseNumber.parse(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        """Give the column's value."""
        if isinstance(value, str):
            value = EnterpriseNumber.parse(value)
        return value.as_int if isinstance(value, EnterpriseNumber) else value

    def value_to_string(self, obj: models.Model) -> str:
        """Give the ten digits."""
        return str(self.value_from_object(obj))


class InszField(_InszBase):
    """A national number, stored as its eleven digits."""

    # Read by the types of look-ups only.
    _pyi_lookup_exact_type: Any
    _pyi_private_get_type: Any
    _pyi_private_set_type: Any

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 11
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Leave out the fixed length."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(
        self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> Insz | None:
        """Make the number from its column."""
        return None if value is None else Insz(value)

    def to_python(self, value: Any) -> Any:
        """Accept the number or its digits."""
        return value if value is None or isinstance(value, Insz) else Insz(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        """Give the digits."""
        return value.digits if isinstance(value, Insz) else value


class EnumField(_EnumBase):
    """A domain enum, stored as its value; the model's check constraint lists the values."""

    # Read by the types of look-ups only.
    _pyi_lookup_exact_type: Any
    _pyi_private_get_type: Any
    _pyi_private_set_type: Any

    def __init__(self, enum_class: type[enum.Enum], **kwargs: Any) -> None:
        self.enum_class = enum_class
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Name the enum in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.enum_class, *args], kwargs

    def from_db_value(
        self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> enum.Enum | None:
        """Make the member from its column."""
        return None if value is None else self.enum_class(value)

    def to_python(self, value: Any) -> Any:
        """Accept a member or its value."""
        return value if value is None or isinstance(value, enum.Enum) else self.enum_class(value)

    def get_prep_value(self, value: Any) -> Any:
        """Give the value of the member."""
        return value.value if isinstance(value, enum.Enum) else value


class QuarterPeriodField(IntegerRangeField):
    """A period of quarters as an int4range of quarter indexes, half-open in the column.

    This class and `mahis.domain.quarters` are the only places that know the numbers.
    """

    def from_db_value(
        self, value: NumericRange | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> QuarterPeriod | None:
        """Make the period from its column."""
        if value is None or value.lower is None:
            return None
        end = None if value.upper is None else Quarter(value.upper - 1)
        return QuarterPeriod(Quarter(value.lower), end)

    def to_python(self, value: Any) -> Any:
        """Accept a period as it is."""
        return value if isinstance(value, QuarterPeriod) else super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        """Give the range: from the start up to, not including, the quarter after the end."""
        if isinstance(value, QuarterPeriod):
            upper = None if value.end is None else value.end.index + 1
            return NumericRange(value.start.index, upper)
        return super().get_prep_value(value)


def one_of(column: str, enum_class: type[enum.Enum]) -> models.Q:
    """Give the condition that a column holds a member of an enum."""
    return models.Q(**{f"{column}__in": [member.value for member in enum_class]})


def ends_before(column: str, quarter: Quarter) -> models.Q:
    """Give the condition that a period of quarters is over before one of them."""
    return models.Q(**{f"{column}__endswith__lte": quarter.index})


def ends_with(column: str, quarter: Quarter) -> models.Q:
    """Give the condition that one quarter is the last of a period."""
    return models.Q(**{f"{column}__endswith": quarter.index + 1})
