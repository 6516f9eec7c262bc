"""Import register files, or make an invented register."""

import contextlib
import datetime
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click
from django.conf import settings

from mahis.config.progress import progress_bar
from mahis.domain.parties import Side
from mahis.gateways.files import Files
from mahis.gateways.pdf_forms.geometry import field_box
from mahis.gateways.register_files import FileRefused
from mahis.standins.register import Size, generate, handwriting
from mahis.usecases import seed_mandates, seed_requests, settle_ceased, tell_employers_ended
from mahis.usecases.import_register import MOST_CEASED, AnotherImportRuns, Outcome, import_register
from mahis.web import clock

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
#: How many invented enterprises ask to become a service provider.
_REQUESTS = 3
#: An earlier invented extract is written over by a later one, whoever it leaves out.
_ALL = 100


@click.group()
def register() -> None:
    """Import register files, or make an invented register."""


@register.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Import although the register already holds this.")
@click.option(
    "--most-ceased",
    type=click.IntRange(0, 100),
    default=MOST_CEASED,
    show_default=True,
    help="How many of a hundred enterprises may cease by it, where they are more than a few.",
)
def import_(*, path: Path, force: bool, most_ceased: int) -> None:
    """Import a folder or zip file of register files: PATH.

    Takes KBO Open Data extracts, full ones and updates, and files of our own in the same form
    (docs/reference/register-files.md). All of it is imported, or nothing.
    """
    outcome = run_import(path, force=force, most_ceased=most_ceased)
    tell(outcome)


@register.command()
@click.option(
    "--size",
    type=click.Choice([size.value for size in Size]),
    default=Size.FULL.value,
    show_default=True,
    help="About 150 enterprises, or about 3,000.",
)
@click.option("--seed", default=1, show_default=True, help="Another seed, another register.")
@click.option("--into", type=_FOLDER, help="Where to keep the files; otherwise they are dropped.")
@click.option("--people", type=_FILE, help="Where to write who can log in.")
@click.option("--if-empty", is_flag=True, help="Do nothing where it has been done before.")
def demo(*, size: str, seed: int, into: Path | None, people: Path | None, if_empty: bool) -> None:
    """Make an invented register, written as register files and imported as such.

    Enterprises, persons and mandates are invented; the same size and seed make the same files
    within one quarter. Not for production.
    """
    if settings.DEPLOYMENT.is_production:
        message = "An invented register has no place in production: set MAHIS_ENV=demo."
        raise click.ClickException(message)
    people = people or settings.DEPLOYMENT.data_dir / "demo-people.json"
    with contextlib.ExitStack() as stack:
        folder = into or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = generate(folder=folder, people=people, size=Size(size), seed=seed, on=clock.today())
        if if_empty and seed_mandates.is_seeded():
            return
        for bundle in made.bundles:
            # An invented register of an earlier quarter is simply written over.
            is_last = bundle == made.bundles[-1]
            outcome = run_import(bundle, force=True, is_last=is_last, most_ceased=_ALL)
            tell(outcome, files=False)
    count = seed_mandates.seed(
        count=Size(size).mandates,
        seed=seed,
        leading=made.cast,
        files=Files(settings.DOCUMENTS_DIR),
        sign_by_hand=_sign_by_hand,
        at=clock.now(),
        on=clock.today(),
    )
    # What the register says by today of those who took part.
    settle_ceased.settle(at=clock.now(), on=clock.today())
    tell_employers_ended.tell(at=clock.now(), on=clock.today())
    click.echo(f"Mandates: {count:,}, in every state and with their history.")
    asked = seed_requests.seed(
        count=_REQUESTS, except_for=made.cast, at=clock.now(), on=clock.today()
    )
    click.echo(f"Requests to become a service provider: {asked}, waiting for an officer.")


def _sign_by_hand(form: bytes, names: Mapping[Side, str]) -> bytes:
    """Make the scan of a form that invented people signed where its fields are."""
    signatures = [(name, field_box(side)) for side, name in names.items()]
    return handwriting.signed_by_hand(form, signatures=signatures)


def run_import(
    path: Path, *, force: bool = False, is_last: bool = True, most_ceased: int = MOST_CEASED
) -> Outcome:
    """Import files with a progress bar where there is a terminal; refusals end the command."""
    try:
        with progress_bar() as watcher:
            return import_register(
                path=path,
                at=clock.now(),
                on=clock.today(),
                force=force,
                watcher=watcher,
                is_last=is_last,
                most_ceased=most_ceased,
            )
    except FileRefused as refusal:
        message = f"{refusal}\nNothing was imported; the register is as it was."
        raise click.ClickException(message) from refusal
    except AnotherImportRuns as refusal:
        message = "Another import is running on this database; try again when it has ended."
        raise click.ClickException(message) from refusal


def tell(outcome: Outcome, *, files: bool = True) -> None:
    """Print what an import did; `files`: with the rows of each file."""
    if outcome.already:
        click.echo(f"{outcome.source}: already imported, nothing to do (--force does it again).")
    else:
        click.echo(f"{outcome.source}: {_extract(outcome)}imported.")
        if files:
            _tell_files(outcome)
        click.echo(
            f"Enterprises: {outcome.new:,} new, {outcome.ceased:,} ceased, "
            f"{outcome.returned:,} active again."
        )
    if outcome.settled:
        click.echo(f"Mandates settled since a party has ceased: {outcome.settled}")
    if outcome.ended:
        click.echo(f"Mandates whose principal is an employer no more: {outcome.ended}")
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
