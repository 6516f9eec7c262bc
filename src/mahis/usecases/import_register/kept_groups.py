"""What officers keep of groups and applications, and the record of what files change of them."""

import contextlib
import datetime
from collections.abc import Iterator, Mapping
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from mahis.domain.changes import Subject
from mahis.domain.groups import Validity
from mahis.domain.lifecycle import Kind
from mahis.gateways.register_files import Part, Treatment
from mahis.store import reference_facts
from mahis.store.models import Application, ApplicationGroup, GroupMembership
from mahis.usecases import _changes
from mahis.usecases.import_register.staging import Workbench, staged

#: The kinds of files that are about groups and applications.
STEMS = ("groups", "applications", "group_applications")

#: What a thing is, as changes keep it; for groups with the applications in them.
_Facts = Mapping[str, Mapping[str, object]]

# Officers' changes take the table's row lock mode first, so none comes between look and write.
_LOCK = "LOCK TABLE store_applicationgroup IN SHARE ROW EXCLUSIVE MODE"

_KEEP = """
CREATE TEMPORARY TABLE {table} (code text PRIMARY KEY) ON COMMIT DROP
"""
_FILL = "INSERT INTO {table} SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"

_DIFFERING = """
SELECT string_agg(k.code, ', ' ORDER BY k.code) FROM {kept} k JOIN {table} t ON t.code = k.code
WHERE {differs}
"""
_WRITTEN = """EXISTS (
    SELECT FROM {staged} s WHERE s.code = t.code AND ({theirs}) IS DISTINCT FROM ({ours}))"""
_LEFT_OUT = "NOT EXISTS (SELECT FROM {staged} s WHERE s.code = t.code)"
_NAMED = "EXISTS (SELECT FROM {staged} s WHERE s.code = t.code)"

_OURS = """
SELECT a.code AS application, m.begins, m.ends FROM store_groupmembership m
JOIN store_application a ON a.id = m.application_id WHERE m.group_id = t.id
"""
_THEIRS = 'SELECT s.application, s.begins, s.ends FROM {staged} s WHERE s."group" = t.code'
_NOT_OURS = "EXISTS (({theirs}) EXCEPT ({ours}))"
_NOT_THEIRS = "EXISTS (({ours}) EXCEPT ({theirs}))"
_MEMBERS_NAMED = 'EXISTS (SELECT FROM {staged} s WHERE s."group" = t.code)'

_GROUPS = Identifier("store_applicationgroup")
_TABLES = {"groups": _GROUPS, "applications": Identifier("store_application")}


@contextlib.contextmanager
def watched(bench: Workbench, *, at: datetime.datetime) -> Iterator[None]:
    """Hold fast what officers keep, say what files have otherwise, and record what they change."""
    bench.execute(_LOCK)
    groups = reference_facts.kept_by_office(Subject.GROUP)
    own = reference_facts.kept_by_office(Subject.APPLICATION)
    held = GroupMembership.objects.filter(group__code__in=groups)
    held_codes = held.values_list("application__code", flat=True)
    _keep(bench, "groups", groups)
    _keep(bench, "applications", own)
    # They cannot go while a kept group holds them, whatever a file leaves out.
    _keep(bench, "held", frozenset(held_codes) - own)
    for stem in STEMS:
        for part in bench.parts_of(stem):
            _remark(bench, part)
    before = _all_facts()
    yield
    after = _all_facts()
    for subject, facts in after.items():
        _record(subject, before[subject], facts, at=at)


def _keep(bench: Workbench, name: str, codes: frozenset[str]) -> None:
    table = _kept(name)
    bench.execute("DROP TABLE IF EXISTS {table}", table=table)
    bench.execute(_KEEP, table=table)
    bench.execute(_FILL, sorted(codes), table=table)


def _kept(name: str) -> Identifier:
    return Identifier(f"import_office_{name}")


def _remark(bench: Workbench, part: Part) -> None:
    """Say which things a file has otherwise than an officer wrote them."""
    is_membership = part.layout.stem == "group_applications"
    codes = bench.value(
        _DIFFERING,
        kept=_kept("groups" if is_membership else part.layout.stem),
        table=_GROUPS if is_membership else _TABLES[part.layout.stem],
        differs=_members_differ(part) if is_membership else _rows_differ(part),
    )
    if codes:
        bench.remarks.append(
            f"{part.entry.name}: an officer keeps {codes}, which stays as it is although the file"
            " has it otherwise. An officer can hand it back to the files."
        )
    if part.layout.stem == "applications" and part.treatment is not Treatment.INSERT:
        _remark_held(bench, part)


def _remark_held(bench: Workbench, part: Part) -> None:
    """Say which applications stay because a group that an officer keeps holds them."""
    form: LiteralString = _NAMED if part.treatment is Treatment.DELETE else _LEFT_OUT
    codes = bench.value(
        _DIFFERING,
        kept=_kept("held"),
        table=_TABLES["applications"],
        differs=_filled(form, part),
    )
    if codes:
        bench.remarks.append(
            f"{part.entry.name}: {codes} stays, since a group that an officer keeps holds it."
        )


def _rows_differ(part: Part) -> Composed:
    if part.treatment is Treatment.DELETE:
        return _filled(_NAMED, part)
    names = [column.name for column in part.columns]
    written = SQL(_WRITTEN).format(
        staged=staged(part),
        theirs=SQL(", ").join(Identifier("s", name) for name in names),
        ours=SQL(", ").join(Identifier("t", name) for name in names),
    )
    if part.treatment is not Treatment.WHOLE:
        return SQL("({})").format(written)
    return SQL("({} OR {})").format(written, _filled(_LEFT_OUT, part))


def _members_differ(part: Part) -> Composed:
    if part.treatment is Treatment.DELETE:
        return _filled(_MEMBERS_NAMED, part)
    sides = {"ours": SQL(_OURS), "theirs": _filled(_THEIRS, part)}
    more = SQL(_NOT_OURS).format(**sides)
    if part.treatment is not Treatment.WHOLE:
        return SQL("({})").format(more)
    return SQL("({} OR {})").format(more, SQL(_NOT_THEIRS).format(**sides))


def _filled(form: LiteralString, part: Part) -> Composed:
    return SQL(form).format(staged=staged(part))


def _all_facts() -> dict[Subject, _Facts]:
    """Give all groups and applications as changes keep them."""
    memberships: dict[str, dict[str, object]] = {}
    rows = GroupMembership.objects.select_related("group", "application")
    for row in rows.order_by("begins"):
        days = Validity(row.begins, row.ends)
        said = [days.begins.isoformat(), days.ends.isoformat() if days.ends else ""]
        held = memberships.setdefault(row.group.code, {})
        earlier = held.get(row.application.code, [])
        assert isinstance(earlier, list)
        held[row.application.code] = [*earlier, "/".join(said)]
    return {
        Subject.GROUP: {
            row.code: reference_facts.of_group(reference_facts.group_record(row))
            | {"applications": memberships.get(row.code, {})}
            for row in ApplicationGroup.objects.all()
        },
        Subject.APPLICATION: {
            row.code: reference_facts.of_application(reference_facts.application_record(row))
            for row in Application.objects.all()
        },
    }


def _record(subject: Subject, before: _Facts, after: _Facts, *, at: datetime.datetime) -> None:
    """Write down which things files added, changed and took away."""
    for code in sorted({*before, *after}):
        old, new = before.get(code, {}), after.get(code, {})
        changed = {name for name in {*old, *new} if old.get(name, ...) != new.get(name, ...)}
        if not changed:
            continue
        _changes.write(
            subject=subject,
            key=code,
            act=_act(is_new=code not in before, is_gone=code not in after),
            at=at,
            kind=Kind.REGISTER,
            before={name: value for name, value in old.items() if name in changed},
            after={name: value for name, value in new.items() if name in changed},
        )


def _act(*, is_new: bool, is_gone: bool) -> str:
    if is_new:
        return "addedByImport"
    return "removedByImport" if is_gone else "imported"
