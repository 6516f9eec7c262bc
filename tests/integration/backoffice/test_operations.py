"""The officers' screen of clock and deliveries: what is late, what was given up, sending again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from mahis.backoffice import job_words, problem_words
from mahis.domain.deliveries import DeliveryState
from mahis.domain.jobs import JobOutcome
from mahis.domain.letters import AddressProblem
from mahis.domain.notices import Channel
from mahis.gateways.ebox import Problem
from mahis.jobs import registry
from mahis.queries import operations
from mahis.queries.operations import OperationsAreForOfficers
from mahis.store import models
from mahis.usecases import send_notices
from mahis.web import clock
from tests.factories import roads
from tests.integration.portal.people import as_

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def page(actor, query="", language="en"):
    client = as_(actor)
    client.cookies["mahis_language"] = language
    answer = client.get(reverse("backoffice:operations") + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(actor, **fields):
    return as_(actor).post(reverse("backoffice:send_again"), fields)


def row_of(page, title):
    """Give the row of a table that names something."""
    (found,) = [row for row in page.split("<tr")[1:] if title in row.split("</th>")[0]]
    return found.split("</tr>")[0]


@pytest.fixture
def told(cast):
    """Give the numbers of the deliveries of two notices, to the mandator by post first."""
    roads.drawn_up(cast.accountant, cast.director, "several")
    return list(models.Delivery.objects.order_by("number").values_list("number", flat=True))


@pytest.fixture
def given_up(told):
    """Give the same, given up for two reasons."""
    for number, problem in zip(told, ("fault", "forbidden"), strict=True):
        models.Delivery.objects.filter(pk=number).update(
            state=DeliveryState.FAILED,
            problem=problem,
            detail="status 403",
            channel=Channel.EBOX,
            attempts=12,
            tried_at=clock.now() - HOUR,
        )
    return told


def ran(name, *, ago=HOUR, outcome=JobOutcome.SUCCEEDED, due=HOUR, **more):
    """Record the last run of a job, and when it is due."""
    finished = clock.now() - ago
    models.JobRun.objects.update_or_create(
        name=name,
        defaults={
            "started_at": finished,
            "finished_at": finished,
            "succeeded_at": finished,
            "outcome": outcome,
            "next_at": clock.now() + due,
            **more,
        },
    )


class TestTheJobs:
    def test_say_what_they_do_and_what_they_did(self, cast):
        ran("expire", result={"mandates": 12})
        row = row_of(page(cast.officer), "Record what expired")
        assert "tells both parties" in row
        assert "In order" in row
        assert "12 mandates" in row
        assert "23 November 2026 at 10:00" in row
        assert "23 November 2026 at 12:00" in row

    def test_say_first_what_matters_most(self, cast):
        ran("pack-letters", result={"pages": 151, "batches": 1, "letters": 140})
        assert "1 batch, 140 letters, 151 pages" in row_of(page(cast.officer), "Pack letters")

    def test_that_had_nothing_to_do_say_so(self, cast):
        ran("expire", result={"mandates": 0})
        assert "Nothing was to be done" in row_of(page(cast.officer), "Record what expired")

    def test_that_failed_say_why_and_stand_first(self, cast):
        ran("expire")
        ran(
            "refresh-trust",
            outcome=JobOutcome.FAILED,
            problem="someLeftOut",
            failures=3,
            succeeded_at=None,
        )
        shown = page(cast.officer)
        row = row_of(shown, "Renew trusted lists")
        assert "Failed" in row
        assert "the log of the service names them" in row
        assert "failed 3 times in a row" in row
        assert "Never" in row
        assert shown.index("Renew trusted lists") < shown.index("Record what expired")

    def test_that_are_late_are_told_above_all(self, cast):
        ran("expire", ago=26 * HOUR, due=-2 * HOUR)
        shown = page(cast.officer)
        assert "The service may be standing still" in shown
        assert "1 job should have run" in shown
        assert "Late" in row_of(shown, "Record what expired")

    def test_that_run_say_since_when(self, cast):
        ran("expire", due=-HOUR, started_at=clock.now())
        shown = page(cast.officer)
        assert "since 23 November 2026 at 11:00" in row_of(shown, "Record what expired")
        assert "standing still" not in shown

    def test_of_another_version_are_shown_by_their_names(self, cast):
        ran("of-tomorrow", result={"wonders": 3})
        row = row_of(page(cast.officer), "of-tomorrow")
        assert "wonders: 3" in row

    def test_that_never_ran_at_all_are_told_of(self, cast):
        assert "The clock has never run" in page(cast.officer)

    def test_have_words_for_each_and_for_all_that_they_count(self):
        assert set(job_words.JOBS) == {job.name for job in registry.JOBS}


class TestTheDeliveries:
    def test_are_counted_with_the_oldest_that_waits(self, cast, told):
        models.Notice.objects.filter(delivery=told[0]).update(created_at=clock.now() - 5 * HOUR)
        models.Delivery.objects.filter(pk=told[1]).update(problem="timeout", attempts=1)
        shown = page(cast.officer)
        assert "was written 5 hours ago" in shown
        assert "1 of them was tried already" in shown
        found = operations.deliveries(actor=cast.officer, at=clock.now())
        assert (found.waiting, found.tried, found.given_up) == (2, 1, 0)

    def test_that_wait_for_an_address_are_counted_apart(self, cast, told):
        first = models.Delivery.objects.get(pk=told[0])
        models.UnaddressedNotice.objects.create(
            notice=first.notice,
            recipient_id=first.recipient_id,
            problem=AddressProblem.MISSING,
            since=clock.now(),
            tried_at=clock.now(),
        )
        found = operations.deliveries(actor=cast.officer, at=clock.now())
        assert (found.waiting, found.unaddressed) == (1, 1)
        assert f'href="{reverse("backoffice:letters")}#addresses"' in page(cast.officer)

    def test_of_the_last_day_are_counted_and_no_older_ones(self, cast, told):
        for number, ago in zip(told, (23, 25), strict=True):
            models.Delivery.objects.filter(pk=number).update(
                state=DeliveryState.DELIVERED, delivered_at=clock.now() - ago * HOUR
            )
        found = operations.deliveries(actor=cast.officer, at=clock.now())
        assert (found.delivered, found.waiting, found.oldest) == (1, 0, None)

    def test_are_in_order_where_nothing_is_wrong(self, cast):
        assert "Given up" in page(cast.officer)
        assert 'id="given-up"' not in page(cast.officer)


class TestWhatWasGivenUp:
    def test_is_shown_with_why_to_whom_and_about_what(self, cast, given_up):
        shown = page(cast.officer)
        assert "The e-Box does not let this service write to the enterprise." in shown
        assert "The service made an error. Its log says where." in shown
        assert "status 403" in shown
        assert cast.client.screen in shown
        reference = models.Authorisation.objects.get().reference
        assert reverse("backoffice:authorisation", args=[reference]) in shown
        notice = models.Delivery.objects.get(pk=given_up[0]).notice_id
        assert reverse("backoffice:notice", args=[notice]) in shown

    def test_is_counted_in_the_menu(self, cast, given_up):
        entry = page(cast.officer).split(f'href="{reverse("backoffice:operations")}"', 1)[1]
        assert "2" in entry.split("</a>", 1)[0]

    def test_is_sent_again_one_by_one(self, cast, given_up):
        answer = post(cast.officer, number=given_up[:1])
        assert answer.headers["Location"].endswith("?again=1")
        assert "1 notice is on its way again" in page(cast.officer, "?again=1")
        first, second = (models.Delivery.objects.get(pk=number) for number in given_up)
        assert (first.state, first.attempts) == (DeliveryState.WAITING, 0)
        assert second.state is DeliveryState.FAILED

    def test_is_sent_again_by_post_where_asked_for(self, cast, given_up):
        post(cast.officer, number=given_up, by="post")
        rows = models.Delivery.objects.filter(pk__in=given_up)
        assert {row.channel for row in rows} == {Channel.POST}

    def test_for_one_reason_is_sent_again_all_at_once(self, cast, given_up, monkeypatch):
        monkeypatch.setattr("mahis.usecases.send_notices.sending_again._AT_ONCE", 1)
        models.Delivery.objects.update(problem="forbidden")
        answer = post(cast.officer, problem="forbidden")
        assert answer.headers["Location"].endswith("?again=2")
        assert not models.Delivery.objects.filter(state=DeliveryState.FAILED).exists()

    def test_keeps_who_had_it_sent_again_and_what_was_wrong(self, cast, given_up):
        post(cast.officer, number=given_up[1:])
        kept = models.SendingAgain.objects.get()
        assert (kept.delivery_id, kept.person) == (given_up[1], cast.officer.person.insz)
        assert (kept.at, kept.problem) == (clock.now(), "forbidden")
        models.Delivery.objects.filter(pk=given_up[1]).update(
            state=DeliveryState.FAILED, problem="timeout"
        )
        assert f"Sent again by {cast.officer.person.name}" in page(cast.officer)

    def test_says_where_nothing_was_ticked_or_nothing_had_to_be_done(self, cast, given_up):
        answer = post(cast.officer)
        assert answer.headers["Location"].endswith("?again=none")
        assert "Nothing was chosen" in page(cast.officer, "?again=none")
        post(cast.officer, number=given_up)
        models.Delivery.objects.update(leased_until=clock.now() + HOUR, leased_by="worker")
        assert post(cast.officer, number=given_up).headers["Location"].endswith("?again=0")
        assert "Nothing had to be sent again" in page(cast.officer, "?again=0")

    @pytest.mark.parametrize(
        "number", ["", "x", "-1", "9" * 19, "1e3", "٣", "0x1", "1; DROP TABLE store_delivery"]
    )
    def test_takes_no_nonsense_for_a_number(self, cast, given_up, number):
        answer = post(cast.officer, number=number)
        assert answer.status_code == 302
        assert models.Delivery.objects.filter(state=DeliveryState.FAILED).count() == 2

    def test_takes_no_nonsense_for_a_reason(self, cast, given_up):
        answer = post(cast.officer, problem="\x00'")
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith("?again=0")

    @pytest.mark.parametrize("query", ["?again=x", "?again=" + "9" * 50, "?again=-1"])
    def test_is_shown_whatever_stands_in_the_address(self, cast, query):
        page(cast.officer, query)

    def test_is_sent_again_by_nobody_who_only_consults(self, cast, auditor, given_up):
        shown = page(auditor)
        assert "given-up" in shown
        assert reverse("backoffice:send_again") not in shown
        assert 'type="checkbox"' not in shown
        assert post(auditor, number=given_up).status_code == 403
        assert models.Delivery.objects.filter(state=DeliveryState.FAILED).count() == 2
        assert not models.SendingAgain.objects.exists()


class TestThePage:
    def test_is_for_officers(self, companies, cast):
        for actor in companies:
            assert as_(actor).get(reverse("backoffice:operations")).status_code == 403
            for query in (operations.jobs, operations.deliveries):
                with pytest.raises(OperationsAreForOfficers):
                    query(actor=actor, at=clock.now())
            with pytest.raises(OperationsAreForOfficers):
                operations.given_up(actor=actor, language="en")
            with pytest.raises(OperationsAreForOfficers):
                operations.reasons(actor=actor)
            with pytest.raises(OperationsAreForOfficers):
                operations.count_given_up(actor=actor)
            with pytest.raises(send_notices.OnlyOfficersSendAgain):
                send_notices.send_all_again(actor=actor, problem="fault", at=clock.now())

    def test_names_no_national_number(self, cast, given_up, national_numbers):
        post(cast.officer, number=given_up)
        models.Delivery.objects.update(state=DeliveryState.FAILED, problem="fault")
        ran("expire", problem="ValueError", failures=1, outcome=JobOutcome.FAILED)
        shown = page(cast.officer)
        assert not [number for number in national_numbers() if number in shown]

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("fr", ("Exploitation", "Enregistrer ce qui a expiré", "12 mandats")),
            ("nl", ("Werking", "Vastleggen wat vervallen is", "12 mandaten")),
            ("de", ("Betrieb", "Verfallenes festhalten", "12 Vollmachten")),
        ],
    )
    def test_speaks_every_language(self, cast, given_up, language, words):
        ran("expire", result={"mandates": 12})
        shown = page(cast.officer, language=language)
        assert [word for word in words if word not in shown] == []


class TestAProblem:
    @pytest.mark.parametrize("problem", [*Problem, "unwritable", "fault"])
    def test_of_a_delivery_has_words(self, problem):
        assert (
            problem.value if isinstance(problem, Problem) else problem in problem_words.DELIVERIES
        )
        # In German no word can be taken for a code, as "certificate" can in English.
        with translation.override("de"):
            assert str(problem) not in problem_words.of_delivery(str(problem))

    def test_that_nobody_knows_is_named(self):
        assert "ZeroDivisionError" in problem_words.of_job("ZeroDivisionError")
        assert "ofTomorrow" in problem_words.of_delivery("ofTomorrow")

    def test_of_the_lists_is_told_to_those_who_watch_the_clock(self):
        with translation.override("en"):
            assert "mahis trust status" in problem_words.of_job("trustUnavailable")

    def test_that_is_a_refusal_is_explained_as_one(self):
        with translation.override("en"):
            assert "left out" in problem_words.of_job("someLeftOut")
