"""Show the whole service on this machine: database, invented register, login, screens, post."""

import json
import os
from pathlib import Path

import click
from django.urls import reverse

from mahis.config import environment, practice, service
from mahis.gateways import identity_keys
from mahis.standins.trust.folder import prepare

_HOST = "127.0.0.1"
_PRIVATE_KEY = "demo-client-key.jwk"


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_context
def demo(ctx: click.Context, *, port: int) -> None:
    """Show the whole service with an invented register; Ctrl-C stops all of it.

    Everything stays in MAHIS_DATA_DIR, so a second start finds what the first one left.
    """
    _require_no_production()
    service.require_free(host=_HOST, port=port)
    public_url = f"http://{_HOST}:{port}"
    os.environ.update(MAHIS_ENV=environment.Environment.DEMO, MAHIS_PUBLIC_URL=public_url)
    # The web server's workers inherit the settings, so these must know the login from the start.
    login_port = service.free_port(host=_HOST)
    os.environ["MAHIS_OIDC_ISSUER"] = f"http://{_HOST}:{login_port}"
    os.environ["MAHIS_OIDC_CLIENT_KEY_FILE"] = str(environment.data_dir() / _PRIVATE_KEY)
    trust = prepare(environment.data_dir() / "practice-trust")
    os.environ.update(practice.settings(trust))
    ebox_folder = environment.data_dir() / "practice-ebox"
    ebox_url = ctx.with_resource(
        practice.running(practice.ebox(ebox_folder), name="practice e-Box")
    )
    os.environ.update(practice.ebox_settings(ebox_folder, address=ebox_url))
    os.environ.setdefault("MAHIS_POST_TARGET", str(_printer(environment.data_dir())))
    service.load_settings()
    ctx.with_resource(service.database_available())
    people = environment.data_dir() / "demo-people.json"
    click.echo("Bringing the tables and the invented register up to date ...")
    _run(ctx, "db", "migrate", "--quiet")
    _run(ctx, "register", "demo", "--if-empty", "--people", str(people))
    service.collect_static_files()
    login = practice.login(
        port=login_port,
        public_url=public_url,
        people=people,
        keys=_new_keys(environment.data_dir()),
        redirect=public_url + reverse("web:login-callback"),
    )
    ctx.with_resource(practice.running(login, name="practice login"))
    card = practice.card(trust, people=people)
    card_url = ctx.with_resource(practice.running(card, name="practice card"))
    ctx.with_resource(practice.working())
    _tell(public_url, people, card_url=card_url, ebox_url=ebox_url)
    service.serve(host=_HOST, port=port, workers=1, threads=4)


def _require_no_production() -> None:
    named = os.environ.get("MAHIS_ENV", environment.Environment.DEMO)
    if named != environment.Environment.DEMO or os.environ.get("MAHIS_OIDC_ISSUER"):
        message = (
            "The demonstration brings its own login and invented data, and does not run with "
            f"MAHIS_ENV={named} or with a MAHIS_OIDC_ISSUER: unset them."
        )
        raise click.ClickException(message)


def _run(ctx: click.Context, *words: str) -> None:
    """Run another command of ours in this process, under the same database."""
    group, *rest = words
    assert ctx.parent
    assert isinstance(ctx.parent.command, click.Group)
    command = ctx.parent.command.get_command(ctx.parent, group)
    assert command, f"there is no command {group}"
    command.main(rest, prog_name=f"mahis {group}", standalone_mode=False)


def _new_keys(folder: Path) -> Path:
    """Make a key for this start only; gives the public half's file."""
    private, public = folder / _PRIVATE_KEY, folder / "demo-client-keys.json"
    identity_keys.make_client_key(private)
    public.write_text(json.dumps(identity_keys.public_keys(private)), encoding="utf-8")
    return public


def _printer(folder: Path) -> Path:
    """Make the folder where packages of letters go, as to a printer that takes them there."""
    printer = folder / "printer"
    printer.mkdir(parents=True, exist_ok=True)
    return printer


def _tell(public_url: str, people: Path, *, card_url: str, ebox_url: str) -> None:
    """Print where the service is and who can log in; numbers of persons stay in their file."""
    persons = json.loads(people.read_text(encoding="utf-8"))["people"]
    click.echo(f"\n  Mahis is at {public_url}/\n\n  Log in as one of these invented persons:")
    for person in persons:
        name = f"{person['given_name']} {person['family_name']}"
        lines = person["descriptions"]
        click.echo(f"    {name:<28} {lines.get('en') or next(iter(lines.values()), '')}")
    click.echo(f"\n  Sign their forms with a practice card at {card_url}")
    click.echo(f"  Read what they are told in the practice e-Box at {ebox_url}/")
    click.echo("\n  Ctrl-C stops everything; your data stays for the next start.\n")
