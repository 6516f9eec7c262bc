"""Import register files, or make an invented register."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from mahis.gateways.register_files import FileRefused
from mahis.usecases.import_register import AnotherImportRuns, Outcome, import_register
from mahis.web import clock


@click.group()
def register() -> None:
    """Import register files, or make an invented register."""


@register.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Import although the register already holds this.")
def import_(*, path: Path, force: bool) -> None:
    """Import a folder or zip file of register files: PATH.

    Takes KBO Open Data extracts, full ones and updates, and files of our own in the same form
    (docs/reference/register-files.md). All of it is imported, or nothing.
    """
    outcome = run_import(path, force=force)
    tell(outcome)


def run_import(path: Path, *, force: bool = False) -> Outcome:
    """Import files with a progress bar where there is a terminal; refusals end the command."""
    try:
        with progress() as watcher:
            return import_register(
                path=path, at=clock.now(), on=clock.today(), force=force, watcher=watcher
            )
    except FileRefused as refusal:
        message = f"{refusal}\nNothing was imported; the register is as it was."
        raise click.ClickException(message) from refusal
    except AnotherImportRuns as refusal:
        message = "Another import is running on this database; try again when it has ended."
        raise click.ClickException(message) from refusal


class _Bar:
    """Shows the progress of reading; click keeps it silent where there is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._pending = 0
        self._name = ""

    def reading(self, *, size: int) -> None:
        """Show the bar, where there is somebody to see it."""
        hidden = not click.get_text_stream("stdout").isatty()
        self._bar = click.progressbar(
            length=size, label="Reading", item_show_func=str, hidden=hidden
        )
        self._bar.__enter__()

    def read(self, size: int) -> None:
        """Move on, in steps that cost nothing."""
        self._pending += size
        if self._bar is not None and self._pending > 2**16:
            self._bar.update(self._pending, self._name)
            self._pending = 0

    def step(self, name: str) -> None:
        """Name what is being done."""
        self._name = name
        if self._bar is not None:
            self._bar.update(self._pending, name)
            self._pending = 0

    def close(self) -> None:
        """Leave the line of the bar."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


@contextmanager
def progress() -> Iterator[_Bar]:
    """Give somebody who shows how far an import is."""
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()


def tell(outcome: Outcome) -> None:
    """Print what an import did."""
    if outcome.already:
        click.echo(f"{outcome.source}: already imported, nothing to do (--force does it again).")
    else:
        click.echo(f"{outcome.source}: {_extract(outcome)}imported.")
        _tell_files(outcome)
        click.echo(
            f"Enterprises: {outcome.new:,} new, {outcome.ceased:,} ceased, "
            f"{outcome.returned:,} active again."
        )
    if outcome.identified:
        click.echo(f"Mandates active now that their principal is an employer: {outcome.identified}")
    for remark in outcome.remarks:
        click.echo(f"Note: {remark}")


def _extract(outcome: Outcome) -> str:
    if not outcome.extract_kind:
        return ""
    number = f" {outcome.extract_number}" if outcome.extract_number is not None else ""
    return f"{outcome.extract_kind} extract{number} of {_day(outcome.snapshot)} "


def _day(day: datetime.date | None) -> str:
    return "" if day is None else f"{day:%d-%m-%Y}"


def _tell_files(outcome: Outcome) -> None:
    width = max(map(len, outcome.files), default=0)
    click.echo(f"  {'file':<{width}} {'rows':>12} {'written':>12} {'removed':>12}")
    for name, count in outcome.files.items():
        click.echo(f"  {name:<{width}} {count.rows:>12,} {count.written:>12,} {count.removed:>12,}")
