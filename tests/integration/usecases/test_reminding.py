"""The clock's warnings: to whom, of which mandates, once, and not of what was just told."""

import datetime

import pytest
from django.db import connection

from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter
from mahis.store import models
from mahis.usecases import _locked, _one_by_one, close, remind
from mahis.usecases._one_by_one import SomeLeftOut
from tests import databases
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, moment

ONE_DAY = datetime.timedelta(days=1)
EXPIRES = DAY + LIMITS.days_to_finish * ONE_DAY
DAYS = (30, 7)


def remind_on(day, *, days=DAYS):
    return remind.to_sign(days=days, at=moment(day), on=day)


def warn_on(day, *, days=(30,)):
    return remind.of_ends(days=days, at=moment(day), on=day)


def warnings(telling="signReminder"):
    """Give the warnings in the order of their delivery: to whom, how long before, about what."""
    rows = models.Delivery.objects.filter(notice__telling=telling).order_by("number")
    return [
        (row.notice.side.value, row.notice.days_before, tuple(row.notice.places)) for row in rows
    ]


def close_in(stage, reference, quarter, *, on, places=(1,)):
    closing = close.Closing(
        reference=reference,
        version=stage.row(reference).version,
        places=places,
        end=Quarter.parse(quarter),
    )
    close.close(actor=stage.director, closing=closing, limits=LIMITS, at=moment(on), on=on)


class TestAReminderToSign:
    def test_goes_to_each_party_that_has_not_signed_on_each_of_the_days(self, stage):
        stage.draw("several", "single")
        counts = {}
        for after in range(100):
            on = DAY + after * ONE_DAY
            if count := remind_on(on):
                counts[EXPIRES - on] = count
        assert counts == {30 * ONE_DAY: 2, 7 * ONE_DAY: 2}
        assert warnings() == [
            (side, before, (1, 2)) for before in DAYS for side in ("mandator", "mandatary")
        ]

    def test_says_who_must_act_in_which_language_and_by_which_channel(self, stage):
        models.Enterprise.objects.filter(pk=stage.client).update(language=Language.GERMAN)
        stage.draw()
        remind_on(EXPIRES)
        mandator, mandatary = models.Notice.objects.filter(telling="signReminder").order_by("-side")
        assert (mandator.channel.value, mandator.language) == ("post", Language.GERMAN)
        assert (mandatary.channel.value, mandatary.language) == ("ebox", Language.FRENCH)
        for notice in (mandator, mandatary):
            assert notice.must_act
            assert (notice.warns_of, notice.history_number) == (EXPIRES, None)
            assert notice.delivery.state.value == "waiting"

    def test_goes_only_to_the_party_that_is_awaited(self, stage):
        stage.draw(signing=True)
        assert remind_on(EXPIRES) == 1
        assert warnings() == [("mandatary", 7, (1,))]

    def test_that_was_overtaken_is_not_made_up_for(self, stage):
        stage.draw()
        assert remind_on(EXPIRES - 3 * ONE_DAY) == 2
        assert {before for _, before, _ in warnings()} == {7}

    def test_that_was_missed_is_made_up_for_once(self, stage):
        stage.draw()
        late = EXPIRES - 20 * ONE_DAY
        assert [remind_on(late), remind_on(late), remind_on(late + ONE_DAY)] == [2, 0, 0]

    def test_does_not_follow_on_the_heels_of_what_was_told_meanwhile(self, stage):
        """The clock stood still; the party that is awaited was told today until when to sign."""
        reference = stage.draw()
        late = EXPIRES - 20 * ONE_DAY
        stage.sign(reference, stage.director, on=late)
        assert remind_on(late) == 0
        assert remind_on(EXPIRES - 7 * ONE_DAY) == 1

    @pytest.mark.parametrize("on", [EXPIRES + ONE_DAY, EXPIRES + 50 * ONE_DAY])
    def test_never_comes_after_the_limit(self, stage, on):
        stage.draw()
        assert remind_on(on) == 0

    def test_never_comes_once_both_have_signed(self, stage):
        stage.active()
        assert remind_on(EXPIRES) == 0

    def test_is_no_step_and_leaves_the_history_alone(self, stage):
        reference = stage.draw()
        version, entries = stage.row(reference).version, models.HistoryEntry.objects.count()
        remind_on(EXPIRES)
        assert stage.row(reference).version == version
        assert models.HistoryEntry.objects.count() == entries


class TestAWarningOfAnEnd:
    LAST = datetime.date(2027, 3, 31)

    def test_goes_to_both_parties_once(self, stage):
        stage.active("several", "single", end="1/2027")
        due = self.LAST - 30 * ONE_DAY
        assert [warn_on(due - ONE_DAY), warn_on(due), warn_on(due), warn_on(self.LAST)] == [
            0,
            2,
            0,
            0,
        ]
        assert warnings("endsSoon") == [("mandator", 30, (1, 2)), ("mandatary", 30, (1, 2))]
        assert not models.Notice.objects.filter(telling="endsSoon", must_act=True).exists()

    def test_is_about_the_mandates_that_end_then_and_no_others(self, stage):
        reference = stage.active("several", "single")
        close_in(stage, reference, "1/2027", on=DAY, places=(2,))
        assert warn_on(self.LAST) == 2
        assert {places for _, _, places in warnings("endsSoon")} == {(2,)}

    def test_is_given_for_each_end_of_one_authorisation(self, stage):
        reference = stage.active("several", "single")
        close_in(stage, reference, "1/2027", on=DAY, places=(1,))
        close_in(stage, reference, "2/2027", on=DAY, places=(2,))
        assert warn_on(self.LAST) == 2
        assert warn_on(datetime.date(2027, 6, 30)) == 2
        assert [places for _, _, places in warnings("endsSoon")] == [(1,), (1,), (2,), (2,)]

    def test_is_given_for_what_still_waits_for_an_employer(self, stage):
        stage.active("employers", end="1/2027")
        assert warn_on(self.LAST) == 2
        assert warnings("endsSoon") == [("mandator", 30, (1,)), ("mandatary", 30, (1,))]

    def test_does_not_follow_the_act_that_set_the_end(self, stage):
        reference = stage.active()
        late = self.LAST - 10 * ONE_DAY
        close_in(stage, reference, "1/2027", on=late)
        assert [warn_on(late), warn_on(self.LAST)] == [0, 0]

    def test_is_not_lost_because_another_mandate_of_the_authorisation_was_closed(self, stage):
        """The clock stood still, and something else was told meanwhile."""
        reference = stage.active("several", "single")
        close_in(stage, reference, "1/2027", on=DAY, places=(1,))
        late = self.LAST - 10 * ONE_DAY
        close_in(stage, reference, "2/2027", on=late, places=(2,))
        assert warn_on(late) == 2
        assert {places for _, _, places in warnings("endsSoon")} == {(1,)}

    def test_never_comes_after_the_end(self, stage):
        stage.active(end="1/2027")
        assert warn_on(self.LAST + ONE_DAY) == 0

    def test_never_comes_without_an_end(self, stage):
        stage.active()
        assert warn_on(self.LAST) == 0


class TestOneThatFails:
    def test_keeps_no_other_waiting_and_is_told_of(self, stage, monkeypatch, caplog):
        broken, other, number = stage.draw(), stage.draw("single"), str(scene.insz(1).digits)
        lock = _locked.lock

        def fail_for_one(*, reference, **more):
            if reference == broken:
                raise ValueError(number)
            return lock(reference=reference, **more)

        monkeypatch.setattr(_locked, "lock", fail_for_one)
        with pytest.raises(SomeLeftOut) as left_out:
            remind_on(EXPIRES)
        assert left_out.value.found == {"done": 2, "left_out": 1}
        told = models.Notice.objects.filter(telling="signReminder")
        assert {notice.authorisation_id for notice in told} == {other.number}
        assert str(broken) in caplog.text
        assert number not in caplog.text

        monkeypatch.undo()
        assert remind_on(EXPIRES) == 2


class TestTheDatabase:
    """Whatever stands in the tables, it looks at what is due and not at all there is."""

    @pytest.fixture
    def only(self, stage):
        """Leave one index of the mandates, so that no guess of the planner decides which it takes.

        Where the index does not fit the question, the plan reads the table all the same.
        """

        def leave(index):
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute(f"SET LOCAL ROLE {databases.OWNER}")
                cursor.execute(
                    "SELECT conname FROM pg_constraint"
                    " WHERE conrelid = 'store_mandate'::regclass AND contype IN ('p', 'u', 'x')"
                )
                for (constraint,) in cursor.fetchall():
                    cursor.execute(
                        f"ALTER TABLE store_mandate DROP CONSTRAINT {constraint} CASCADE"
                    )
                cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'store_mandate'")
                for (other,) in cursor.fetchall():
                    if other != index:
                        cursor.execute(f"DROP INDEX {other}")
                cursor.execute(f"SET LOCAL ROLE {databases.APPLICATION}")

        return leave

    @pytest.mark.parametrize(
        ("look", "index", "narrowed"),
        [
            # This one holds nothing but what is unfinished, which are few.
            (lambda: remind_on(EXPIRES), "mandate_unfinished", "mandate_unfinished"),
            (lambda: warn_on(TestAWarningOfAnEnd.LAST), "mandate_ends", "Cond: (upper(quarters)"),
        ],
        ids=["unfinished", "ends"],
    )
    def test_finds_what_is_due_by_an_index(self, look, index, narrowed, only, monkeypatch):
        only(index)
        plans = []

        def explain(mandates):
            plans.append(mandates.explain())
            return iter(())

        monkeypatch.setattr(_one_by_one, "authorisations_of", explain)
        look()
        assert plans
        assert all(index in plan and narrowed in plan for plan in plans)

    @pytest.mark.parametrize("side", Side)
    def test_takes_no_warning_twice(self, stage, side):
        reference = stage.draw()
        remind_on(EXPIRES)
        first = models.Notice.objects.get(telling="signReminder", side=side)
        first.pk = None
        with pytest.raises(Exception, match="notice_warns_a_party_once"):
            first.save(force_insert=True)
        assert reference
