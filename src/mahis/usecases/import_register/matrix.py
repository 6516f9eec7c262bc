"""Apply the versions of the representatives matrix and their lines.

Versions that an officer or the operator loaded are not the files' to change: they stay as they are,
and the import says so where a file names one.
"""

import datetime
from collections.abc import Mapping

from psycopg.sql import SQL, Identifier

from mahis.domain.changes import Subject
from mahis.domain.lifecycle import Kind
from mahis.gateways.register_files import Part, Treatment
from mahis.store.models import MatrixVersion
from mahis.usecases import _changes, load_matrix
from mahis.usecases.import_register import references
from mahis.usecases.import_register.staging import Workbench, staged

_WRITE_VERSIONS = """
INSERT INTO store_matrixversion AS known
    (name, illustrative, begins, ends, permanent_representative, entries, joint)
SELECT name, illustrative, begins, ends, '{{}}', '{{}}', '{{}}' FROM {staged}
ON CONFLICT (name) DO UPDATE SET
    illustrative = excluded.illustrative, begins = excluded.begins, ends = excluded.ends
WHERE known.source = 'registerFiles' AND (known.illustrative, known.begins, known.ends)
    IS DISTINCT FROM (excluded.illustrative, excluded.begins, excluded.ends)
"""

_DELETE_MISSING = """
DELETE FROM store_matrixversion t
WHERE t.source = 'registerFiles' AND NOT EXISTS (SELECT FROM {staged} s WHERE s.name = t.name)
"""

_DELETE_NAMED = """
DELETE FROM store_matrixversion t
WHERE t.source = 'registerFiles' AND EXISTS (SELECT FROM {staged} s WHERE s.name = t.name)
"""

_EMPTY_NAMED = """
UPDATE store_matrixversion t
SET entries = '{{}}', joint = '{{}}', permanent_representative = '{{}}'
WHERE t.source = 'registerFiles' AND EXISTS (SELECT FROM {staged} s WHERE s.version = t.name)
"""

# Lines are sorted, so that the same lines always make the same row; two functions that sign
# together stand in order already.
_WRITE_LINES = """
UPDATE store_matrixversion t
SET entries = lines.entries, joint = lines.joint,
    permanent_representative = lines.representatives
FROM (
    SELECT v.name,
        array(SELECT e FROM unnest({kept_entries} || coalesce(array_agg(
            s.legal_form || ':' || s.function)
            FILTER (WHERE s.meaning = 'sign' AND strpos(s.function, '+') = 0), '{{}}')) AS e
            GROUP BY e ORDER BY e COLLATE "C") AS entries,
        array(SELECT e FROM unnest({kept_joint} || coalesce(array_agg(
            s.legal_form || ':' || s.function)
            FILTER (WHERE s.meaning = 'sign' AND strpos(s.function, '+') > 0), '{{}}')) AS e
            GROUP BY e ORDER BY e COLLATE "C") AS joint,
        array(SELECT e FROM unnest({kept_representatives} || coalesce(array_agg(
            s.function) FILTER (WHERE s.meaning = 'permanentRepresentative'), '{{}}')) AS e
            GROUP BY e ORDER BY e COLLATE "C") AS representatives
    FROM store_matrixversion v {join} {staged} s ON s.version = v.name
    WHERE v.source = 'registerFiles'
    GROUP BY v.id
) lines
WHERE lines.name = t.name AND (t.entries, t.joint, t.permanent_representative)
    IS DISTINCT FROM (lines.entries, lines.joint, lines.representatives)
"""

_NAMED_BY_HAND = """
SELECT string_agg(t.name, ', ' ORDER BY t.name) FROM store_matrixversion t
WHERE t.source <> 'registerFiles' AND EXISTS (SELECT FROM {staged} s WHERE s.{name} = t.name)
"""


def apply(bench: Workbench, *, at: datetime.datetime) -> None:
    """Apply matrix_versions.csv and matrix.csv: deletes, versions, then their lines."""
    parts = [*bench.parts_of("matrix_versions"), *bench.parts_of("matrix")]
    if not parts:
        return
    before = _described()
    _apply_all(bench, parts)
    _record(before, _described(), at=at)


def _apply_all(bench: Workbench, parts: list[Part]) -> None:
    for part in parts:
        _remark(bench, part)
        if part.treatment is Treatment.DELETE:
            statement = _DELETE_NAMED if part.layout.stem == "matrix_versions" else _EMPTY_NAMED
            bench.files[part.entry.name].removed = bench.execute(statement, staged=staged(part))
    for part in parts:
        if part.treatment is not Treatment.DELETE:
            write = _write_versions if part.layout.stem == "matrix_versions" else _write_lines
            write(bench, part)


def _described() -> dict[str, dict[str, object]]:
    return {row.name: load_matrix.described(row) for row in MatrixVersion.objects.all()}


def _record(
    before: Mapping[str, Mapping[str, object]],
    after: Mapping[str, Mapping[str, object]],
    *,
    at: datetime.datetime,
) -> None:
    """Write down which versions files added, changed and took away."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        act = "imported" if old and new else "addedByImport" if new else "removedByImport"
        _changes.write(
            subject=Subject.MATRIX,
            key=name,
            act=act,
            at=at,
            kind=Kind.REGISTER,
            before=old,
            after=new,
        )


def _remark(bench: Workbench, part: Part) -> None:
    """Say which versions a file names that are not the files' to change."""
    name = "name" if part.layout.stem == "matrix_versions" else "version"
    left = bench.value(_NAMED_BY_HAND, staged=staged(part), name=Identifier(name))
    if left:
        bench.remarks.append(
            f"{part.entry.name}: {left} was loaded by hand, so the file's lines were left aside."
        )


def _write_versions(bench: Workbench, part: Part) -> None:
    count = bench.files[part.entry.name]
    if part.treatment is Treatment.WHOLE:
        count.removed = bench.execute(_DELETE_MISSING, staged=staged(part))
    count.written = bench.execute(_WRITE_VERSIONS, staged=staged(part))


def _write_lines(bench: Workbench, part: Part) -> None:
    references.require_all(bench, part)
    whole = part.treatment is Treatment.WHOLE
    empty = SQL("ARRAY[]::varchar[]")
    bench.files[part.entry.name].written = bench.execute(
        _WRITE_LINES,
        staged=staged(part),
        # A whole file says everything of every version; lines that are added join what is there.
        join=SQL("LEFT JOIN" if whole else "JOIN"),
        kept_entries=empty if whole else SQL("v.entries"),
        kept_joint=empty if whole else SQL("v.joint"),
        kept_representatives=empty if whole else SQL("v.permanent_representative"),
    )
