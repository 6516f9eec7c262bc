"""Run a stand-in for an outside system, for the demonstration and the journeys."""

import json
from pathlib import Path

import click

from mahis.standins.openid.clients import Client
from mahis.standins.openid.server import serve as serve_openid
from mahis.standins.serving import NotForProductionError
from mahis.standins.trust.server import serve as serve_trust

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def standin() -> None:
    """Run a stand-in for an outside system; never in production."""


@standin.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=0, help="Port to listen at; 0 takes a free one.")
@click.option("--public-url", default="", help="Issuer; empty stands for the address served at.")
@click.option("--people", required=True, type=_FILE, help="The persons who can log in.")
@click.option("--service", required=True, help="Address of the service that sends people here.")
@click.option("--client-id", default="mahis", show_default=True)
@click.option("--client-jwks", required=True, type=_FILE, help="Public keys of the service.")
@click.option("--redirect", required=True, help="Address to which people return after login.")
def openid(
    *,
    host: str,
    port: int,
    public_url: str,
    people: Path,
    service: str,
    client_id: str,
    client_jwks: Path,
    redirect: str,
) -> None:
    """Serve a practice OpenID provider; its first line of output is the issuer."""
    client = Client(
        client_id=client_id,
        name="Mahis",
        redirect_uris=(redirect,),
        post_logout_redirect_uris=(f"{service}/",),
        home=f"{service}/",
        jwks=json.loads(client_jwks.read_text(encoding="utf-8")),
    )
    try:
        serve_openid(
            host=host,
            port=port,
            issuer=public_url,
            clients=[client],
            people_file=people,
            ready=click.echo,
        )
    except NotForProductionError as refusal:
        raise click.ClickException(str(refusal)) from refusal


@standin.command()
@click.option(
    "--folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where keys and certificates are kept; made at the first start.",
)
@click.option("--port", default=0, help="Port to listen at; 0 takes that of the last start.")
@click.option("--people", required=True, type=_FILE, help="The persons who have a card.")
def trust(*, folder: Path, port: int, people: Path) -> None:
    """Serve timestamps, revocation and a card that signs; the first line is the card's address."""
    try:
        serve_trust(folder=folder, port=port, people_file=people, ready=click.echo)
    except NotForProductionError as refusal:
        raise click.ClickException(str(refusal)) from refusal
