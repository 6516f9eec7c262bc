"""The databases that tests get, and the rights of the application's role in them."""

import psycopg
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection
from django.db.models import Model, QuerySet


@pytest.mark.django_db
def test_tests_work_in_the_rights_of_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, database = cursor.fetchone()
    assert role == "mahis_app"
    assert database.startswith("mahis_test_")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE anything (id int)",
        "ALTER TABLE django_session ADD COLUMN anything int",
        "DROP TABLE django_session",
        "TRUNCATE django_session",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_cannot_change_the_schema(statement):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_application_reads_every_table():
    models: list[type[Model]] = [Session, *apps.get_app_config("store").get_models()]
    for model in models:
        assert QuerySet(model).count() >= 0


@pytest.mark.django_db
def test_append_only_tables_take_no_change():
    append_only = [
        model
        for model in apps.get_app_config("store").get_models()
        if getattr(model, "append_only", False)
    ]
    assert append_only, "the history at least is append-only"
    for model in append_only:
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT has_table_privilege(current_user, %s, %s)",
                    [model._meta.db_table, right],
                )
                assert cursor.fetchone() == (False,), f"{right} on {model._meta.db_table}"


def test_a_fresh_database_shows_commits_to_other_connections(committed_db):
    Session.objects.create(session_key="a", session_data="", expire_date="2030-01-01T00:00Z")
    with psycopg.connect(committed_db) as other:
        assert other.execute("SELECT count(*) FROM django_session").fetchone() == (1,)
