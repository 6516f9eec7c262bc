"""The worker: every notice comes once, in order, by its channel, whatever the e-Box does."""

import threading

import psycopg
import pytest

from mahis.domain.deliveries import DeliveryState, Patience
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Side
from mahis.jobs.worker import Worker
from mahis.store import models
from mahis.web import clock
from tests.integration.jobs.office import SECOND, at_work, has_account, notices_of, until
from tests.integration.letters.post_room import seated


def only(**found):
    return models.Delivery.objects.select_related("notice").get(**found)


class TestAnAct:
    def test_comes_to_the_mandatary_by_ebox_and_to_a_mandator_without_account_by_post(
        self, open_office
    ):
        stage = open_office.stage
        seated(stage.client)
        stage.draw("several")
        worker = open_office.deliver()
        to_client, to_provider = only(recipient=stage.client), only(recipient=stage.provider)
        assert open_office.arrived() == {str(to_provider.notice_id): 1}
        assert (to_provider.state, to_provider.channel) == (DeliveryState.DELIVERED, Channel.EBOX)
        assert to_provider.receipt
        assert (to_client.state, to_client.channel) == (DeliveryState.DELIVERED, Channel.POST)
        letter = models.Letter.objects.get()
        assert letter.notice_id == to_client.notice_id
        assert open_office.files.read(letter.document_id).startswith(b"%PDF")
        counted = worker.counts()
        assert (counted.delivered, counted.waiting, counted.failed) == (2, 0, 0)
        assert worker.counts().delivered == 0

    def test_comes_to_a_mandator_with_an_account_by_ebox(self, open_office):
        has_account(open_office.stage.client)
        open_office.stage.active("several", "employers")
        open_office.deliver()
        assert len(open_office.arrived()) == 6
        assert open_office.states() == {"delivered": 6}
        for party in (open_office.stage.client, open_office.stage.provider):
            assert open_office.order(party) == notices_of(party)

    def test_is_told_in_the_language_of_each_with_the_link_to_go_on(self, open_office, settings):
        stage = open_office.stage
        settings.PUBLIC_URL = "https://mandates.example.be"
        models.Enterprise.objects.filter(number=stage.provider).update(language="nl")
        reference = stage.draw("several")
        open_office.deliver()
        (message,) = _messages(open_office)
        assert message["language"] == "nl"
        assert "Client SRL" in message["subject"]
        assert f"https://mandates.example.be/mandates/{reference}/" in message["text"]
        assert str(reference) in message["text"]

    def test_of_nobody_else_is_told_while_an_address_is_missing(self, open_office):
        open_office.stage.draw("several")
        open_office.deliver()
        waiting = only(recipient=open_office.stage.client)
        assert (waiting.state, waiting.problem) == (DeliveryState.WAITING, "addressMissing")
        assert waiting.attempts == 0
        assert models.UnaddressedNotice.objects.get().notice_id == waiting.notice_id
        seated(open_office.stage.client)
        models.Delivery.objects.update(next_at=clock.now())
        open_office.deliver()
        assert open_office.states() == {"delivered": 2}
        assert not models.UnaddressedNotice.objects.exists()

    def test_waits_where_there_is_no_ebox(self, open_office):
        stage = open_office.stage
        seated(stage.client)
        stage.draw("several")
        open_office.deliver(ebox=None)
        assert only(recipient=stage.client).state is DeliveryState.DELIVERED
        assert only(recipient=stage.provider).state is DeliveryState.WAITING
        assert only(recipient=stage.provider).attempts == 0


def _messages(office):
    """Read what lies in the practice e-Box."""
    import sqlite3

    with sqlite3.connect(office.folder / "box" / "messages.sqlite3") as box:
        rows = box.execute(
            "SELECT subject, language, message_type, content FROM message JOIN file"
            " ON file.message = message.id WHERE is_main ORDER BY sequence"
        ).fetchall()
    box.close()
    return [
        {"subject": subject, "language": language, "type": kind, "text": content.decode()}
        for subject, language, kind, content in rows
    ]


class TestWhoReadsNoEbox:
    def test_is_told_by_post_as_well_where_it_is_the_mandator(self, open_office):
        stage = open_office.stage
        has_account(stage.client)
        seated(stage.client)
        for party in (stage.client, stage.provider):
            open_office.control.box(party.digits, state="never")
        stage.draw("several")
        open_office.deliver()
        to_client, to_provider = only(recipient=stage.client), only(recipient=stage.provider)
        assert (to_client.channel, to_client.why_post) == (Channel.POST, "noDigitalUser")
        assert to_client.receipt
        assert models.Letter.objects.get().notice_id == to_client.notice_id
        assert (to_provider.channel, to_provider.why_post) == (Channel.EBOX, "")
        assert open_office.states() == {"delivered": 2}

    @pytest.mark.parametrize(
        ("state", "exclusively", "side", "why"),
        [
            ("none", False, Side.MANDATOR, "noEbox"),
            ("none", False, Side.MANDATARY, "noEbox"),
            ("never", False, Side.MANDATOR, "eboxNeverOpened"),
            ("never", True, Side.MANDATOR, "noDigitalUser"),
            ("never", False, Side.MANDATARY, ""),
            ("visited", False, Side.MANDATOR, ""),
        ],
    )
    def test_is_found_out_before_where_preferences_are_told(
        self, open_office, state, exclusively, side, why
    ):
        stage = open_office.stage
        open_office.changes = {"preferences_url": open_office.address}
        has_account(stage.client)
        party = stage.client if side is Side.MANDATOR else stage.provider
        seated(party)
        open_office.control.box(party.digits, state=state, exclusively=exclusively)
        stage.draw("several")
        open_office.deliver()
        row = only(recipient=party)
        assert (row.state, row.why_post) == (DeliveryState.DELIVERED, why)
        assert row.channel is (Channel.POST if why else Channel.EBOX)
        came_by_ebox = why in {"", "noDigitalUser"}
        assert (str(row.notice_id) in open_office.arrived()) is came_by_ebox


class TestALookThatTakesLong:
    def test_misses_nothing_that_was_written_meanwhile(self, open_office, monkeypatch):
        stage = open_office.stage
        open_office.changes = {"preferences_url": open_office.address}
        has_account(stage.client)
        seated(stage.client)
        open_office.control.box(stage.client.digits, state="none")
        stage.draw("several")
        look = Worker._lease

        async def long_look(worker, *told):
            found = await look(worker, *told)
            if not found and worker._recorder.under_way:
                await worker._recorder.moved.wait()
            return found

        monkeypatch.setattr(Worker, "_lease", long_look)
        open_office.deliver()
        assert open_office.states() == {"delivered": 2}


class TestAnEboxThatFails:
    @pytest.fixture
    def many(self, open_office):
        """Ten notices to one provider, and two to each of three others."""
        stage = open_office.stage
        has_account(stage.client)
        for _ in range(5):
            stage.active("several")
            models.Mandate.objects.update(state="withdrawn")
        return open_office

    def all_came_once(self, office, *, repeats=None):
        assert office.states() == {"delivered": models.Notice.objects.count()}
        assert set(office.arrived()) == set(
            map(str, models.Notice.objects.values_list("pk", flat=True))
        )
        for party in (office.stage.client, office.stage.provider):
            assert office.order(party) == notices_of(party)

    def deliver_all(self, office, **changes):
        with at_work(office.worker(**changes)):
            until(lambda: set(office.states()) == {"delivered"})

    @pytest.mark.parametrize(
        "kind",
        ["error-before", "error-after", "conflict", "drop", "drop-after", "timeout", "hang"],
    )
    def test_a_few_times_is_tried_again(self, many, kind):
        many.control.fail(kind, count=3)
        self.deliver_all(many)
        self.all_came_once(many)

    def test_at_random_brings_everything_once_and_in_order(self, many):
        for seed, kind in enumerate(("error-before", "error-after", "drop-after", "conflict")):
            many.control.fail_a_share(kind, 0.15, seed)
        self.deliver_all(many, patience=Patience(tries=60, first=SECOND / 50, longest=SECOND / 10))
        self.all_came_once(many)

    def test_with_too_many_waits_as_long_as_it_says(self, many):
        many.control.fail("too-many", count=1, retryAfter=1)
        self.deliver_all(many, patience=Patience(first=SECOND / 20, longest=2 * SECOND))
        self.all_came_once(many)
        assert {row.attempts for row in models.Delivery.objects.all()} == {0}

    def test_with_our_tokens_has_us_ask_for_new_ones(self, many):
        many.control.fail("token-refused", count=1)
        self.deliver_all(many)
        self.all_came_once(many)

    def test_with_one_notice_only_gives_that_one_up_and_brings_the_others(self, many, monkeypatch):
        """The first notice of the provider can never be published."""
        from mahis.gateways.ebox import Ebox, Problem, Refused

        first, *others = notices_of(many.stage.provider)
        publish = Ebox.publish

        async def refuse_one(self, message):
            if str(message.idempotency_key) == first:
                return Refused(problem=Problem.BAD_REQUEST, detail="status 400 subject")
            return await publish(self, message)

        monkeypatch.setattr(Ebox, "publish", refuse_one)
        many.deliver()
        given_up = only(notice=first)
        assert (given_up.state, given_up.problem) == (DeliveryState.FAILED, "badRequest")
        assert given_up.detail == "status 400 subject"
        assert many.order(many.stage.provider) == others
        assert many.states() == {"delivered": 19, "failed": 1}


class TestAnEboxThatIsAway:
    def test_costs_no_notice_its_tries_and_gets_all_when_it_is_back(self, office):
        stage = office.stage
        has_account(stage.client)
        for _ in range(4):
            stage.draw("several")
        with office.open():
            pass
        with at_work(office.worker()):
            until(lambda: only(notice=notices_of(stage.client)[0]).problem == "unreachable")
            threading.Event().wait(1.5)
            assert office.states() == {"waiting": 8}
            assert {row.attempts for row in models.Delivery.objects.all()} == {0}
            with office.open():
                until(lambda: office.states() == {"delivered": 8})
                for party in (stage.client, stage.provider):
                    assert office.order(party) == notices_of(party)

    def test_holds_no_letter_up(self, office):
        stage = office.stage
        seated(stage.client)
        stage.draw("several")
        with office.open():
            pass
        with at_work(office.worker()):
            until(lambda: only(recipient=stage.provider).problem == "unreachable")
            stage.draw("several")
            until(lambda: models.Letter.objects.count() == 2)

    def test_that_refuses_everybody_is_not_held_against_the_notices(self, open_office):
        stage = open_office.stage
        has_account(stage.client)
        for seed in range(20):
            provider, _ = _provider(100 + seed)
            stage.draw("several", other=provider)
        open_office.changes = {"message_type": "NeverAgreedOn"}
        with at_work(open_office.worker()):
            until(lambda: open_office.states().get("failed", 0) >= 5)
            threading.Event().wait(1)
        assert open_office.states()["failed"] <= 8
        assert open_office.states()["waiting"] >= 32


def _provider(seed):
    from tests.integration.usecases import scene

    return scene.another_provider(seed)


class TestSeveralWorkers:
    def test_bring_everything_once_and_in_order(self, open_office):
        stage = open_office.stage
        has_account(stage.client)
        providers = [stage.provider]
        with at_work(*(open_office.worker() for _ in range(3))):
            for seed in range(6):
                provider, _ = _provider(200 + seed)
                providers.append(provider)
            for place in range(40):
                stage.draw("several", other=providers[place % len(providers)])
            until(lambda: open_office.states() == {"delivered": 80})
        counts = open_office.control.counts()
        assert counts["accepted"] == 80
        assert counts["repeats"] == 0
        for party in (stage.client, *providers):
            assert open_office.order(party) == notices_of(party)


class TestTheEnd:
    def test_lets_what_is_on_its_way_arrive_and_gives_the_rest_back(self, open_office):
        stage = open_office.stage
        for _ in range(5):
            stage.draw("several")
        open_office.control.fail("slow", count=1, milliseconds=600)
        with at_work(open_office.worker()):
            until(lambda: models.Delivery.objects.exclude(leased_by="").exists())
            threading.Event().wait(0.2)
        assert len(open_office.arrived()) == 1
        rows = models.Delivery.objects.filter(recipient=stage.provider)
        states = [row.state for row in rows.order_by("number")]
        assert states == [DeliveryState.DELIVERED] + [DeliveryState.WAITING] * 4
        assert {row.leased_by for row in rows} == {""}
        assert {row.attempts for row in rows} == {0}


class TestADatabase:
    def test_that_cuts_workers_off_again_and_again_loses_nothing(self, open_office):
        stage = open_office.stage
        has_account(stage.client)
        for _ in range(30):
            stage.draw("several")
        with (
            psycopg.connect(open_office.database, autocommit=True) as admin,
            at_work(open_office.worker(), open_office.worker()),
        ):
            admin.execute("SET ROLE NONE")
            pause = threading.Event()
            for _ in range(8):
                pause.wait(0.1)
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                    " datname = current_database() AND pid <> pg_backend_pid()"
                    " AND query LIKE '%store_delivery%'"
                )
            count = "SELECT count(*) FROM store_delivery WHERE state <> 'delivered'"
            until(lambda: admin.execute(count).fetchone() == (0,))
        counts = open_office.control.counts()
        assert counts["accepted"] == 60


class TestWhatIsTold:
    def test_names_no_person_in_any_log(self, open_office, caplog):
        stage = open_office.stage
        stage.draw("several")
        open_office.control.fail("error-before", count=1)
        with at_work(open_office.worker()):
            until(lambda: only(recipient=stage.provider).state is DeliveryState.DELIVERED)
        assert "serverFault" in caplog.text
        for text in (stage.director.person.insz.digits, stage.director.person.family_name):
            assert text not in caplog.text

    def test_says_to_act_only_to_whom_it_waits_for(self, open_office):
        stage = open_office.stage
        has_account(stage.client)
        open_office.changes = {"action_message_type": "MahisAction"}
        stage.draw("several", signing=True)
        open_office.deliver()
        kinds = {row["type"] for row in _messages(open_office)}
        assert kinds == {"MahisNotice", "MahisAction"}
        awaited = models.Notice.objects.get(must_act=True)
        assert (awaited.side, awaited.telling) == (Side.MANDATARY, Telling.SIGNED_BY_ONE)
