"""Databases for tests: one server, a template with the tables, and copies of it."""

import contextlib
import fcntl
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import psycopg
from django.db import connections
from psycopg import sql

from mahis.config import database, embedded_postgres, schema

OWNER, APPLICATION = "mahis_owner", "mahis_app"


class Databases:
    """Makes and drops the databases of one test run on one server."""

    def __init__(self, *, admin_url: str, run: str, lock: Path) -> None:
        self._admin_url = admin_url
        self._prefix = f"mahis_test_{run}"
        self._lock = lock
        self._numbers = itertools.count()

    def url(self, name: str, role: str = APPLICATION) -> str:
        """Return the address of a database, in the rights of `role`, on any server."""
        parts = urlsplit(self._admin_url)
        options = {**dict(parse_qsl(parts.query)), "options": f"-c role={role}"}
        return parts._replace(path=f"/{name}", query=urlencode(options, quote_via=quote)).geturl()

    @contextlib.contextmanager
    def copy(self) -> Iterator[str]:
        """Make a fresh copy of the template and drop it afterwards; gives its name."""
        template = self._template()
        name = f"{self._prefix}_{os.getpid()}_{next(self._numbers)}"
        self._admin("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        try:
            yield name
        finally:
            self._admin("DROP DATABASE {} WITH (FORCE)", name)

    def drop_template(self) -> None:
        """Leave nothing behind on a server that is not our own."""
        self._admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", f"{self._prefix}_template")

    def _template(self) -> str:
        """Make the database with every table once for all workers; gives its name."""
        name = f"{self._prefix}_template"
        with self._lock.open("a+") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not self._exists("pg_database", "datname", name):
                self._make(name)
        return name

    def _make(self, name: str) -> None:
        for role in (OWNER, APPLICATION):
            if not self._exists("pg_roles", "rolname", role):
                self._admin("CREATE ROLE {} LOGIN", role)
        half = f"{name}_half"
        self._admin("CREATE DATABASE {} OWNER {}", half, OWNER)
        with pointed_at(self.url(half, OWNER)):
            schema.migrate(alias="default", application_role=APPLICATION, verbosity=0)
        self._admin("ALTER DATABASE {} RENAME TO {}", half, name)

    def _exists(self, catalogue: str, column: str, value: str) -> bool:
        query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s")
        with psycopg.connect(self._admin_url) as admin:
            found = admin.execute(
                query.format(sql.Identifier(catalogue), sql.Identifier(column)), [value]
            )
            return found.fetchone() is not None

    def _admin(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def server(home: Path) -> Iterator[str]:
    """Run the server of this test run, or take the one that DATABASE_URL names; gives its URL."""
    named = os.environ.get("DATABASE_URL")
    if named:
        yield named
        return
    with embedded_postgres.running(home, durable=False) as started:
        yield started.admin_url


@contextlib.contextmanager
def pointed_at(url: str) -> Iterator[None]:
    """Point Django's default connection, in every thread, at another database for a while."""
    settings: dict[str, Any] = connections.settings["default"]
    before = dict(settings)
    connections.close_all()
    settings.update(database.django_settings(url))
    try:
        yield
    finally:
        connections.close_all()
        settings.update(before)
