"""Apply the files whose rows are the rows of a table: names, addresses, offices, employers …"""

import dataclasses
from typing import LiteralString

from psycopg import sql
from psycopg.sql import SQL, Composable, Identifier

from mahis.gateways.register_files import FileRefused, Layout, Part, Treatment
from mahis.usecases.import_register.staging import Workbench, columns, same, staged

_DELETE_MISSING = """
DELETE FROM {table} t
WHERE {theirs} AND NOT EXISTS (SELECT FROM {staged} s WHERE {same}) {unless_kept}
"""

_DELETE_NAMED = """
DELETE FROM {table} t
WHERE {theirs} AND EXISTS (SELECT FROM {staged} s WHERE s.{key} = t.{key}) {unless_kept}
"""

_DELETE_CHANGED = """
DELETE FROM {table} t USING {staged} s WHERE s.{key} = t.{key} AND NOT ({same})
"""

_INSERT = """
INSERT INTO {table} ({columns}{more})
SELECT DISTINCT {columns}{values} FROM {staged} s
WHERE NOT EXISTS (SELECT FROM {table} t WHERE {same})
"""

_FIRST_CLASH = """
SELECT s.line FROM {staged} s JOIN {table} t ON {same_key}
WHERE {theirs} AND NOT ({same}) ORDER BY s.line LIMIT 1
"""

_UNLESS_KEPT = "AND NOT EXISTS (SELECT FROM import_kept k WHERE k.entity = t.{})"

_WRITE_CODES = """
INSERT INTO store_registercode AS known (category, code, language, description)
SELECT category, code, language, description FROM {staged}
ON CONFLICT (category, code, language) DO UPDATE SET description = excluded.description
WHERE known.description <> excluded.description
"""

# An access that came with a quality given here lasts until the access registry itself says who
# acts for that provider.
_ACCESS_GIVES_WAY = """
DELETE FROM {table} t WHERE t.source <> 'register' AND EXISTS (
    SELECT FROM {staged} s WHERE s.enterprise = t.enterprise AND s.kind = t.kind)
"""

# A code that an extract drops is still the code of enterprises in it, so codes only come and
# change; those that codes.csv gives by hand can be taken out by hand.
_CODE_FILES = ("code", "codes")


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Table:
    """The table behind a kind of file."""

    name: str
    #: Column by which rows of ceased enterprises are kept; None: nothing is kept.
    kept_by: str | None = None
    #: Column that a row replaces another by, without being deleted first.
    replaces_by: str | None = None
    #: What the table holds beside the file's own columns.
    more: LiteralString = ""
    values: LiteralString = ""
    #: Says which rows are those of register files; others are not theirs to remove.
    theirs: LiteralString = "true"
    #: Takes out what the table holds beside files, once a file speaks of the same.
    gives_way: LiteralString = ""


_TABLES = {
    "establishment": _Table(name="store_establishment", kept_by="number", replaces_by="number"),
    "branch": _Table(name="store_branch", kept_by="number", replaces_by="number"),
    "denomination": _Table(
        name="store_enterprisename",
        kept_by="entity",
        more=", folded",
        # The same rule by which mahis.store.folding folds what is searched for.
        values=", lower(unaccent(name))",
    ),
    "address": _Table(name="store_enterpriseaddress", kept_by="entity"),
    "contact": _Table(name="store_enterprisecontact", kept_by="entity"),
    "activity": _Table(name="store_enterpriseactivity", kept_by="entity"),
    "employers": _Table(name="store_employer", theirs="t.source = 'register'"),
    "secretariats": _Table(name="store_secretariat"),
    "accounts": _Table(name="store_useraccount"),
    "offices": _Table(name="store_office"),
    "access": _Table(
        name="store_accessright", theirs="t.source = 'register'", gives_way=_ACCESS_GIVES_WAY
    ),
}


def apply(bench: Workbench) -> None:
    """Apply the codes, then each kind of file: deletes before inserts."""
    for stem in _CODE_FILES:
        for part in bench.parts_of(stem):
            bench.files[part.entry.name].written = bench.execute(_WRITE_CODES, staged=staged(part))
    for stem, table in _TABLES.items():
        for part in sorted(bench.parts_of(stem), key=lambda each: each.treatment.value):
            _apply_part(bench, part, table)


def _apply_part(bench: Workbench, part: Part, table: _Table) -> None:
    count = bench.files[part.entry.name]
    names: dict[str, Composable] = {"table": Identifier(table.name), "staged": staged(part)}
    theirs = SQL(table.theirs)
    unless_kept: Composable = SQL("")
    if table.kept_by:
        unless_kept = SQL(_UNLESS_KEPT).format(Identifier(table.kept_by))
    if part.treatment is Treatment.DELETE:
        key = Identifier(part.columns[0].name)
        count.removed = bench.execute(
            _DELETE_NAMED, **names, key=key, theirs=theirs, unless_kept=unless_kept
        )
        return
    if table.gives_way:
        bench.execute(table.gives_way, **names)
    if part.treatment is Treatment.WHOLE:
        count.removed = bench.execute(
            _DELETE_MISSING,
            **names,
            same=_same(part.layout),
            theirs=theirs,
            unless_kept=unless_kept,
        )
    if table.replaces_by:
        key = Identifier(table.replaces_by)
        count.removed += bench.execute(_DELETE_CHANGED, **names, key=key, same=_same(part.layout))
    elif part.layout.key and part.treatment is Treatment.INSERT:
        _require_no_clash(bench, part, {**names, "theirs": theirs})
    count.written = bench.execute(
        _INSERT,
        **names,
        columns=columns(column.name for column in part.columns),
        more=SQL(table.more),
        values=SQL(table.values),
        same=_same(part.layout),
    )


def _require_no_clash(bench: Workbench, part: Part, names: dict[str, Composable]) -> None:
    """Require that added rows do not contradict rows that nothing has deleted."""
    layout = part.layout
    line = bench.value(
        _FIRST_CLASH, **names, same_key=same(layout.key, _nullable(layout)), same=_same(layout)
    )
    if line is not None:
        reason = (
            f"the register has this row with other contents: name it in {layout.stem}_delete.csv"
        )
        raise FileRefused(file=part.entry.name, line=line, reason=reason)


def _same(layout: Layout) -> sql.Composed:
    return same((column.name for column in layout.columns), _nullable(layout))


def _nullable(layout: Layout) -> list[str]:
    return [column.name for column in layout.columns if column.form.optional]
