"""Require that what files of our own refer to exists in the register or in the same bundle."""

from psycopg.sql import Identifier

from mahis.gateways.register_files import Column, FileRefused, Part, Target, Treatment
from mahis.usecases.import_register.staging import Workbench, staged

_FIRST_UNKNOWN = """
SELECT s.line FROM {staged} s
WHERE s.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {table} t WHERE t.{key} = s.{column})
ORDER BY s.line LIMIT 1
"""

_WHERE = {
    Target.ENTERPRISE: (Identifier("store_enterprise"), Identifier("number")),
    Target.GROUP: (Identifier("store_applicationgroup"), Identifier("code")),
    Target.APPLICATION: (Identifier("store_application"), Identifier("code")),
    Target.MATRIX_VERSION: (Identifier("store_matrixversion"), Identifier("name")),
}


def require_enterprises(bench: Workbench) -> None:
    """Require that every enterprise that a file names is known; raises FileRefused."""
    for part in bench.bundle.parts:
        for column in part.columns:
            if column.refers_to is Target.ENTERPRISE:
                _require(bench, part, column)


def require_all(bench: Workbench, part: Part) -> None:
    """Require that everything that a file refers to is known; raises FileRefused."""
    for column in part.columns:
        if column.refers_to is not None:
            _require(bench, part, column)


def _require(bench: Workbench, part: Part, column: Column) -> None:
    if column.refers_to is None or part.treatment is Treatment.DELETE:
        return
    table, key = _WHERE[column.refers_to]
    line = bench.value(
        _FIRST_UNKNOWN,
        staged=staged(part),
        column=Identifier(column.name),
        table=table,
        key=key,
    )
    if line is not None:
        reason = f"{column.header}: the register knows no {column.refers_to.value} of this name"
        if column.refers_to is Target.ENTERPRISE:
            reason = f"{column.header}: the register knows no enterprise of this number"
        raise FileRefused(file=part.entry.name, line=line, reason=reason)
