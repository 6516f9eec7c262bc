"""The command `mahis`: finds the commands, and prepares what each one needs."""

import ast
import importlib
import pkgutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError

from mahis.config import commands, service
from mahis.config.embedded_postgres import ServerFailed

#: These prepare themselves: they choose settings, or need neither settings nor a database.
_INDEPENDENT = frozenset({"demo", "ebox", "standin", "trust", "verify"})


class _Commands(click.Group):
    """Every file of `mahis.config.commands` is one command, loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        if cmd_name not in _INDEPENDENT:
            service.load_settings()
        module = importlib.import_module(f"{commands.__name__}.{cmd_name}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        asks_for_help = ctx.resilient_parsing or set(rest) & set(ctx.help_option_names)
        if name not in _INDEPENDENT and not asks_for_help:
            ctx.with_resource(service.database_available())
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the first line of their files, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(name)) for name in self.list_commands(ctx)])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mahis")
def mahis() -> None:
    """Mandates between companies and their service providers.

    Where DATABASE_URL is not set, commands run a database of their own in MAHIS_DATA_DIR and
    stop it when the last of them has ended.
    """


def main() -> None:
    """Run one command; what an operator can mend is told in one line."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        mahis()
    except (ImproperlyConfigured, CommandError, ServerFailed, OSError) as failure:
        click.echo(f"Error: {failure}", err=True)
        sys.exit(1)


def _leave(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    """End as Ctrl-C does, so that everything that was started is stopped."""
    raise SystemExit(128 + number)


def _first_line(name: str) -> str:
    source = Path(commands.__path__[0]) / f"{name}.py"
    sentence = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return sentence.split("\n", 1)[0]


if __name__ == "__main__":
    main()
