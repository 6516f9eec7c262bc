"""Apply providers.csv, leaving what the office decided and what providers said of themselves."""

from psycopg.sql import SQL, Composable

from mahis.gateways.register_files import FileRefused, Part, Treatment
from mahis.usecases.import_register.staging import Workbench, staged

# What the office or the clock made of a provider goes before a file, until the file tells something
# that came later: that a quality begins anew, or that it is blocked.
_KEEP = """
CREATE TEMPORARY TABLE import_kept_provider ON COMMIT DROP AS
SELECT t.enterprise FROM store_provider t LEFT JOIN {news} s ON s.enterprise = t.enterprise
WHERE (t.held OR t.source = 'identification')
    AND (t.held AND t.status = 'blocked' OR s.enterprise IS NULL
        OR s.status <> 'blocked' AND CASE WHEN t.held THEN s.begins <= t.begins
            ELSE s.begins < t.begins END)
"""

_NOBODY = "(SELECT NULL::bigint AS enterprise, NULL::text AS status, NULL::date AS begins)"

_UNLESS_KEPT = "NOT EXISTS (SELECT FROM import_kept_provider k WHERE k.enterprise = t.enterprise)"

_DIFFERS = "(t.status, t.begins, t.ends) IS DISTINCT FROM (s.status, s.begins, s.ends)"

_GONE = """
FROM store_provider t
WHERE {unless_kept} AND {named}
    AND NOT EXISTS (SELECT FROM {news} s WHERE s.enterprise = t.enterprise)
"""

_CHANGED = """
FROM store_provider t JOIN {news} s ON s.enterprise = t.enterprise
WHERE {unless_kept} AND {differs}
"""

_RECORD = """
INSERT INTO store_change
    (subject, key, number, at, act, kind, person_name, reason, before, after)
SELECT 'provider', lpad(t.enterprise::text, 10, '0'),
    1 + coalesce((SELECT max(c.number) FROM store_change c
        WHERE c.subject = 'provider' AND c.key = lpad(t.enterprise::text, 10, '0')), 0),
    %s, {act}, 'register', '', '',
    jsonb_build_object('status', t.status, 'begins', t.begins, 'ends', t.ends),
    {after}
{which}
"""

_AFTER = "jsonb_build_object('status', s.status, 'begins', s.begins, 'ends', s.ends)"

_REMOVE = """
DELETE FROM store_provider WHERE enterprise IN (SELECT t.enterprise {which})
"""

_CHANGE = """
UPDATE store_provider p
SET status = s.status, begins = s.begins, ends = s.ends, source = 'register', held = false
FROM {news} s WHERE s.enterprise = p.enterprise AND p.enterprise IN (SELECT t.enterprise {which})
"""

_CONFIRM = """
UPDATE store_provider t SET source = 'register', held = false
FROM {news} s
WHERE s.enterprise = t.enterprise AND {unless_kept} AND (t.held OR t.source <> 'register')
"""

_ADD = """
INSERT INTO store_provider (enterprise, status, begins, ends)
SELECT s.enterprise, s.status, s.begins, s.ends FROM {news} s
WHERE NOT EXISTS (SELECT FROM store_provider t WHERE t.enterprise = s.enterprise)
"""

_FIRST_CLASH = """
SELECT s.line FROM {news} s JOIN store_provider t ON t.enterprise = s.enterprise
WHERE {differs} AND {unless_kept} AND NOT {named} ORDER BY s.line LIMIT 1
"""


def apply(bench: Workbench) -> None:
    """Apply the file that holds all providers, or those that take some out and add others.

    Officers who decide about providers wait meanwhile, so it comes last, just before the commit.
    """
    whole = bench.part("providers", Treatment.WHOLE)
    deleted = bench.part("providers", Treatment.DELETE)
    news = whole or bench.part("providers", Treatment.INSERT)
    if news is None and deleted is None:
        return
    parts: dict[str, Composable] = {
        "news": SQL(_NOBODY) if news is None else staged(news),
        "named": _named(whole, deleted),
        "unless_kept": SQL(_UNLESS_KEPT),
        "differs": SQL(_DIFFERS),
    }
    bench.execute("LOCK TABLE store_provider IN EXCLUSIVE MODE")
    bench.execute("DROP TABLE IF EXISTS import_kept_provider")
    bench.execute(_KEEP, **parts)
    if news is not None and whole is None:
        _require_no_clash(bench, news, parts)
    removed = _remove(bench, parts)
    if deleted is not None:
        bench.files[deleted.entry.name].removed = removed
    if news is not None:
        count = bench.files[news.entry.name]
        count.removed = removed if whole is not None else 0
        count.written = _write(bench, parts)


def _named(whole: Part | None, deleted: Part | None) -> Composable:
    """Give the condition that a row can go because the files say so."""
    if whole is not None:
        return SQL("true")
    if deleted is None:
        return SQL("false")
    return SQL("EXISTS (SELECT FROM {} d WHERE d.enterprise = t.enterprise)").format(
        staged(deleted)
    )


def _remove(bench: Workbench, parts: dict[str, Composable]) -> int:
    which = SQL(_GONE).format(**parts)
    bench.execute(
        _RECORD, bench.at, act=SQL("'registerRemoved'"), after=SQL("'{}'::jsonb"), which=which
    )
    return bench.execute(_REMOVE, which=which)


def _write(bench: Workbench, parts: dict[str, Composable]) -> int:
    """Change what differs, keeping how providers can be reached, and add what is new."""
    which = SQL(_CHANGED).format(**parts)
    bench.execute(_RECORD, bench.at, act=SQL("'registerChanged'"), after=SQL(_AFTER), which=which)
    changed = bench.execute(_CHANGE, which=which, **parts)
    bench.execute(_CONFIRM, **parts)
    return changed + bench.execute(_ADD, **parts)


def _require_no_clash(bench: Workbench, news: Part, parts: dict[str, Composable]) -> None:
    """Require that added rows do not contradict rows that nothing has deleted."""
    line = bench.value(_FIRST_CLASH, **parts)
    if line is not None:
        reason = "the register has this row with other contents: name it in providers_delete.csv"
        raise FileRefused(file=news.entry.name, line=line, reason=reason)
