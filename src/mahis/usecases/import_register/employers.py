"""Let what the office wrote of employers stand beside a register file, until the file says it too.

A registration of the office is confirmed by one of the file for the same enterprise and NSSO
number, on some of the same days, and with the same end where the office knows one: it is then the
file's. As long as the file says something else, the office's stands.
"""

import datetime

from psycopg.sql import SQL

from mahis.domain.employers import Registration
from mahis.domain.identifiers import EnterpriseNumber, NssoNumber
from mahis.gateways.register_files import Part, Treatment
from mahis.usecases import _employers
from mahis.usecases.import_register.staging import Workbench, staged

_SAME_DAYS = SQL("""
t.source = 'office' AND s.enterprise = t.enterprise AND s.nsso_number = t.nsso_number
AND (t.ends IS NULL OR s.begins <= t.ends) AND (s.ends IS NULL OR t.begins <= s.ends)
""")

_CONFIRMED = """
SELECT DISTINCT ON (t.id) t.id, t.enterprise, t.nsso_number, t.begins, t.ends, s.begins, s.ends
FROM store_employer t JOIN {staged} s ON {same_days}
WHERE t.ends IS NULL OR t.ends IS NOT DISTINCT FROM s.ends ORDER BY t.id, s.begins
"""

_LEAVE_ASIDE = """
DELETE FROM {staged} s USING store_employer t WHERE {same_days}
"""


def reconcile(bench: Workbench, *, at: datetime.datetime) -> None:
    """Hand over what the file confirms, and leave aside what it says against the office."""
    parts = [part for part in bench.parts_of("employers") if part.treatment is not Treatment.DELETE]
    if bench.parts_of("employers"):
        _employers.lock()
    for part in parts:
        _hand_over(bench, part, at=at)
        aside = bench.execute(_LEAVE_ASIDE, staged=staged(part), same_days=_SAME_DAYS)
        if aside:
            bench.remarks.append(
                f"{part.entry.name}: left aside, since the office has written something else of"
                f" these employers: {aside}."
            )


def _hand_over(bench: Workbench, part: Part, *, at: datetime.datetime) -> None:
    rows = bench.rows(_CONFIRMED, staged=staged(part), same_days=_SAME_DAYS)
    for number, enterprise, nsso_number, begins, ends, *said in rows:
        ours = Registration(
            enterprise=EnterpriseNumber.from_int(enterprise),
            nsso_number=NssoNumber(nsso_number),
            begins=begins,
            ends=ends,
        )
        theirs = Registration(
            enterprise=ours.enterprise, nsso_number=ours.nsso_number, begins=said[0], ends=said[1]
        )
        bench.execute("DELETE FROM store_employer WHERE id = %s", number)
        _employers.write_change(
            enterprise=ours.enterprise, act="confirmed", at=at, before=ours, after=theirs
        )
