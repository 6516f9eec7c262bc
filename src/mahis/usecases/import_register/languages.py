"""Give enterprises their language: as a file says it, else as names and addresses suggest it.

A name in one language tells it; a name in several, or in none, leaves it to the language area of
the seat. Brussels has two languages, so that only a name can tell there.
"""

from collections.abc import Iterable

from psycopg import sql
from psycopg.sql import SQL

from mahis.domain.parties import Language
from mahis.gateways.register_files import Part, Treatment
from mahis.usecases.import_register.staging import Workbench, staged

# Postcodes by language area (first, last, language); 1000 to 1299 are bilingual Brussels.
_AREAS = (
    (1300, 1499, Language.FRENCH),
    (1500, 3999, Language.DUTCH),
    (4000, 4699, Language.FRENCH),
    (4700, 4791, Language.GERMAN),
    (4792, 7999, Language.FRENCH),
    (8000, 9999, Language.DUTCH),
)

# Language codes of denomination.csv.
_OF_NAMES = (("1", Language.FRENCH), ("2", Language.DUTCH), ("3", Language.GERMAN))

_CHOOSE = """
UPDATE store_enterprise e SET language = s.language, language_chosen = true FROM {staged} s
WHERE s.enterprise = e.number AND (NOT e.language_chosen OR e.language IS DISTINCT FROM s.language)
"""

_UNCHOOSE = """
UPDATE store_enterprise e SET language_chosen = false WHERE e.language_chosen AND {gone}
RETURNING e.number
"""

_DERIVE = """
WITH of_name AS (
    SELECT n.entity, array_agg(DISTINCT l.language ORDER BY l.language) AS languages
    FROM store_enterprisename n JOIN (VALUES {of_names}) l (code, language) ON l.code = n.language
    WHERE n.kind = '001' GROUP BY n.entity
), of_seat AS (
    SELECT DISTINCT ON (a.entity) a.entity, r.language
    FROM store_enterpriseaddress a
    JOIN (VALUES {areas}) r (first, last, language)
        ON a.zipcode ~ '^[1-9][0-9]{{3}}$' AND a.zipcode >= r.first AND a.zipcode <= r.last
    WHERE a.kind = 'REGO' AND a.country_nl = '' AND a.country_fr = ''
    ORDER BY a.entity, a.id
), told AS (
    SELECT e.number,
        CASE WHEN of_name.languages IS NULL THEN of_seat.language
             WHEN of_seat.language = ANY (of_name.languages) THEN of_seat.language
             ELSE of_name.languages[1] END AS language
    FROM store_enterprise e
    LEFT JOIN of_name ON of_name.entity = e.number
    LEFT JOIN of_seat ON of_seat.entity = e.number
    WHERE NOT e.language_chosen
)
UPDATE store_enterprise e SET language = told.language FROM told
WHERE told.number = e.number AND e.language IS DISTINCT FROM told.language
"""

_FROM_WHICH_LANGUAGES_FOLLOW = ("enterprise", "denomination", "address", "languages")


def apply(bench: Workbench) -> None:
    """Apply languages.csv, then derive the language of every enterprise that no file names."""
    for part in sorted(bench.parts_of("languages"), key=lambda each: each.treatment.value):
        _apply_part(bench, part)
    if any(bench.parts_of(stem) for stem in _FROM_WHICH_LANGUAGES_FOLLOW):
        # Every enterprise is looked at, so that nothing is won by looking them up one by one; but
        # a planner whose statistics are older than this import might think so.
        bench.execute("SET LOCAL enable_nestloop = off")
        bench.execute(
            _DERIVE,
            of_names=_rows((code, language.value) for code, language in _OF_NAMES),
            areas=_rows((str(first), str(last), area.value) for first, last, area in _AREAS),
        )
        bench.execute("SET LOCAL enable_nestloop = on")


def _apply_part(bench: Workbench, part: Part) -> None:
    count = bench.files[part.entry.name]
    if part.treatment is not Treatment.INSERT:
        form = "EXISTS (SELECT FROM {} s WHERE s.enterprise = e.number)"
        if part.treatment is Treatment.WHOLE:
            form = "NOT EXISTS (SELECT FROM {} s WHERE s.enterprise = e.number)"
        count.removed = bench.execute(_UNCHOOSE, gone=SQL(form).format(staged(part)))
    if part.treatment is not Treatment.DELETE:
        count.written = bench.execute(_CHOOSE, staged=staged(part))


def _rows(rows: Iterable[tuple[str, ...]]) -> sql.Composed:
    """Give rows of texts as the inside of VALUES."""
    return SQL(", ").join(SQL("({})").format(SQL(", ").join(map(sql.Literal, row))) for row in rows)
