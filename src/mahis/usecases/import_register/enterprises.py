"""Apply enterprises: written where they are new or changed, marked ceased where they are gone."""

from psycopg import sql
from psycopg.sql import SQL

from mahis.gateways.register_files import FileRefused, Part, Treatment
from mahis.usecases.import_register.staging import Workbench, staged

_WRITE = """
INSERT INTO store_enterprise AS known
    (number, kind, legal_form, legal_form_cac, situation, begins, ceased_on,
     language_chosen, series)
SELECT number, kind, legal_form, legal_form_cac, situation, begins, NULL, false, %s FROM {staged}
ON CONFLICT (number) DO UPDATE SET
    kind = excluded.kind, legal_form = excluded.legal_form,
    legal_form_cac = excluded.legal_form_cac, situation = excluded.situation,
    begins = excluded.begins, ceased_on = NULL, series = excluded.series
WHERE (known.kind, known.legal_form, known.legal_form_cac, known.situation, known.begins,
       known.ceased_on, known.series)
    IS DISTINCT FROM
      (excluded.kind, excluded.legal_form, excluded.legal_form_cac, excluded.situation,
       excluded.begins, NULL::date, excluded.series)
"""

# The last day of activity is not before the first, whatever the day of the extract.
_CEASE = """
UPDATE store_enterprise e SET ceased_on = greatest(e.begins, %s)
WHERE e.ceased_on IS NULL AND e.series = %s AND {gone}
"""

_COUNT_NEW = """
SELECT count(*) FROM {staged} s
WHERE NOT EXISTS (SELECT FROM store_enterprise e WHERE e.number = s.number)
"""

_NOTE_RETURNED = """
CREATE TEMPORARY TABLE import_returned ON COMMIT DROP AS
SELECT e.number FROM store_enterprise e JOIN {staged} s USING (number)
WHERE e.ceased_on IS NOT NULL
"""

# What is known of a ceased enterprise is kept, since mandates and their history name it; so is
# what belongs to another series of extracts.
_NOTE_KEPT = """
CREATE TEMPORARY TABLE import_kept ON COMMIT DROP AS
WITH kept AS (
    SELECT number FROM store_enterprise WHERE ceased_on IS NOT NULL OR series <> %s
)
SELECT number AS entity FROM kept
UNION SELECT b.number FROM store_establishment b JOIN kept k ON k.number = b.enterprise
UNION SELECT b.number FROM store_branch b JOIN kept k ON k.number = b.enterprise
"""

# An update gives everything anew of an enterprise that comes back; what was kept of it goes.
_FORGET = """
DELETE FROM {table} t USING (
    SELECT number AS entity FROM import_returned
    UNION
    SELECT b.number FROM import_returned r JOIN store_establishment b ON b.enterprise = r.number
    UNION
    SELECT b.number FROM import_returned r JOIN store_branch b ON b.enterprise = r.number
) gone WHERE t.{key} = gone.entity
"""

_ABOUT_ENTITIES = (
    "store_enterprisename",
    "store_enterpriseaddress",
    "store_enterprisecontact",
    "store_enterpriseactivity",
)


#: So few enterprises may cease by one import whatever their share.
_FEW = 100
_COUNT_ACTIVE = "SELECT count(*) FROM store_enterprise WHERE ceased_on IS NULL"


def require_few_ceased(bench: Workbench, *, most: int) -> None:
    """Require that an import lets no more than so many in a hundred cease; raises FileRefused.

    A file that was cut short looks like one in which everybody else has ceased, and what follows
    from that for mandates is not taken back by a better file.
    """
    if bench.ceased <= _FEW:
        return
    known = bench.value(_COUNT_ACTIVE) + bench.ceased
    if bench.ceased * 100 > most * known:
        part = bench.part("enterprise", Treatment.WHOLE) or bench.part(
            "enterprise", Treatment.DELETE
        )
        assert part is not None
        reason = (
            f"{bench.ceased:,} of {known:,} enterprises would cease, more than {most} in a hundred;"
            " look whether the file is whole, then allow more with --most-ceased"
        )
        raise FileRefused(file=part.entry.name, reason=reason)


def apply(bench: Workbench) -> None:
    """Apply enterprise.csv or its update, then note whose other rows are to be kept."""
    bench.execute("DROP TABLE IF EXISTS pg_temp.import_returned, pg_temp.import_kept")
    whole = bench.part("enterprise", Treatment.WHOLE)
    insert = bench.part("enterprise", Treatment.INSERT)
    delete = bench.part("enterprise", Treatment.DELETE)
    written = whole or insert
    if written:
        _write(bench, written)
        if insert:
            _forget_what_was_kept(bench)
    if whole or delete:
        _cease(bench, whole, insert, delete)
    bench.execute(_NOTE_KEPT, bench.series)
    bench.execute("CREATE UNIQUE INDEX ON import_kept (entity)")
    bench.execute("ANALYZE import_kept")


def _write(bench: Workbench, part: Part) -> None:
    bench.new = bench.value(_COUNT_NEW, staged=staged(part))
    bench.returned = bench.execute(_NOTE_RETURNED, staged=staged(part))
    bench.files[part.entry.name].written = bench.execute(_WRITE, bench.series, staged=staged(part))


def _cease(bench: Workbench, whole: Part | None, insert: Part | None, delete: Part | None) -> None:
    gone = SQL(" AND ").join(
        [
            *([_not_in(whole)] if whole else []),
            *([_not_in(insert)] if insert else []),
            *(
                [SQL("EXISTS (SELECT FROM {} s WHERE s.number = e.number)").format(staged(delete))]
                if delete
                else []
            ),
        ]
    )
    bench.ceased = bench.execute(_CEASE, bench.snapshot, bench.series, gone=gone)
    if delete:
        bench.files[delete.entry.name].removed = bench.ceased


def _not_in(part: Part) -> sql.Composed:
    return SQL("NOT EXISTS (SELECT FROM {} s WHERE s.number = e.number)").format(staged(part))


def _forget_what_was_kept(bench: Workbench) -> None:
    if not bench.returned:
        return
    for table in _ABOUT_ENTITIES:
        bench.execute(_FORGET, table=sql.Identifier(table), key=sql.Identifier("entity"))
    for table in ("store_establishment", "store_branch"):
        bench.execute(_FORGET, table=sql.Identifier(table), key=sql.Identifier("number"))
