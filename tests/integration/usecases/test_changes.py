"""What changes of things that are no authorisation: numbered, for officers, and there for ever."""

import psycopg
import pytest

from mahis.domain.changes import Subject
from mahis.domain.lifecycle import Kind
from mahis.queries import changes
from mahis.queries.states_of_all import OfficersOnly
from mahis.usecases import _changes
from tests.integration.usecases import scene


@pytest.fixture
def stage(db):
    return scene.set_up()


def blocked(stage, key="0123456749"):
    return _changes.write(
        subject=Subject.PROVIDER,
        key=key,
        act="block",
        at=scene.moment(),
        kind=Kind.OFFICER,
        actor=stage.officer,
        reason="why",
        before={"status": "active"},
        after={"status": "blocked"},
    )


def test_changes_are_numbered_for_each_thing(stage):
    assert (blocked(stage), blocked(stage), blocked(stage, key="0200065765")) == (1, 2, 1)


def test_an_officer_sees_the_newest_first(stage):
    blocked(stage)
    _changes.write(
        subject=Subject.PROVIDER, key="0123456749", act="lapse", at=scene.moment(), kind=Kind.CLOCK
    )
    last, first = changes.of(actor=stage.officer, subject=Subject.PROVIDER, key="0123456749")
    assert (last.act, last.kind, last.person_name, last.before) == ("lapse", Kind.CLOCK, "", {})
    assert (first.act, first.reason, first.person_name) == ("block", "why", "Given Family3")
    assert (first.before, first.after) == ({"status": "active"}, {"status": "blocked"})


def test_nobody_else_sees_them(stage):
    with pytest.raises(OfficersOnly):
        changes.of(actor=stage.director, subject=Subject.PROVIDER, key="0123456749")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE store_change SET reason = ''", "DELETE FROM store_change", "TRUNCATE store_change"],
)
def test_nobody_alters_them(committed_db, statement):
    """Not the application, which lacks the right; not the owner, whom the trigger refuses."""
    blocked(scene.set_up())
    with psycopg.connect(committed_db, autocommit=True) as direct:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            direct.execute(statement)
        direct.execute("SET ROLE NONE")
        with pytest.raises(psycopg.errors.IntegrityError, match="only be added to"):
            direct.execute(statement)
