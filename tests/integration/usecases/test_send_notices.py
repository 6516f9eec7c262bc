"""The outbox: one delivery a notice, in order for each recipient, never lost, never twice."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from mahis.domain.deliveries import (
    ByPost,
    Delivered,
    DeliveryState,
    NotTried,
    Refused,
    TryAgain,
)
from mahis.domain.notices import Channel
from mahis.domain.parties import Role
from mahis.store import models
from mahis.usecases import send_notices
from mahis.usecases.send_notices import Ring, leasing
from tests.integration.usecases import outbox, scene
from tests.integration.usecases.outbox import LASTING, NOW, SECOND, delivery, numbers, report, take

pytestmark = pytest.mark.django_db

AGAIN = TryAgain(problem="timeout", detail="status 504")
NEVER = Refused(problem="forbidden", detail="status 403")


@pytest.fixture
def told():
    """Five notices to one recipient, the oldest first."""
    (recipient,) = outbox.recipients(1)
    authorisation = outbox.an_authorisation(recipient)
    return [outbox.tell(authorisation, number=place) for place in range(1, 6)]


def chain_of(notices):
    return [[delivery(notice).number for notice in notices]]


class TestAnAct:
    def test_writes_a_delivery_with_each_notice(self, stage):
        stage.active("several", "employers")
        notices = list(models.Notice.objects.select_related("delivery"))
        assert len(notices) == 6
        for notice in notices:
            row = notice.delivery
            assert (row.state, row.channel) == (DeliveryState.WAITING, notice.channel)
            assert (row.recipient_id, row.next_at) == (notice.recipient_id, notice.created_at)
        assert models.Delivery.objects.count() == len(notices)

    def test_that_is_rolled_back_leaves_neither(self, stage):
        with transaction.atomic():
            stage.draw("several")
            assert models.Delivery.objects.count() == 2
            transaction.set_rollback(True)
        assert not models.Notice.objects.exists()
        assert not models.Delivery.objects.exists()
        assert take() == ()

    def test_cannot_write_two_deliveries_of_one_notice(self, told):
        from mahis.usecases import _outbox

        with pytest.raises(IntegrityError, match="store_delivery_notice_id"):
            _outbox.delivery_of(told[0]).save()


class TestTaking:
    def test_takes_all_of_a_recipient_in_their_order(self, told):
        (chain,) = take()
        assert numbers([chain]) == chain_of(told)
        assert [each.notice for each in chain] == [notice.pk for notice in told]
        assert {each.recipient for each in chain} == {told[0].recipient.number}

    def test_leaves_to_others_nothing_of_a_recipient_that_somebody_has(self, told):
        take(most=2)
        assert take("two") == ()
        later = outbox.tell(told[0].authorisation, number=9)
        assert take("two") == ()
        for each in told[:2]:
            report(delivery(each).number)
        assert numbers(take("two")) == chain_of([*told[2:], later])

    def test_gives_different_recipients_to_different_workers(self):
        for recipient in outbox.recipients(4):
            authorisation = outbox.an_authorisation(recipient)
            for number in range(1, 4):
                outbox.tell(authorisation, number=number)
        mine, theirs = take("one", most=2), take("two", most=100)
        recipients = [chain[0].recipient for chain in (*mine, *theirs)]
        assert len(recipients) == len(set(recipients)) == 4
        assert {len(chain) for chain in theirs} == {3}

    def test_takes_what_a_worker_had_that_was_never_heard_of_again(self, told):
        take("one")
        assert take("two", at=NOW + LASTING - SECOND) == ()
        assert numbers(take("two", at=NOW + LASTING)) == chain_of(told)

    def test_takes_only_what_a_channel_is_there_for(self, told):
        assert take(channels=frozenset({Channel.POST})) == ()
        later = [
            outbox.tell(told[0].authorisation, number=number, channel=channel)
            for number, channel in ((6, Channel.POST), (7, Channel.EBOX))
        ]
        (chain,) = take(channels=frozenset({Channel.EBOX}))
        assert numbers([chain]) == chain_of(told)
        for each in chain:
            report(each.number)
        assert numbers(take(channels=frozenset({Channel.POST}))) == chain_of(later[:1])

    def test_takes_nothing_before_its_time(self, told):
        assert take(at=NOW - SECOND) == ()

    @pytest.mark.parametrize("looked_at", [1, 2, 3, 500])
    @pytest.mark.parametrize("most", [1, 2, 100])
    def test_comes_round_to_everybody(self, monkeypatch, looked_at, most):
        monkeypatch.setattr(leasing, "_LOOKED_AT", looked_at)
        everybody = outbox.recipients(7)
        for recipient in everybody:
            authorisation = outbox.an_authorisation(recipient)
            for number in range(1, 3):
                outbox.tell(authorisation, number=number)
        ring, got = Ring(), []
        for _ in range(60):
            for chain in take(most=most, ring=ring):
                got += [each.recipient for each in chain]
                for each in chain:
                    report(each.number)
        assert sorted(got) == sorted(everybody * 2)
        assert take(ring=ring) == ()

    def test_looks_at_one_row_of_each_recipient_however_many_wait(self, told):
        from django.db import connection

        authorisation = told[0].authorisation
        for number in range(10, 400):
            outbox.tell(authorisation, number=number)
        with connection.cursor() as cursor:
            cursor.execute(leasing._STEPPING)
            cursor.execute(
                "EXPLAIN (ANALYZE, FORMAT JSON) " + leasing._HEADS,
                {"after": 0, "most": 500, "at": NOW, "channels": ["ebox"]},
            )
            ((plan,),) = cursor.fetchall()
        scans = list(_scans(plan[0]["Plan"]))
        assert {scan["Index Name"] for scan in scans} == {"delivery_oldest_waiting"}
        assert sum(scan["Actual Rows"] * scan["Actual Loops"] for scan in scans) == 1

    @pytest.mark.parametrize("gone", [0, 400], ids=["new", "with what was"])
    def test_touches_few_rows_whatever_the_statistics_say(self, told, gone):
        """They say that nothing waits; four hundred do, and others did before."""
        from django.db import connection, transaction

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE store_delivery")
        with transaction.atomic():
            for number in range(1000, 1000 + gone):
                outbox.tell(told[0].authorisation, number=number)
            transaction.set_rollback(True)
        for number in range(10, 400):
            outbox.tell(told[0].authorisation, number=number)
        with connection.cursor() as cursor:
            # What wrong statistics can make the planner think of: that stepping costs the most.
            cursor.execute("SET LOCAL random_page_cost TO 100000")
            cursor.execute(leasing._STEPPING)
            cursor.execute(
                "EXPLAIN (ANALYZE, FORMAT JSON) " + leasing._TAKE,
                {
                    "recipients": [told[0].recipient_id.as_int],
                    "heads": [delivery(told[0]).number],
                    "longest": 5,
                    "channels": ["ebox"],
                    "at": NOW,
                    "until": NOW + LASTING,
                    "worker": "one",
                },
            )
            ((plan,),) = cursor.fetchall()
        rows = [
            scan["Actual Rows"] * scan["Actual Loops"] + scan.get("Rows Removed by Filter", 0)
            for scan in _scans(plan[0]["Plan"])
        ]
        assert rows
        assert max(rows) <= 5
        assert not [each for each in _nodes(plan[0]["Plan"]) if each["Node Type"] == "Seq Scan"]


def _scans(plan):
    return (each for each in _nodes(plan) if "Index Name" in each)


def _nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


class TestWhatWasTriedInVain:
    def test_comes_first_again_after_its_wait_and_nothing_passes_it(self, told):
        take()
        first, *others = (delivery(each).number for each in told)
        report(first, AGAIN)
        for number in others:
            report(number, NotTried())
        row = delivery(told[0])
        assert (row.state, row.attempts) == (DeliveryState.WAITING, 1)
        assert (row.problem, row.detail) == ("timeout", "status 504")
        assert row.next_at == NOW + 2.5 * SECOND
        assert take("two", at=NOW + 2 * SECOND) == ()
        assert numbers(take("two", at=NOW + 3 * SECOND)) == chain_of(told)
        assert {delivery(each).attempts for each in told[1:]} == {0}

    def test_holds_nobody_up_once_it_is_given_up(self, told):
        take()
        report(delivery(told[0]).number, NEVER)
        for each in told[1:]:
            report(delivery(each).number, NotTried())
        assert delivery(told[0]).state is DeliveryState.FAILED
        assert numbers(take("two")) == chain_of(told[1:])

    def test_is_given_up_after_its_tries(self, told):
        at, number = NOW, delivery(told[0]).number
        for attempt in range(1, outbox.PATIENCE.tries + 1):
            at += datetime.timedelta(hours=7)
            assert numbers(take(at=at, most=1)) == [[number]]
            report(number, AGAIN, at=at)
            assert delivery(told[0]).attempts == attempt
        row = delivery(told[0])
        assert (row.state, row.problem, row.tried_at) == (DeliveryState.FAILED, "timeout", at)

    def test_is_never_given_up_while_nothing_gets_through(self, told):
        outage = TryAgain(problem="unreachable", counts=False)
        at, number = NOW, delivery(told[0]).number
        for _ in range(40):
            at += datetime.timedelta(hours=7)
            assert numbers(take(at=at, most=1)) == [[number]]
            report(number, outage, at=at)
        row = delivery(told[0])
        assert (row.state, row.attempts) == (DeliveryState.WAITING, 0)


class TestALateReport:
    def test_that_it_arrived_counts_whoever_has_it_now(self, told):
        take("one")
        later = NOW + LASTING
        take("two", at=later)
        number = delivery(told[0]).number
        assert report(number, worker="one", at=later).delivered == 1
        assert delivery(told[0]).receipt == f"r{number}"
        again = report(number, Delivered(), worker="two", at=later + SECOND)
        assert again.delivered == 0
        assert delivery(told[0]).delivered_at == later
        assert delivery(told[0]).receipt == f"r{number}"

    @pytest.mark.parametrize("outcome", [AGAIN, NEVER, NotTried(), ByPost(why="noEbox")])
    def test_of_anything_else_changes_nothing_of_the_lease_of_another(self, told, outcome):
        take("one")
        later = NOW + LASTING
        take("two", at=later)
        before = models.Delivery.objects.filter(notice=told[0]).values().get()
        report(before["number"], outcome, worker="one", at=later)
        assert models.Delivery.objects.filter(notice=told[0]).values().get() == before

    def test_that_a_given_up_notice_arrived_after_all_delivers_it(self, told):
        take("one")
        take("two", at=NOW + LASTING)
        number = delivery(told[0]).number
        report(number, NEVER, worker="two")
        report(number, worker="one")
        row = delivery(told[0])
        assert (row.state, row.problem) == (DeliveryState.DELIVERED, "")


class TestANoticeThatTheEboxDoesNotBring:
    def test_waits_for_the_post_and_keeps_the_name_of_its_message(self, told):
        take()
        number = delivery(told[0]).number
        report(number, ByPost(why="noDigitalUser", receipt="box-1"))
        row = delivery(told[0])
        assert (row.state, row.channel) == (DeliveryState.WAITING, Channel.POST)
        ((leased, *_),) = take("two", at=NOW + SECOND)
        assert (leased.number, leased.channel) == (number, Channel.POST)
        report(number, Delivered(), worker="two")
        row = delivery(told[0])
        assert (row.state, row.channel) == (DeliveryState.DELIVERED, Channel.POST)
        assert (row.why_post, row.receipt) == ("noDigitalUser", "box-1")


class TestSendingAgain:
    @pytest.fixture
    def given_up(self, told):
        take()
        for each in told:
            report(delivery(each).number, NEVER)
        return [delivery(each).number for each in told]

    def test_gives_what_was_given_up_all_its_tries(self, stage, told, given_up):
        later = NOW + 3 * SECOND
        count = send_notices.send_again(actor=stage.officer, numbers=given_up[1:3], at=later)
        assert count == 2
        row = delivery(told[1])
        assert (row.state, row.attempts, row.problem) == (DeliveryState.WAITING, 0, "")
        assert row.again_at == later
        assert numbers(take(at=later)) == [given_up[1:3]]
        assert delivery(told[0]).state is DeliveryState.FAILED

    def test_by_post_changes_the_channel(self, stage, told, given_up):
        send_notices.send_again(actor=stage.officer, numbers=given_up[:1], at=NOW, by=Channel.POST)
        ((leased,),) = take()
        assert (leased.number, leased.channel) == (given_up[0], Channel.POST)

    def test_leaves_alone_what_is_delivered_or_under_way(self, stage, told):
        (chain,) = take(most=2)
        report(chain[0].number)
        everything = [delivery(each).number for each in told]
        count = send_notices.send_again(
            actor=stage.officer, numbers=everything, at=NOW, by=Channel.POST
        )
        assert count == 3
        assert delivery(told[0]).state is DeliveryState.DELIVERED
        assert delivery(told[1]).channel is Channel.EBOX
        assert delivery(told[1]).leased_by == "one"

    def test_is_for_officers_who_manage(self, stage, given_up):
        consulting = scene.somebody(
            77,
            enterprise=stage.officer.enterprise,
            quality=stage.officer.capacity.quality,
            role=Role.CONSULT,
            may_sign=False,
        )
        for actor in (stage.director, stage.accountant, consulting):
            with pytest.raises(send_notices.OnlyOfficersSendAgain):
                send_notices.send_again(actor=actor, numbers=given_up, at=NOW)
        assert take() == ()


class TestANoticeOfTheVersionBefore:
    def test_is_taken_up_once_in_the_order_of_writing(self, told):
        alone = [
            models.Notice(
                **{
                    **{field.attname: getattr(told[0], field.attname) for field in _columns()},
                    "id": None,
                    "history_number": 10 - place,
                    "created_at": NOW + place * SECOND,
                }
            )
            for place in range(3)
        ]
        for notice in alone:
            notice.id = models.Notice._meta.pk.get_default()
        models.Notice.objects.bulk_create(reversed(alone))
        assert send_notices.adopt(since=NOW + SECOND) == 2
        assert send_notices.adopt(since=NOW) == 1
        assert send_notices.adopt(since=NOW) == 0
        assert delivery(alone[1]).number < delivery(alone[2]).number
        assert {delivery(each).state for each in alone} == {DeliveryState.WAITING}
        assert models.Delivery.objects.count() == 8


def _columns():
    return models.Notice._meta.concrete_fields
