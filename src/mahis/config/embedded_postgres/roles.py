"""The roles and the database that every new cluster gets."""

import psycopg
from psycopg import sql

from mahis.config.embedded_postgres.cluster import ADMIN, APPLICATION, OWNER, Cluster

DATABASE = "mahis"


def ensure(cluster: Cluster) -> None:
    """Make the two roles and the database where they are missing; safe to repeat."""
    with psycopg.connect(cluster.url(role=ADMIN, database="postgres"), autocommit=True) as admin:
        for role in (OWNER, APPLICATION):
            _ensure_role(admin, role)
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            make = sql.SQL("CREATE DATABASE {} OWNER {}")
            admin.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _ensure_role(admin: psycopg.Connection, role: str) -> None:
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if known.fetchone() is None:
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
