"""The migration that brought deliveries: what waited before it is on its way after it."""

import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from mahis.domain.deliveries import DeliveryState
from mahis.store import models
from tests import databases
from tests.integration.usecases import scene


@pytest.fixture
def owned_db(committed_db):
    """The same database as whoever made it sees it, who can migrate it."""
    parts = urlsplit(committed_db)
    query = {name: value for name, value in parse_qsl(parts.query) if name != "options"}
    url = parts._replace(query=urlencode(query)).geturl()
    with databases.pointed_at(url):
        yield url


def test_every_notice_of_before_gets_one_delivery_in_the_order_of_writing(owned_db):
    stage = scene.set_up()
    stage.active("several")
    stage.draw("single", on=scene.DAY + datetime.timedelta(days=1))
    before = list(models.Notice.objects.order_by("delivery__number").values_list("pk", "channel"))
    call_command("migrate", "store", "0005", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('store_delivery')")
        assert cursor.fetchone() == (None,)
    call_command("migrate", "store", verbosity=0)
    rows = list(models.Delivery.objects.order_by("number"))
    assert [row.notice_id for row in rows] == [notice for notice, _ in before]
    assert {row.state for row in rows} == {DeliveryState.WAITING}
    assert [row.channel for row in rows] == [channel for _, channel in before]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("state = 'lost'", "delivery_state_is_known"),
        ("channel = 'pigeon'", "delivery_channel_is_known"),
        ("attempts = -1", "delivery_attempts_are_counted"),
        ("leased_by = 'one'", "delivery_is_leased_by_somebody_while_it_waits"),
        ("leased_until = now()", "delivery_is_leased_by_somebody_while_it_waits"),
        ("state = 'delivered'", "delivery_has_its_time_once_delivered"),
        ("delivered_at = now()", "delivery_has_its_time_once_delivered"),
        ("state = 'failed'", "delivery_given_up_says_why"),
        (
            "state = 'delivered', delivered_at = now(), leased_by = 'one', leased_until = now()",
            "delivery_is_leased_by_somebody_while_it_waits",
        ),
    ],
)
def test_a_delivery_is_never_what_it_cannot_be(db, changes, constraint):
    scene.set_up().draw("several")
    with connection.cursor() as cursor, pytest.raises(Exception, match=constraint) as raised:
        cursor.execute(f"UPDATE store_delivery SET {changes}")
    assert isinstance(raised.value.__cause__, psycopg.errors.CheckViolation)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("authorisation_id = NULL", "notice_is_about_an_authorisation_or_a_provider"),
        ("history_number = NULL", "notice_tells_of_a_step_or_warns_of_a_day"),
        ("warns_of = '2027-01-01', days_before = 7", "notice_tells_of_a_step_or_warns_of_a_day"),
        ("telling = 'endsSoon'", "notice_tells_of_a_step_or_warns_of_a_day"),
        ("telling = 'providerLapsesSoon'", "notice_"),
    ],
)
def test_a_notice_tells_of_a_step_or_warns_of_a_day(db, changes, constraint):
    scene.set_up().draw("several")
    with connection.cursor() as cursor, pytest.raises(Exception, match=constraint) as raised:
        cursor.execute(f"UPDATE store_notice SET {changes}")
    assert isinstance(raised.value.__cause__, psycopg.errors.CheckViolation)
