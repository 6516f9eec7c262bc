"""Bring the tables up to date, or show how far they are."""

from urllib.parse import urlsplit

import click
from django.db import connections

from mahis.config import environment, schema


@click.group()
def db() -> None:
    """Bring the tables up to date, or show how far they are."""


@db.command()
@click.option("--quiet", is_flag=True, help="Say nothing where nothing is wrong.")
def migrate(*, quiet: bool) -> None:
    """Run the missing migrations as the schema's owner and grant the application its rights."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
    schema.migrate(alias=_owner(), application_role=role, verbosity=0 if quiet else 1)


@db.command()
def status() -> None:
    """List the migrations that are missing; ends with 1 where there are any."""
    missing = schema.pending(alias=_owner())
    for migration in missing:
        click.echo(migration)
    if missing:
        raise click.exceptions.Exit(1)
    click.echo("The tables are up to date.")


@db.command("shell-url")
def shell_url() -> None:
    """Print the database's address for psql and its like, without the password.

    The embedded database answers there only while another command, such as `mahis serve`, runs.
    """
    parts = urlsplit(environment.database_owner_url())
    user, _, server = parts.netloc.rpartition("@")
    name = user.partition(":")[0]
    click.echo(parts._replace(netloc=f"{name}@{server}" if name else server).geturl())


def _owner() -> str:
    """Name the connection whose role owns the schema."""
    return "owner" if "owner" in connections else "default"
