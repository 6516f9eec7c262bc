"""Import register files: stream them into staging tables, then apply them in one transaction.

Nothing is half-written: a refused file or a killed process leaves the register as it was, and a
second run simply does it all. The same files twice make the same register.
"""

import dataclasses
import datetime
from pathlib import Path

from django.db import connection, transaction

from mahis.gateways import register_files
from mahis.gateways.register_files import Bundle
from mahis.usecases import (
    find_addresses,
    identify_employer,
    settle_ceased,
    tell_employers_ended,
)
from mahis.usecases._one_by_one import SomeLeftOut
from mahis.usecases.import_register import (
    bookkeeping,
    employers,
    enterprises,
    groups,
    languages,
    matrix,
    providers,
    references,
    tables,
)
from mahis.usecases.import_register.bookkeeping import AnotherImportRuns
from mahis.usecases.import_register.outcome import FileCount, Outcome, Silent, Watcher
from mahis.usecases.import_register.staging import Workbench

__all__ = [
    "MOST_CEASED",
    "AnotherImportRuns",
    "FileCount",
    "Outcome",
    "Silent",
    "Watcher",
    "import_register",
]


#: So many of a hundred enterprises may cease by one import, unless they are few.
MOST_CEASED = 5


def import_register(
    *,
    path: Path,
    at: datetime.datetime,
    on: datetime.date,
    force: bool = False,
    watcher: Watcher | None = None,
    is_last: bool = True,
    most_ceased: int = MOST_CEASED,
) -> Outcome:
    """Import a folder or zip file of register files; `on` dates an update without a date.

    Files that make the same register as the last import are not imported again unless `force`d.
    At the end the mandates of parties that have ceased are settled, those that waited for their
    mandator to become an employer become active, the parties are told where it is one no more, and
    letters that waited for an address are delivered again. None of that where it is not the last of
    several: the register is then only on its way to what it will say. `most_ceased` says how many
    of a hundred enterprises may cease by one import, unless they are few.
    Raises FileRefused, or AnotherImportRuns; the register is then as it was.
    """
    watching = watcher or Silent()
    with bookkeeping.alone():
        row = bookkeeping.begun(source=path.name, at=at)
        try:
            with register_files.opened(path) as bundle:
                outcome = _import(
                    bundle,
                    row,
                    at=at,
                    on=on,
                    force=force,
                    watcher=watching,
                    most_ceased=most_ceased,
                )
        except register_files.FileRefused as refusal:
            bookkeeping.refused(row, refusal=refusal, at=at)
            raise
        # Even where nothing was to do: an earlier import may have been killed just before this.
        return _follow(outcome, at=at, on=on) if is_last else outcome


def _follow(outcome: Outcome, *, at: datetime.datetime, on: datetime.date) -> Outcome:
    """Do what follows from what the register says now."""
    counts, remarks = {}, list(outcome.remarks)
    following = {
        "settled": settle_ceased.settle,
        "identified": identify_employer.identify,
        "ended": tell_employers_ended.tell,
    }
    for name, act in following.items():
        try:
            counts[name] = act(at=at, on=on)
        except SomeLeftOut as left:
            counts[name] = int(left.found["done"])
            remarks.append("Some mandates could not be judged; the log names them.")
    find_addresses.find_addresses(at=at)
    return dataclasses.replace(
        outcome,
        remarks=tuple(remarks),
        settled=counts["settled"],
        identified=counts["identified"],
        ended=counts["ended"],
    )


def _import(
    bundle: Bundle,
    row: bookkeeping.Row,
    *,
    at: datetime.datetime,
    on: datetime.date,
    force: bool,
    watcher: Watcher,
    most_ceased: int,
) -> Outcome:
    watcher.step("checking the files")
    bookkeeping.described(row, bundle=bundle, digest=bundle.digest())
    if not force:
        if bookkeeping.is_known(row):
            bookkeeping.dropped(row)
            return Outcome.nothing_to_do(bundle)
        bookkeeping.require_newer(row)
    with transaction.atomic():
        bench = Workbench.of(bundle, connection.connection, watcher, at=at, on=on)
        bench.stage_all()
        _apply(bench, at=at)
        enterprises.require_few_ceased(bench, most=most_ceased)
        outcome = bench.outcome()
        bookkeeping.done(row, outcome=outcome, at=at)
        # What the constraints hold back until the end is to be said here, not by the commit.
        bench.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return outcome


def _apply(bench: Workbench, *, at: datetime.datetime) -> None:
    """Apply what is staged: enterprises first, since all else is about them."""
    bench.watcher.step("writing the register")
    enterprises.apply(bench)
    references.require_enterprises(bench)
    employers.reconcile(bench, at=at)
    tables.apply(bench)
    groups.apply(bench, at=at)
    matrix.apply(bench, at=at)
    languages.apply(bench)
    providers.apply(bench)
