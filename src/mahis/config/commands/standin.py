"""Run a stand-in for an outside system, for the demonstration and the journeys."""

import json
from pathlib import Path

import click

from mahis.standins.ebox.certificates import Tls
from mahis.standins.ebox.message import Terms
from mahis.standins.ebox.server import Running, Setup
from mahis.standins.ebox.server import serve as serve_ebox
from mahis.standins.openid.clients import Client
from mahis.standins.openid.server import serve as serve_openid
from mahis.standins.serving import NotForProductionError
from mahis.standins.trust.server import serve as serve_trust

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


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
    type=_FOLDER,
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


@standin.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=0, help="Port to listen at; 0 takes that of the last start.")
@click.option("--folder", required=True, type=_FOLDER, help="Where all that arrives is kept.")
@click.option("--client-id", default="mahis", show_default=True)
@click.option("--client-jwks", required=True, type=_FILE, help="Public keys of the service.")
@click.option("--audience", default="", help="For whom its assertions are; empty: the token URL.")
@click.option("--sender", multiple=True, required=True, help="Enterprise that may send; repeat.")
@click.option("--application", multiple=True, default=("mahis",), show_default=True)
@click.option("--message-type", multiple=True, default=("MahisNotice",), show_default=True)
@click.option("--token-seconds", default=300, show_default=True, help="How long a token lives.")
@click.option(
    "--tls", type=click.Choice([each.value for each in Tls]), help="Serve over TLS, right or wrong."
)
def ebox(
    *,
    host: str,
    port: int,
    folder: Path,
    client_id: str,
    client_jwks: Path,
    audience: str,
    sender: tuple[str, ...],
    application: tuple[str, ...],
    message_type: tuple[str, ...],
    token_seconds: int,
    tls: str | None,
) -> None:
    """Serve a practice e-Box; its address comes first, then the token of its control."""
    setup = Setup(
        client_id=client_id,
        jwks=client_jwks,
        audience=audience,
        terms=Terms(senders=sender, applications=application, message_types=message_type),
        token_seconds=token_seconds,
        tls=None if tls is None else Tls(tls),
    )

    def ready(practice: Running) -> None:
        click.echo(practice.address)
        click.echo(practice.control_token)

    try:
        serve_ebox(host=host, port=port, folder=folder, setup=setup, ready=ready)
    except NotForProductionError as refusal:
        raise click.ClickException(str(refusal)) from refusal
