"""Tell whom signatures are trusted by, and renew the trusted lists."""

import dataclasses
import datetime
import json
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from mahis.config import service
from mahis.gateways import trust as gateway
from mahis.gateways.trust import TrustSettings, TrustStatus, TrustUnavailable
from mahis.gateways.trust.fetching import over_http
from mahis.web import clock


@click.group()
def trust() -> None:
    """Tell whom signatures are trusted by, and renew the trusted lists."""


@trust.command()
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
def status(*, as_json: bool) -> None:
    """Tell where trust comes from, how old it is and what is wrong.

    The exit code is 0 where everything is in order, 1 where signatures cannot be judged, or lists
    are past their next update.
    """
    told = gateway.status(_settings(), at=clock.now())
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(told), default=_written, indent=2))
    else:
        _tell(told)
    if told.problem or told.is_stale:
        raise click.exceptions.Exit(1)


@trust.command()
def refresh() -> None:
    """Fetch the trusted lists, verify them, and keep them as the last good copy.

    Meant to run daily. The exit code is 1 where the copy before was kept; the reason is told, and
    kept for `mahis trust status` and for the officers' screen.
    """
    try:
        outcome = gateway.refresh(_settings(), fetch=over_http, at=clock.now())
    except TrustUnavailable as unavailable:
        raise click.ClickException(str(unavailable)) from unavailable
    if not outcome.succeeded:
        raise click.ClickException(f"{outcome.failure} Nothing was replaced.")
    for each in outcome.lists:
        click.echo(f"{each.territory}: number {each.sequence}, until {_day(each.next_update)}")


@trust.command("list")
def list_() -> None:
    """Name everybody who is trusted now: services granted for signatures, or pinned roots."""
    told = gateway.status(_settings(), at=clock.now())
    for name in told.trusted:
        click.echo(name)
    if told.problem:
        raise click.ClickException(told.problem)


def _settings() -> TrustSettings:
    service.load_settings()
    found = settings.TRUST
    assert isinstance(found, TrustSettings)
    return found


def _tell(told: TrustStatus) -> None:
    click.echo(f"Trust comes from {told.source}.")
    if told.as_of:
        click.echo(f"Fetched on {_day(told.as_of)}.")
    for each in told.lists:
        click.echo(
            f"  {each.territory}: number {each.sequence} of {_day(each.issued)},"
            f" next update by {_day(each.next_update)}"
        )
    click.echo(f"Trusted for signatures: {len(told.trusted)}; `mahis trust list` names them.")
    click.echo(f"Trusted for timestamps: {told.timestamp_authorities}.")
    if told.last_failure:
        click.echo(f"The last refresh failed on {_day(told.last_failure.at)}:")
        click.echo(f"  {told.last_failure.reason}")
    if told.problem:
        click.echo(f"Signatures cannot be judged: {told.problem}", err=True)
    elif told.is_stale:
        click.echo("The lists are past their next update: run `mahis trust refresh`.", err=True)


def _day(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _written(value: Any) -> str:
    return str(value.isoformat() if isinstance(value, datetime.datetime) else value)
