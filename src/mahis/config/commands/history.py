"""Check that nobody has changed the history."""

import json

import click

from mahis.queries import verify_history
from mahis.queries.verify_history import HistoryVerdict


@click.group()
def history() -> None:
    """Check that nobody has changed the history."""


@history.command()
@click.option("--root", default="", help="A root noted elsewhere, which a checkpoint must have.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
def verify(*, root: str, as_json: bool) -> None:
    """Compare every entry with its chain, and every checkpoint with the entries before it.

    The exit code is 1 where something was changed or taken away; what, is told. Whoever can
    change the whole database can make new checkpoints too, but not with a root that was noted
    outside it: the log of `mahis work` holds each of them, and so should a place of your own.
    """
    found = verify_history.verify()
    if as_json:
        click.echo(json.dumps(_written(found), indent=2))
    else:
        _tell(found)
    if root and root not in {each.root for each in found.checkpoints}:
        raise click.ClickException("No checkpoint has this root: the checkpoints were changed.")
    if not found.holds:
        raise click.ClickException("The history is not what it was.")


@history.command()
@click.option("--most", default=10, show_default=True, type=click.IntRange(1), help="How many.")
def checkpoints(*, most: int) -> None:
    """Print the last checkpoints, to be noted elsewhere: number, day and root."""
    for each in verify_history.last_checkpoints(most=most):
        click.echo(f"{each.number} {each.day} {each.root}")


def _written(found: HistoryVerdict) -> dict[str, object]:
    return {
        "holds": found.holds,
        "entries": found.entries,
        "authorisations": found.authorisations,
        "broken": [str(reference) for reference in found.broken],
        "uncovered": found.uncovered,
        "checkpoints": [
            {"number": each.number, "day": str(each.day), "root": each.root, "holds": each.holds}
            for each in found.checkpoints
        ],
    }


def _tell(found: HistoryVerdict) -> None:
    click.echo(f"{found.entries} entries of {found.authorisations} authorisations were compared.")
    for reference in found.broken:
        click.echo(f"Changed, or not all there: {reference}", err=True)
    for each in found.checkpoints:
        if not each.holds:
            click.echo(f"Something before checkpoint {each.number} ({each.day}) changed.", err=True)
    if found.checkpoints:
        last = found.checkpoints[-1]
        click.echo(f"The last of {len(found.checkpoints)} checkpoints is of {last.day}:")
        click.echo(f"  {last.root}")
    click.echo(f"Entries after the last checkpoint: {found.uncovered}.")
    if found.holds:
        click.echo("Nothing was changed.")
