"""The workbench of an import: staging tables filled by COPY, and the statements run over them."""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any, LiteralString, Self

import psycopg
from psycopg import sql
from psycopg.sql import SQL, Composable, Identifier

from mahis.gateways import register_files
from mahis.gateways.register_files import Bundle, Extract, FileRefused, Part, Treatment
from mahis.usecases.import_register.outcome import FileCount, Outcome, Watcher


@dataclasses.dataclass(kw_only=True)
class Workbench:
    """One import under way: its connection, what is staged, and what has been done."""

    connection: psycopg.Connection[Any]
    bundle: Bundle
    watcher: Watcher
    #: Day on which the extract shows the register.
    snapshot: datetime.date
    #: When the import is made.
    at: datetime.datetime
    files: dict[str, FileCount] = dataclasses.field(default_factory=dict)
    new: int = 0
    ceased: int = 0
    returned: int = 0
    remarks: list[str] = dataclasses.field(default_factory=list)

    @classmethod
    def of(
        cls,
        bundle: Bundle,
        connection: psycopg.Connection[Any],
        watcher: Watcher,
        *,
        at: datetime.datetime,
        on: datetime.date,
    ) -> Self:
        """Set up the bench; an extract that does not say its day shows the register on `on`."""
        bench = cls(
            connection=connection,
            bundle=bundle,
            watcher=watcher,
            snapshot=(bundle.extract and bundle.extract.snapshot) or on,
            at=at,
        )
        if bundle.extract and bundle.extract.snapshot is None:
            bench.remarks.append(f"There is no meta.csv: the update is taken to show {on}.")
        bench.remarks += [
            f"{name} is no register file; it was left aside." for name in bundle.ignored
        ]
        return bench

    @property
    def extract(self) -> Extract | None:
        """What the bundle says of itself, where it is an extract."""
        return self.bundle.extract

    @property
    def series(self) -> str:
        """The series of extracts that this one belongs to."""
        return self.bundle.extract.series if self.bundle.extract else ""

    # -- staging

    def stage_all(self) -> None:
        """Copy every file into its staging table; raises FileRefused."""
        self.watcher.reading(size=self.bundle.size)
        for part in self.bundle.parts:
            self.files[part.entry.name] = FileCount(rows=self._stage(part))
            self._require_keys_once(part)

    def part(self, stem: str, treatment: Treatment) -> Part | None:
        """Give the file of a kind, where the bundle has it."""
        for part in self.bundle.parts:
            if part.layout.stem == stem and part.treatment is treatment:
                return part
        return None

    def parts_of(self, stem: str) -> list[Part]:
        """Give the files of a kind."""
        return [part for part in self.bundle.parts if part.layout.stem == stem]

    def _stage(self, part: Part) -> int:
        table = staged(part)
        self.watcher.step(part.entry.name)
        columns = [
            SQL("{} {}").format(Identifier(column.name), SQL(_type(column.form.type)))
            for column in part.columns
        ]
        self.execute("DROP TABLE IF EXISTS {table}", table=table)
        self.execute(
            "CREATE TEMPORARY TABLE {table} (line bigint, {columns}) ON COMMIT DROP",
            table=table,
            columns=SQL(", ").join(columns),
        )
        count = 0
        with (
            self.connection.cursor() as cursor,
            cursor.copy(SQL("COPY {} FROM STDIN").format(table)) as copy,
        ):
            for row in register_files.rows_of(part, self.watcher.read):
                copy.write_row(row)
                count += 1
        # Without an index, a planner that knows little of our tables may compare row by row.
        first = Identifier(part.columns[0].name)
        self.execute("CREATE INDEX ON {table} ({first})", table=table, first=first)
        self.execute("ANALYZE {table}", table=table)
        return count

    def _require_keys_once(self, part: Part) -> None:
        if not part.layout.key or part.treatment is Treatment.DELETE:
            return
        line = self.value(
            "SELECT max(line) FROM {table} GROUP BY {key} HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
            table=staged(part),
            key=columns(part.layout.key),
        )
        if line is not None:
            headers = [part.layout.column(name).header for name in part.layout.key]
            reason = f"an earlier line has the same {', '.join(headers)}"
            raise FileRefused(file=part.entry.name, line=line, reason=reason)

    # -- statements

    def execute(self, statement: LiteralString, *values: object, **names: Composable) -> int:
        """Run a statement whose `{names}` are filled in; gives the number of rows it touched."""
        with self.connection.cursor() as cursor:
            cursor.execute(SQL(statement).format(**names), values)
            return max(cursor.rowcount, 0)

    def rows(self, query: LiteralString, *values: object, **names: Composable) -> list[Any]:
        """Give all rows of a query; for those that give few."""
        with self.connection.cursor() as cursor:
            cursor.execute(SQL(query).format(**names), values)
            return cursor.fetchall()

    def value(self, query: LiteralString, *values: object, **names: Composable) -> Any:
        """Give the first value of the first row of a query; None where there is none."""
        with self.connection.cursor() as cursor:
            cursor.execute(SQL(query).format(**names), values)
            row = cursor.fetchone()
            return None if row is None else row[0]

    def outcome(self) -> Outcome:
        """Give what has been done."""
        extract = self.extract
        return Outcome(
            source=self.bundle.source,
            extract_kind=extract.kind.value if extract else "",
            extract_number=extract.number if extract else None,
            snapshot=self.snapshot if extract else None,
            files=self.files,
            new=self.new,
            ceased=self.ceased,
            returned=self.returned,
            remarks=tuple(self.remarks),
        )


def staged(part: Part) -> Identifier:
    """Give the name of a file's staging table."""
    return Identifier("pg_temp", f"staged_{part.layout.stem}{part.treatment.value}")


def columns(names: Iterable[str], prefix: str | None = None) -> sql.Composed:
    """Give a list of columns, of the table `prefix` where one is named."""
    before = () if prefix is None else (prefix,)
    return SQL(", ").join(Identifier(*before, name) for name in names)


def same(names: Iterable[str], nullable: Iterable[str] = ()) -> sql.Composed:
    """Give the condition that the rows `t` and `s` agree in columns, empty ones included."""
    loose = frozenset(nullable)
    return SQL(" AND ").join(
        SQL("t.{0} IS NOT DISTINCT FROM s.{0}" if name in loose else "t.{0} = s.{0}").format(
            Identifier(name)
        )
        for name in names
    )


_TYPES: dict[str, LiteralString] = {
    "bigint": "bigint",
    "boolean": "boolean",
    "date": "date",
    "integer": "integer",
    "text": "text",
}


def _type(name: str) -> LiteralString:
    return _TYPES[name]
