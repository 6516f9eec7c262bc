"""Checkpoints of the history: complete though others write, and told by whatever was changed."""

import contextlib
import dataclasses
import datetime
import json

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection

from mahis.config.commands.history import history
from mahis.queries import verify_history
from mahis.store import history_chain, models
from mahis.usecases import checkpoint_history
from mahis.usecases.checkpoint_history import HistoryNotAtRest
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, moment

ONE_DAY = datetime.timedelta(days=1)


def checkpoint(on=DAY, pause=lambda: pytest.fail("nobody writes")):
    return checkpoint_history.checkpoint(at=moment(on), pause=pause)


@dataclasses.dataclass
class Town(scene.Scene):
    """The stage, and the address of the database that it stands in."""

    url: str

    @contextlib.contextmanager
    def forger(self):
        """Give a connection of whoever owns the database, past every trigger."""
        connection.close()
        with psycopg.connect(self.url, autocommit=True) as owner:
            owner.execute("SET ROLE NONE")
            owner.execute("SET session_replication_role = replica")
            yield owner


@pytest.fixture
def town(committed_db):
    """Give the stage in a database of its own, with the address of that."""
    stage = scene.set_up()
    return Town(**vars(stage), url=committed_db)


class TestACheckpoint:
    def test_covers_what_was_written_since_the_last(self, stage):
        stage.active()
        assert checkpoint() == 3
        stage.draw("single")
        assert checkpoint(DAY + ONE_DAY) == 1
        first, second = models.HistoryCheckpoint.objects.order_by("number")
        assert (first.number, second.number) == (1, 2)
        assert second.previous_root == first.root != second.root
        assert verify_history.verify().holds

    def test_is_made_once_a_day(self, stage):
        stage.draw()
        assert checkpoint() == 1
        stage.draw("single")
        assert [checkpoint(), checkpoint()] == [0, 0]
        assert models.HistoryCheckpoint.objects.count() == 1
        assert verify_history.verify().uncovered == 1

    def test_is_made_of_a_quiet_day_too(self, stage):
        stage.draw()
        assert [checkpoint(), checkpoint(DAY + ONE_DAY)] == [1, 0]
        assert verify_history.verify().holds

    def test_is_made_of_an_empty_history(self, stage):
        assert checkpoint() == 0
        stage.draw()
        assert checkpoint(DAY + ONE_DAY) == 1
        assert verify_history.verify().holds

    def test_never_follows_a_later_one(self, stage):
        checkpoint(DAY + ONE_DAY)
        assert checkpoint(DAY) == 0


def test_an_entry_whose_key_was_given_before_is_waited_for(town):
    """Its key is the lower one, but it is there for others only when its transaction ends."""
    reference = town.draw()
    paused = []

    with psycopg.connect(town.url) as slow:
        slow.execute(
            "INSERT INTO store_historyentry (authorisation_id, number, version, place, at, act,"
            " after, kind, person_name, reason, evidence, previous_hash, hash)"
            " SELECT authorisation_id, 2, 2, place, at, 'validate', 'pending', kind, '', '',"
            " '{}', hash, repeat('a', 64) FROM store_historyentry"
        )
        town.draw("single")

        def pause():
            assert not models.HistoryCheckpoint.objects.exists()
            paused.append(1)
            if len(paused) == 3:
                slow.commit()

        assert checkpoint(pause=pause) == 3
    assert len(paused) == 3
    covered = models.HistoryEntry.objects.filter(authorisation=reference.number)
    assert covered.count() == 2
    assert all(each.holds for each in verify_history.verify().checkpoints)


def test_who_began_to_write_later_is_not_waited_for(town):
    town.draw()
    with psycopg.connect(town.url) as first, psycopg.connect(town.url) as second:
        first.execute("LOCK TABLE store_historyentry IN ROW EXCLUSIVE MODE")

        def pause():
            second.execute("LOCK TABLE store_historyentry IN ROW EXCLUSIVE MODE")
            first.commit()

        assert checkpoint(pause=pause) == 1


def test_whose_transaction_is_about_something_else_is_not_waited_for(town):
    """Such as the clock's own, which holds the row of the job while it runs."""
    town.draw()
    with psycopg.connect(town.url) as other:
        other.execute("SELECT FROM store_provider FOR UPDATE")
        assert checkpoint() == 1


def test_who_never_ends_makes_it_fail_and_be_tried_again(town):
    town.draw()
    with psycopg.connect(town.url) as stuck:
        stuck.execute("LOCK TABLE store_historyentry IN ROW EXCLUSIVE MODE")
        with pytest.raises(HistoryNotAtRest):
            checkpoint(pause=lambda: None)
    assert not models.HistoryCheckpoint.objects.exists()
    assert checkpoint() == 1


#: What somebody with all rights could do, and what it shows: a broken chain, checkpoints.
FORGERIES = {
    "a reason changed": (
        "UPDATE store_historyentry SET reason = 'x' WHERE authorisation_id = {first}",
        (True, set()),
    ),
    "the last step taken away": (
        "DELETE FROM store_historyentry WHERE authorisation_id = {first} AND number = 3",
        (False, {1}),
    ),
    "an authorisation without a trace": (
        """
        DELETE FROM store_historyentry WHERE authorisation_id = {second};
        DELETE FROM store_mandate WHERE authorisation_id = {second};
        DELETE FROM store_authorisation WHERE id = {second};
        """,
        (False, {2}),
    ),
    "its whole history": (
        "DELETE FROM store_historyentry WHERE authorisation_id = {second}",
        (True, {2}),
    ),
    "a checkpoint changed": (
        "UPDATE store_historycheckpoint SET day = day + 1 WHERE number = 2",
        (False, {2}),
    ),
    "a root changed": (
        "UPDATE store_historycheckpoint SET root = repeat('a', 64) WHERE number = 1",
        (False, {1, 2}),
    ),
    "a checkpoint taken away": (
        "DELETE FROM store_historycheckpoint WHERE number = 1",
        (False, {2}),
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_shows(town, forgery):
    first = town.active()
    checkpoint()
    second = town.draw("single")
    checkpoint(DAY + ONE_DAY)
    assert verify_history.verify().holds

    statement, (chain_broken, checkpoints) = FORGERIES[forgery]
    with town.forger() as owner:
        owner.execute(statement.format(first=first.number, second=second.number))

    found = verify_history.verify()
    assert not found.holds
    assert bool(found.broken) == chain_broken
    assert {each.number for each in found.checkpoints if not each.holds} == checkpoints


def test_a_chain_made_anew_shows_by_the_checkpoint(town):
    """Whoever knows how the hashes are made can leave a chain that holds by itself."""
    reference = town.active()
    checkpoint()
    rows = models.HistoryEntry.objects.filter(authorisation=reference.number).order_by("number")
    previous = history_chain.BEGINNING
    with town.forger() as owner:
        for row in rows:
            row.reason, row.previous_hash = "forged", previous
            previous = history_chain.hash_of(row)
            owner.execute(
                "UPDATE store_historyentry SET reason = 'forged', previous_hash = %s, hash = %s"
                " WHERE id = %s",
                [row.previous_hash, previous, row.pk],
            )
    found = verify_history.verify()
    assert not found.broken
    assert [each.holds for each in found.checkpoints] == [False]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_historycheckpoint SET root = previous_root",
        "DELETE FROM store_historycheckpoint",
        "TRUNCATE store_historycheckpoint",
    ],
)
def test_nobody_changes_a_checkpoint(town, statement):
    checkpoint()
    with psycopg.connect(town.url, autocommit=True) as direct:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            direct.execute(statement)
        direct.execute("SET ROLE NONE")
        with pytest.raises(psycopg.errors.IntegrityError, match="only be added to"):
            direct.execute(statement)


class TestTheCommand:
    def run(self, *words):
        return CliRunner().invoke(history, words)

    def test_says_that_nothing_was_changed(self, stage):
        stage.active()
        checkpoint()
        stage.draw("single")
        told = self.run("verify")
        assert told.exit_code == 0
        assert "4 entries of 2 authorisations" in told.output
        assert "Entries after the last checkpoint: 1." in told.output

    def test_holds_a_root_to_what_was_noted_elsewhere(self, stage):
        checkpoint()
        number, day, root = self.run("checkpoints").output.split()
        assert (number, day) == ("1", str(DAY))
        assert self.run("verify", "--root", root).exit_code == 0
        other = self.run("verify", "--root", root[::-1])
        assert other.exit_code == 1
        assert "No checkpoint has this root" in other.output

    def test_names_what_was_changed_and_ends_with_1(self, town):
        reference = town.active()
        checkpoint()
        with town.forger() as owner:
            owner.execute("DELETE FROM store_historyentry WHERE number = 2")
        told = self.run("verify")
        assert told.exit_code == 1
        assert str(reference) in told.output
        assert f"before checkpoint 1 ({DAY})" in told.output
        for_machines = json.loads(CliRunner().invoke(history, ["verify", "--json"]).stdout)
        assert for_machines["holds"] is False
        assert for_machines["broken"] == [str(reference)]
