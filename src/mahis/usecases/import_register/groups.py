"""Apply application groups, applications, and which application belongs to which group when.

What an officer has changed and not handed back stays as it is, and the import says so.
"""

import datetime

from psycopg.sql import SQL, Composed, Identifier

from mahis.gateways.register_files import FileRefused, Part, Treatment
from mahis.usecases.import_register import kept_groups, references
from mahis.usecases.import_register.staging import Workbench, columns, staged

_WRITE = """
INSERT INTO {table} AS known ({columns}) SELECT {columns} FROM {staged} t WHERE {open}
ON CONFLICT (code) DO UPDATE SET ({columns}) = ROW({excluded})
WHERE ({known}) IS DISTINCT FROM ({excluded})
"""

_GONE_WHOLE = "NOT EXISTS (SELECT FROM {staged} s WHERE s.code = t.code)"
_GONE_NAMED = "EXISTS (SELECT FROM {staged} s WHERE s.code = t.code)"

_FIRST_OTHER_RULE = """
SELECT s.line FROM {staged} s JOIN store_applicationgroup t ON t.code = s.code
WHERE {open} AND (s.single_mandatary, s.employers_only) IS DISTINCT FROM
    (t.single_mandatary, t.employers_only)
AND EXISTS (SELECT FROM store_mandate m WHERE m.group_id = t.id) ORDER BY s.line LIMIT 1
"""

_FIRST_IN_USE = "SELECT t.code FROM {table} t WHERE {gone} AND EXISTS ({use}) ORDER BY 1 LIMIT 1"

_GROUP_IN_USE = "SELECT FROM store_mandate m WHERE m.group_id = t.id"
_APPLICATION_IN_USE = "SELECT FROM store_groupmembership m WHERE m.application_id = t.id"

_DELETE_MEMBERSHIPS_OF_GROUPS = """
DELETE FROM store_groupmembership m USING store_applicationgroup t
WHERE m.group_id = t.id AND {gone}
"""

_MEMBERS = """
SELECT g.id AS group_id, a.id AS application_id, s.begins, s.ends FROM {staged} s
JOIN store_applicationgroup g ON g.code = s.group JOIN store_application a ON a.code = s.application
WHERE NOT EXISTS (SELECT FROM import_office_groups o WHERE o.code = g.code)
"""

_DELETE_MEMBERS_MISSING = """
DELETE FROM store_groupmembership t USING store_applicationgroup g
WHERE g.id = t.group_id AND NOT EXISTS (SELECT FROM import_office_groups o WHERE o.code = g.code)
AND NOT EXISTS (
    SELECT FROM ({members}) s WHERE t.group_id = s.group_id AND t.application_id = s.application_id
    AND t.begins = s.begins AND t.ends IS NOT DISTINCT FROM s.ends)
"""

_DELETE_MEMBERS_NAMED = """
DELETE FROM store_groupmembership t USING store_applicationgroup g, {staged} s
WHERE t.group_id = g.id AND g.code = s.group
AND NOT EXISTS (SELECT FROM import_office_groups o WHERE o.code = g.code)
"""

_WRITE_MEMBERS = """
INSERT INTO store_groupmembership AS known (group_id, application_id, begins, ends)
SELECT group_id, application_id, begins, ends FROM ({members}) s
ON CONFLICT (group_id, application_id, begins) DO UPDATE SET ends = excluded.ends
WHERE known.ends IS DISTINCT FROM excluded.ends
"""

_GROUPS = Identifier("store_applicationgroup")
_APPLICATIONS = Identifier("store_application")


_OPEN = "NOT EXISTS (SELECT FROM {kept} o WHERE o.code = t.code)"
#: That no group which an officer keeps holds an application.
_NOT_HELD = "NOT EXISTS (SELECT FROM import_office_held o WHERE o.code = t.code)"


def apply(bench: Workbench, *, at: datetime.datetime) -> None:
    """Apply groups.csv, applications.csv and group_applications.csv.

    Raises FileRefused where a group that mandates name, or an application that a group holds,
    would go: give them an end date instead. The same where the rules of a group would change under
    mandates that were given for it.
    """
    if not any(bench.parts_of(stem) for stem in kept_groups.STEMS):
        return
    with kept_groups.watched(bench, at=at):
        for stem, table in (("groups", _GROUPS), ("applications", _APPLICATIONS)):
            for part in bench.parts_of(stem):
                if part.treatment is not Treatment.DELETE:
                    _write(bench, part, table)
        members = bench.parts_of("group_applications")
        for part in sorted(members, key=lambda each: each.treatment.value):
            _apply_members(bench, part)
        for part in bench.parts_of("groups"):
            _delete(bench, part, _GROUPS, SQL(_GROUP_IN_USE), "mandates name it")
        for part in bench.parts_of("applications"):
            _delete(bench, part, _APPLICATIONS, SQL(_APPLICATION_IN_USE), "a group holds it")


def _write(bench: Workbench, part: Part, table: Identifier) -> None:
    if table is _GROUPS:
        _require_same_rules(bench, part)
    names = [column.name for column in part.columns]
    bench.files[part.entry.name].written = bench.execute(
        _WRITE,
        table=table,
        staged=staged(part),
        open=_open(table),
        columns=columns(names),
        excluded=columns(names, "excluded"),
        known=columns(names, "known"),
    )


def _require_same_rules(bench: Workbench, part: Part) -> None:
    """Require what officers have to keep to as well: parties signed under the rules as they are."""
    line = bench.value(_FIRST_OTHER_RULE, staged=staged(part), open=_open(_GROUPS))
    if line is not None:
        reason = (
            "SingleMandatary and EmployersOnly cannot change, since mandates name the group: give"
            " it an EndDate, and add another group"
        )
        raise FileRefused(file=part.entry.name, line=line, reason=reason)


def _delete(bench: Workbench, part: Part, table: Identifier, use: SQL, why: str) -> None:
    """Delete what a whole file leaves out, or what a `_delete` file names."""
    if part.treatment is Treatment.INSERT:
        return
    form = _GONE_WHOLE if part.treatment is Treatment.WHOLE else _GONE_NAMED
    held = SQL(_NOT_HELD if table is _APPLICATIONS else "true")
    named = SQL(form).format(staged=staged(part))
    gone = SQL("({} AND {} AND {})").format(named, _open(table), held)
    code = bench.value(_FIRST_IN_USE, table=table, gone=gone, use=use)
    if code is not None:
        reason = f"{code} cannot be left out or deleted, since {why}: give it an EndDate"
        raise FileRefused(file=part.entry.name, reason=reason)
    if table is _GROUPS:
        bench.execute(_DELETE_MEMBERSHIPS_OF_GROUPS, gone=gone)
    bench.files[part.entry.name].removed = bench.execute(
        "DELETE FROM {table} t WHERE {gone}", table=table, gone=gone
    )


def _open(table: Identifier) -> Composed:
    """Give the condition that files may change a row."""
    name = "import_office_groups" if table is _GROUPS else "import_office_applications"
    return SQL(_OPEN).format(kept=Identifier(name))


def _apply_members(bench: Workbench, part: Part) -> None:
    count = bench.files[part.entry.name]
    if part.treatment is Treatment.DELETE:
        count.removed = bench.execute(_DELETE_MEMBERS_NAMED, staged=staged(part))
        return
    references.require_all(bench, part)
    members = SQL(_MEMBERS).format(staged=staged(part))
    if part.treatment is Treatment.WHOLE:
        count.removed = bench.execute(_DELETE_MEMBERS_MISSING, members=members)
    count.written = bench.execute(_WRITE_MEMBERS, members=members)
