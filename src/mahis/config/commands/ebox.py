"""Make and show our keys for the e-Box, and try whether it can be reached."""

import asyncio
import json
from pathlib import Path

import click
from django.conf import settings

from mahis.config import service
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.refusals import Refused
from mahis.gateways.ebox import Ebox, EboxMisconfigured, EboxSettings, Preference, TryAgain, keys

_FOLDER = click.option(
    "--folder",
    required=True,
    envvar="MAHIS_EBOX_KEYS_DIR",
    show_envvar=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the private keys.",
)


@click.group()
def ebox() -> None:
    """Make and show our keys for the e-Box, and try whether it can be reached."""


@ebox.command()
@_FOLDER
@click.argument("name")
def make_key(*, folder: Path, name: str) -> None:
    """Make a private key under NAME, which should be a day: the last by name signs."""
    if Path(name).name != name or name.startswith("."):
        raise click.UsageError("NAME is the name of a file without its ending: 2026-10-01.")
    try:
        click.echo(keys.make_key(folder, name=name))
    except FileExistsError:
        raise click.ClickException(f"There is a key {name} already.") from None


@ebox.command()
@_FOLDER
def public_keys(*, folder: Path) -> None:
    """Show the public side of all keys as a JWKS document, for the other side."""
    try:
        click.echo(json.dumps(keys.public_keys(folder), indent=2))
    except EboxMisconfigured as wrong:
        raise click.ClickException(f"{wrong}.") from wrong


@ebox.command()
@click.argument("number", required=False)
def check(*, number: str | None) -> None:
    """Ask for a token, and for the preferences of the enterprise NUMBER where one is named.

    Nothing is published. The exit code is 1 where the e-Box cannot be used, with the reason.
    """
    service.load_settings()
    if settings.EBOX is None:
        raise click.ClickException("No e-Box is set: MAHIS_EBOX_URL and its neighbours.")
    try:
        enterprise = None if number is None else EnterpriseNumber.parse(number)
    except Refused:
        raise click.UsageError("NUMBER is no number of an enterprise.") from None
    try:
        found = asyncio.run(_check(settings.EBOX, enterprise))
    except EboxMisconfigured as wrong:
        raise click.ClickException(f"{wrong}.") from wrong
    if isinstance(found, TryAgain):
        raise click.ClickException(f"{found.problem.value} ({found.detail})")
    click.echo("The e-Box gives us tokens.")
    if found is not None:
        click.echo(_told(found))


async def _check(
    told: EboxSettings, enterprise: EnterpriseNumber | None
) -> Preference | TryAgain | None:
    async with Ebox(told) as box:
        wrong = await box.reach()
        if wrong is not None or enterprise is None:
            return wrong
        return await box.preferences(enterprise)


def _told(found: Preference) -> str:
    if not found.exists:
        return f"{found.enterprise.screen} has no e-Box."
    looked = found.last_connection.isoformat() if found.last_connection else "never, or not known"
    paper = "no paper" if found.exclusively else "paper too"
    return f"{found.enterprise.screen} has an e-Box; last visit: {looked}; wants {paper}."
