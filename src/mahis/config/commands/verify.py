"""Check the signatures of a file, without any database."""

import datetime
import json
from pathlib import Path

import click

from mahis.config import verifying
from mahis.domain.signature_evidence import FileEvidence
from mahis.domain.signed_forms import Outcome, Rules, judge_alone
from mahis.gateways import trust as gateway
from mahis.gateways.pdf_signatures import report
from mahis.gateways.trust import TrustMaterial, TrustUnavailable
from mahis.web import clock

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LARGEST = 50 * 2**20


def _moment(
    context: click.Context, option: click.Parameter, value: str | None
) -> datetime.datetime | None:
    """Read a moment as in ISO 8601; without an offset it is one of UTC."""
    if value is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is no time such as 2026-09-01T12:00:00+02:00."
        raise click.BadParameter(message, context, option) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--any", "is_any", is_flag=True, help="Judge any PDF, not only our forms.")
@click.option("--trust", type=_FOLDER, help="Folder of certificates; the self-signed are trusted.")
@click.option("--at", callback=_moment, help="Judge as of this time; issuers are not asked then.")
@click.option("--allow-sha1", is_flag=True, help="Accept SHA-1, which can be forged.")
@click.option("--offline", is_flag=True, help="Do not ask issuers about revocation.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@click.option("--language", type=click.Choice(verifying.LANGUAGES), help="Of the report in words.")
@click.pass_context
def verify(
    context: click.Context,
    *,
    file: Path,
    is_any: bool,
    trust: Path | None,
    at: datetime.datetime | None,
    allow_sha1: bool,
    offline: bool,
    as_json: bool,
    language: str | None,
) -> None:
    """Check the signatures of FILE, and tell who signed and what was checked.

    The exit code is 0 where everything is valid, 1 where anything is not, whatever the file.
    Trust is that of this installation, or the folder of --trust.

    Without --any, FILE must be an authorisation with the register's seal and at least one valid
    signature. Who may sign for whom is not asked: that takes the register.

    With --any it is any PDF, and the answer is JSON. Every signature must be valid, and there must
    be one; timestamps that lead to nobody trusted prove nothing and spoil nothing. `changed` says
    whether anything was changed after the first signature beside further signatures, their
    timestamps and answers about revocation: filling in another field is a change, even where the
    signer allowed it, and what cannot be read counts as changed. Whether a certificate is a
    qualified one is told, not demanded.
    """
    verifying.prepare(is_installation=trust is None)
    reading = verifying.Reading(
        at=at or clock.now(), fetch=at is None and not offline, is_form=not is_any
    )
    rules = Rules(allow_sha1=allow_sha1, qualified=not is_any)
    data = _read(file)
    evidence = (
        verifying.unreadable() if data is None else reading.examine(data, _trust(trust), rules)
    )
    if is_any:
        told, is_valid = verifying.any_pdf(evidence, rules=rules)
        click.echo(json.dumps(told, indent=2))
    else:
        is_valid = _tell_form(evidence, rules, as_json=as_json, language=language, name=file.name)
    context.exit(0 if is_valid else 1)


def _tell_form(
    evidence: FileEvidence, rules: Rules, *, as_json: bool, language: str | None, name: str
) -> bool:
    verdict = judge_alone(evidence, rules=rules)
    told = report.as_json(verdict, evidence)
    if as_json:
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(verifying.in_words(told, language=language, name=name))
    return verdict.outcome is Outcome.VALID


def _read(file: Path) -> bytes | None:
    """Read a file; None where it is none, cannot be read or is larger than anybody signs."""
    try:
        # A pipe or a device would never end.
        if not file.is_file():
            return None
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= _LARGEST else None


def _trust(folder: Path | None) -> TrustMaterial:
    try:
        if folder is not None:
            return gateway.from_folder(folder)
        return verifying.configured_trust()
    except TrustUnavailable as unavailable:
        raise click.ClickException(str(unavailable)) from unavailable
