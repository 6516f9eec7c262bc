"""What a layout is: the columns of one kind of register file, its keys and its cross-checks."""

import dataclasses
import enum
from collections.abc import Callable, Mapping

from mahis.gateways.register_files.cells import Form, Value

#: Looks at a whole row by column name and says what is wrong with it; None: nothing.
RowCheck = Callable[[Mapping[str, Value]], str | None]


class Target(enum.Enum):
    """What a cell can refer to."""

    ENTERPRISE = "enterprise"
    GROUP = "group"
    APPLICATION = "application"
    MATRIX_VERSION = "matrix version"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a file."""

    #: As the first line of the file names it.
    header: str
    #: As our tables name it.
    name: str
    form: Form
    #: What must exist, in the register or in the same bundle, under the value.
    refers_to: Target | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Layout:
    """One kind of register file."""

    #: File name without `_insert`, `_delete` and `.csv`.
    stem: str
    columns: tuple[Column, ...]
    #: Names of the columns that no two rows may share; empty: equal rows count once.
    key: tuple[str, ...] = ()
    #: Name of the one column of the `_delete` file; None: there is no such file.
    delete_by: str | None = None
    check: RowCheck | None = None
    #: Whether the file is one of KBO Open Data, which goes with a meta.csv.
    of_extract: bool = False

    @property
    def headers(self) -> list[str]:
        """The first line of the file."""
        return [column.header for column in self.columns]

    def column(self, name: str) -> Column:
        """Give the column of a name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def delete_columns(self) -> tuple[Column, ...]:
        """The one column of the `_delete` file."""
        return () if self.delete_by is None else (self.column(self.delete_by),)


def ends_after_it_begins(row: Mapping[str, Value]) -> str | None:
    """Say what is wrong with a row whose end date lies before its start date."""
    begins, ends = row["begins"], row["ends"]
    # Both are texts in the order year, month, day, so that they compare as dates do.
    if isinstance(begins, str) and isinstance(ends, str) and ends < begins:
        return "the end date lies before the start date"
    return None
