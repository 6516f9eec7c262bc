"""The numbers for machines: for whoever has the token, and about nobody."""

import datetime
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.test import Client

from mahis.config import environment
from mahis.domain.deliveries import DeliveryState
from mahis.domain.jobs import JobOutcome
from mahis.queries import operations
from mahis.store import models
from mahis.web import clock
from tests.factories import roads
from tests.integration.portal import people

pytestmark = pytest.mark.django_db

TOKEN = "t" * 40
NOW = datetime.datetime(2026, 11, 23, 11, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
LINE = re.compile(r'(mahis_[a-z_]+(?:\{[a-z]+="[a-z_-]+"\})?) (-?[0-9.e+]+)')


@pytest.fixture(autouse=True)
def _token(settings, monkeypatch):
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


def asked(token=TOKEN, path="/metrics"):
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return Client(headers=headers).get(path)


def measured():
    answer = asked()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert answer.content.endswith(b"\n")
    found = {}
    for line in lines:
        if not line.startswith("#"):
            match = LINE.fullmatch(line)
            assert match, line
            found[match[1]] = float(match[2])
    return found


def test_say_how_far_notices_are():
    cast = people.gather()
    for _ in range(3):
        roads.drawn_up(cast.accountant, cast.director, "several")
    numbers = list(models.Delivery.objects.order_by("number").values_list("number", flat=True))
    for number, changes in zip(
        numbers,
        (
            {"problem": "timeout", "attempts": 1},
            {"state": DeliveryState.FAILED, "problem": "forbidden"},
            {"state": DeliveryState.DELIVERED, "delivered_at": NOW - HOUR},
        ),
        strict=False,
    ):
        models.Delivery.objects.filter(pk=number).update(**changes)
    models.Notice.objects.filter(delivery=numbers[0]).update(created_at=NOW - 2 * HOUR)
    found = measured()
    assert found['mahis_deliveries{state="waiting"}'] == 3
    assert found['mahis_deliveries{state="tried"}'] == 1
    assert found['mahis_deliveries{state="given_up"}'] == 1
    assert found["mahis_deliveries_oldest_waiting_seconds"] == 7200
    assert found["mahis_deliveries_delivered_last_day"] == 1


def test_say_how_the_clock_is():
    models.JobRun.objects.create(
        name="expire",
        started_at=NOW,
        finished_at=NOW,
        succeeded_at=NOW - HOUR,
        outcome=JobOutcome.FAILED,
        problem="fault",
        failures=2,
        next_at=NOW + HOUR,
    )
    models.JobRun.objects.create(name="close-ended", next_at=NOW)
    found = measured()
    success = "mahis_job_last_success_timestamp_seconds"
    assert found[f'{success}{{job="expire"}}'] == (NOW - HOUR).timestamp()
    assert f'{success}{{job="close-ended"}}' not in found
    assert found['mahis_job_next_run_timestamp_seconds{job="expire"}'] == (NOW + HOUR).timestamp()
    assert found['mahis_job_failures{job="expire"}'] == 2
    assert found['mahis_job_failures{job="close-ended"}'] == 0


def test_are_there_before_anything_ever_happened():
    assert measured()["mahis_deliveries_oldest_waiting_seconds"] == 0


def test_are_explained_line_by_line():
    lines = asked().content.decode().splitlines()
    names = {line.split(" ")[2] for line in lines if line.startswith("# HELP")}
    assert names == {line.split(" ")[2] for line in lines if line.startswith("# TYPE")}
    assert {re.split(r"[{ ]", line)[0] for line in lines if line[0] != "#"} <= names


@pytest.mark.parametrize("token", [None, "", "t" * 39, "t" * 41, "é" * 40, "T" * 40])
def test_are_given_to_nobody_without_the_token(token):
    answer = asked(token)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.content == b""


def test_are_given_to_nobody_under_another_scheme():
    assert Client(headers={"Authorization": f"Basic {TOKEN}"}).get("/metrics").status_code == 401
    assert Client(headers={"Authorization": TOKEN}).get("/metrics").status_code == 401


@pytest.mark.parametrize("token", [None, "", TOKEN])
def test_do_not_exist_where_no_token_is_set(settings, token):
    settings.METRICS_TOKEN = ""
    assert asked(token).status_code == 404


def test_are_only_looked_at():
    assert Client(headers={"Authorization": f"Bearer {TOKEN}"}).post("/metrics").status_code == 405


def test_are_not_kept_by_anybody():
    assert "no-store" in asked().headers["Cache-Control"]


def test_without_a_database_say_so(monkeypatch):
    def gone(*, at):
        raise DatabaseError

    monkeypatch.setattr(operations, "count_deliveries", gone)
    assert asked().status_code == 503


class TestTheToken:
    @pytest.mark.parametrize("token", ["a" * 32, "a-b.c_d~e+f/" * 3, "b" * 40 + "=="])
    def test_is_taken_as_it_is(self, monkeypatch, token):
        monkeypatch.setenv("MAHIS_METRICS_TOKEN", token)
        assert environment.metrics_token() == token

    @pytest.mark.parametrize("token", ["short", "a" * 31, "with spaces " * 5, "é" * 40])
    def test_that_could_be_guessed_or_not_be_sent_is_refused(self, monkeypatch, token):
        monkeypatch.setenv("MAHIS_METRICS_TOKEN", token)
        with pytest.raises(ImproperlyConfigured, match="MAHIS_METRICS_TOKEN") as refused:
            environment.metrics_token()
        assert token not in str(refused.value)
