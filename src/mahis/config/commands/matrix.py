"""Load, compare, export and withdraw versions of the representatives matrix."""

import datetime
from pathlib import Path

import click
from django.utils import translation

from mahis.domain import matrix_versions as versions_rules
from mahis.domain.matrix_versions import Difference, Line, MatrixCodesUnknown, Standing
from mahis.domain.refusals import Refused
from mahis.gateways.matrix_files import MatrixLinesWrong
from mahis.queries import matrix_versions
from mahis.queries.matrix_versions import Version
from mahis.usecases import load_matrix
from mahis.usecases.load_matrix import Loading, Report
from mahis.usecases.withdraw_matrix import withdraw as withdraw_version
from mahis.web import clock, house_rules, refusals

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TO = click.Path(dir_okay=False, path_type=Path)
_STANDINGS = {
    Standing.TO_COME: "to come",
    Standing.IN_FORCE: "in force",
    Standing.SET_ASIDE: "not in force",
}


@click.group()
def matrix() -> None:
    """Load, compare, export and withdraw versions of the representatives matrix.

    A version says which functions may sign, by legal form (docs/how-to/keep-the-matrix.md).
    """


@matrix.command("list")
def list_() -> None:
    """List the versions, the one that begins last first."""
    for each in matrix_versions.all_of_them(on=clock.today()):
        click.echo(f"{each.name}: {_STANDINGS[each.standing]}, {_days(each)}, {each.size} lines")


@matrix.command()
@click.argument("file", type=_FILE)
@click.option("--name", required=True, help="How people call the version.")
@click.option(
    "--from",
    "begins",
    required=True,
    type=click.DateTime(["%Y-%m-%d", "%d-%m-%Y"]),
    help="The first day on which it decides; today at the earliest.",
)
@click.option("--illustrative", is_flag=True, help="Every screen says that it is made up.")
@click.option("--reason", default="", help="What it rests on; kept in the record of changes.")
@click.option("--unknown-codes", is_flag=True, help="Load it with codes the register lacks.")
@click.option("--check", "only_check", is_flag=True, help="Tell what would change, load nothing.")
def load(
    *,
    file: Path,
    name: str,
    begins: datetime.datetime,
    illustrative: bool,
    reason: str,
    unknown_codes: bool,
    only_check: bool,
) -> None:
    """Load a version from a CSV file: FILE.

    Its columns are JuridicalForm, Function and Meaning. What differs from the version that would
    decide otherwise is told; a file with a wrong line or an unknown code is refused whole.
    """
    loading = Loading(
        name=name.strip(),
        begins=begins.date(),
        illustrative=illustrative,
        data=file.read_bytes(),
        reason=reason,
        with_unknown_codes=unknown_codes,
    )
    limits, on = house_rules.limits(), clock.today()
    try:
        report = load_matrix.check(actor=None, loading=loading, limits=limits, on=on)
        _tell(report)
        if not only_check:
            load_matrix.load(actor=None, loading=loading, limits=limits, at=clock.now(), on=on)
    except MatrixCodesUnknown as refusal:
        message = "Codes are unknown; --unknown-codes loads the version all the same."
        raise click.ClickException(message) from refusal
    except Refused as refusal:
        raise _failure(refusal) from refusal
    click.echo("Nothing was loaded." if only_check else f"Loaded: {loading.name}.")


@matrix.command()
@click.argument("before")
@click.argument("after")
def compare(*, before: str, after: str) -> None:
    """Tell what differs between two versions: BEFORE and AFTER, by name."""
    old, new = (_lines(name) for name in (before, after))
    _tell_differences(versions_rules.differences(before=old, after=new))


@matrix.command()
@click.argument("name")
@click.option("--to", "target", type=_TO, help="The file to write; otherwise it is printed.")
def export(*, name: str, target: Path | None) -> None:
    """Write a version as the file that would load it: NAME."""
    data = matrix_versions.exported(number=_named(name).number).data
    if target is None:
        click.echo(data, nl=False)
    else:
        target.write_bytes(data)
        click.echo(f"Written: {target}")


@matrix.command()
@click.argument("name")
@click.option("--reason", default="", help="Kept in the record of changes.")
def withdraw(*, name: str, reason: str) -> None:
    """Withdraw a version before it begins: NAME."""
    try:
        withdraw_version(
            actor=None,
            name=name,
            reason=reason,
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        )
    except Refused as refusal:
        raise _failure(refusal) from refusal
    click.echo(f"Withdrawn: {name}.")


def _named(name: str) -> Version:
    try:
        return matrix_versions.by_name(name=name, on=clock.today())
    except Refused as refusal:
        raise _failure(refusal) from refusal


def _lines(name: str) -> frozenset[Line]:
    return matrix_versions.lines(number=_named(name).number)


def _failure(refusal: Refused) -> click.ClickException:
    """Say why something was refused, with every wrong line of a file."""
    with translation.override("en"):
        text = [refusals.explain(refusal)]
    if isinstance(refusal, MatrixLinesWrong):
        text += [
            f"  line {each.line}: {each.problem.value} ({each.value})"
            for each in refusal.found["problems"]
        ]
    return click.ClickException("\n".join(text))


def _tell(report: Report) -> None:
    click.echo(f"{len(report.lines)} lines.")
    for code in report.unknown_forms:
        click.echo(f"Unknown to the register: legal form {code}")
    for code in report.unknown_functions:
        click.echo(f"Unknown to the register: function {code}")
    click.echo(f"Compared with: {report.before or 'nothing, no version would decide that day'}")
    _tell_differences(report.differences)
    if report.until:
        click.echo(f"A version that is there already decides after {report.until:%d-%m-%Y}.")


def _tell_differences(differences: tuple[Difference, ...]) -> None:
    if not differences:
        click.echo("Both say the same.")
    for each in differences:
        form = each.legal_form or "permanent representatives"
        for line in each.added:
            click.echo(f"+ {form}: {' + '.join(line.functions)}")
        for line in each.removed:
            click.echo(f"- {form}: {' + '.join(line.functions)}")


def _days(version: Version) -> str:
    begins = f"from {version.begins:%d-%m-%Y}"
    return begins if version.ends is None else f"{begins} to {version.ends:%d-%m-%Y}"
