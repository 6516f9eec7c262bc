"""Brings the tables up to date, and tells the application's role what it may do with them."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from psycopg import sql

_EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
_ADDING_ONLY = "SELECT, INSERT"


def migrate(*, alias: str, application_role: str, verbosity: int = 1) -> None:
    """Run the migrations over the connection `alias`, which owns the schema, then grant."""
    call_command("migrate", database=alias, interactive=False, verbosity=verbosity)
    grant(alias=alias, role=application_role)


def pending(*, alias: str) -> list[str]:
    """List the migrations that the database still lacks, in order."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def grant(*, alias: str, role: str) -> None:
    """Give `role` the rows of every table; of append-only ones (the history) no change of rows.

    A model is append-only by its own word: the class attribute `append_only = True`.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (role,):
            return
        for statement in _statements(role):
            # The connection's own wrapper knows no composed statements, psycopg's cursor does.
            cursor.execute(statement.as_string(cursor.connection))


def _statements(role: str) -> Iterable[sql.Composed]:
    to = sql.Identifier(role)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(to)
    yield sql.SQL("GRANT SELECT ON django_migrations TO {}").format(to)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(to)
    for model in _models():
        table = sql.Identifier(model._meta.db_table)  # noqa: SLF001 - Django's documented way
        rights = _ADDING_ONLY if getattr(model, "append_only", False) else _EVERYTHING
        yield sql.SQL("REVOKE ALL ON {} FROM {}").format(table, to)
        yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), table, to)


def _models() -> list[type[Model]]:
    return [Session, *apps.get_app_config("store").get_models(include_auto_created=True)]
