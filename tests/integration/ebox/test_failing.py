"""An e-Box that fails: nothing is lost, published twice, or taken for granted."""

import asyncio
import dataclasses
import datetime
import email.utils
import logging
import time
import uuid

import pytest
from aiohttp import web

from mahis.gateways.ebox import (
    AlreadyPublished,
    Ebox,
    Preference,
    Problem,
    Published,
    Refused,
    TryAgain,
)
from mahis.standins.ebox.certificates import Tls
from mahis.standins.ebox.server import running
from tests.integration.ebox.playing import (
    OTHER,
    RECIPIENT,
    Control,
    message,
    publish,
    publish_one,
    settings,
)


def twice(told, sent=None):
    """Publish a message, and publish it again as whoever is told to try again does."""
    sent = sent or message()
    return publish(told, sent, sent)


def asked(told, *numbers):
    async def work():
        async with Ebox(told) as ebox:
            return [await ebox.preferences(each) for each in numbers]

    return asyncio.run(work())


# -- each kind of failure


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("error-before", Problem.SERVER_FAULT),
        ("too-many", Problem.TOO_MANY),
        ("drop", Problem.CONNECTION_LOST),
        ("timeout", Problem.TIMEOUT),
    ],
)
def test_what_was_not_accepted_is_published_by_the_next_try(told, control, kind, problem):
    control.fail(kind)
    first, second = twice(dataclasses.replace(told, timeout_seconds=1))
    assert isinstance(first, TryAgain)
    assert first.problem is problem
    assert isinstance(second, Published)
    assert (control.counts()["accepted"], control.counts()["repeats"]) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("error-after", Problem.SERVER_FAULT),
        ("drop-after", Problem.CONNECTION_LOST),
        ("hang", Problem.TIMEOUT),
    ],
)
def test_what_was_accepted_without_an_answer_is_not_published_twice(told, control, kind, problem):
    control.fail(kind)
    first, second = twice(dataclasses.replace(told, timeout_seconds=1))
    assert isinstance(first, TryAgain)
    assert first.problem is problem
    assert second == AlreadyPublished()
    assert (control.counts()["accepted"], control.counts()["repeats"]) == (1, 1)


def test_a_conflict_counts_as_delivered_as_the_message_lies_there(told, control):
    control.fail("conflict")
    assert publish_one(told) == AlreadyPublished()
    assert control.counts()["accepted"] == 1


def test_an_answer_that_comes_late_but_in_time_counts(told, control):
    control.fail("slow", milliseconds=300)
    begun = time.monotonic()
    assert isinstance(publish_one(told), Published)
    assert time.monotonic() - begun >= 0.3


def test_whoever_is_asked_to_wait_is_told_how_long(told, control):
    control.fail("too-many", retryAfter=17)
    outcome = publish_one(told)
    assert isinstance(outcome, TryAgain)
    assert outcome.retry_after == 17


def test_a_share_of_failures_by_the_same_seed_falls_the_same_way(told, control):
    def fates():
        control.clear()
        control.fail_a_share("error-before", 0.5, seed=7)
        return [
            isinstance(each, Published) for each in publish(told, *(message() for _ in "a" * 12))
        ]

    first, second = fates(), fates()
    assert first == second
    assert set(first) == {True, False}


def test_failures_by_count_end_and_others_last(control, told):
    control.fail("error-before", count=2)
    outcomes = publish(told, message(), message(), message())
    assert [isinstance(each, Published) for each in outcomes] == [False, False, True]
    assert control.failures() == []


def test_those_who_wait_for_ever_do_not_keep_the_e_box_from_stopping(setup, keys, tmp_path):
    with running(folder=tmp_path / "box", setup=setup) as practice:
        Control(practice).fail("timeout")

        async def work():
            async with Ebox(settings(practice, keys)) as ebox:
                hanging = asyncio.create_task(ebox.publish(message()))
                await asyncio.sleep(0.3)
                await ebox.close()
                return await hanging

        outcome = asyncio.run(work())
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    assert isinstance(outcome, TryAgain)


def test_a_client_that_is_closed_publishes_nothing(told, control):
    async def work():
        ebox = Ebox(told)
        await ebox.publish(message())
        await ebox.close()
        return await ebox.publish(message())

    assert isinstance(asyncio.run(work()), TryAgain)
    assert control.counts()["accepted"] == 1


def test_many_are_under_way_at_once_but_no_more_than_set(told, control):
    control.fail("slow", count=6, milliseconds=300)

    async def work(at_once):
        async with Ebox(dataclasses.replace(told, at_once=at_once)) as ebox:
            begun = time.monotonic()
            await asyncio.gather(*(ebox.publish(message()) for _ in range(3)))
            return time.monotonic() - begun

    assert asyncio.run(work(1)) > 0.9
    assert asyncio.run(work(3)) < 0.9


# -- certificates


@pytest.fixture
def over_tls(setup, tmp_path):
    def start(kind):
        secure = dataclasses.replace(setup, tls=kind)
        return running(folder=tmp_path / "box", setup=secure)

    return start


def test_the_right_certificate_is_taken(over_tls, keys):
    with over_tls(Tls.RIGHT) as practice:
        told = settings(practice, keys, allow_http=False, ca_file=practice.ca_file)
        assert isinstance(publish_one(told), Published)


@pytest.mark.parametrize("kind", [Tls.WRONG_NAME, Tls.EXPIRED, Tls.UNKNOWN_ISSUER])
def test_a_wrong_certificate_gets_neither_token_nor_message(over_tls, keys, kind, caplog):
    with over_tls(kind) as practice:
        outcome = publish_one(settings(practice, keys, ca_file=practice.ca_file))
    assert isinstance(outcome, TryAgain)
    assert outcome.problem is Problem.CERTIFICATE
    assert any(
        record.levelno == logging.ERROR and "certificate" in record.getMessage()
        for record in caplog.records
    )


def test_an_authority_of_nobody_s_is_not_taken(over_tls, keys):
    with over_tls(Tls.RIGHT) as practice:
        outcome = publish_one(settings(practice, keys))
    assert isinstance(outcome, TryAgain)
    assert outcome.problem is Problem.CERTIFICATE


def test_nobody_at_the_address_is_another_try(setup, keys, tmp_path):
    with running(folder=tmp_path / "box", setup=setup) as practice:
        pass
    outcome = publish_one(settings(practice, keys))
    assert isinstance(outcome, TryAgain)
    assert outcome.problem is Problem.UNREACHABLE


# -- answers that no contract knows, from a server that says whatever it is told


class _Answers:
    """Gives tokens, and one answer to everything else."""

    def __init__(self, answer) -> None:
        self._answer = answer
        self.address = self.token_url = ""

    async def __aenter__(self):
        application = web.Application()
        application.router.add_post("/token", self._token)
        application.router.add_route("*", "/{path:.*}", self._other)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.token_url = f"{self.address}/token"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _token(self, _):
        return web.json_response({"access_token": "t", "token_type": "Bearer", "expires_in": 60})

    async def _other(self, _):
        answer = self._answer
        return answer() if callable(answer) else web.Response(**answer)


def answered(keys, answer, ask=lambda ebox: ebox.publish(message())):
    async def work():
        async with _Answers(answer) as server, Ebox(settings(server, keys)) as ebox:
            return await ask(ebox)

    return asyncio.run(work())


STRANGE = {
    "200": {"status": 200, "text": '{"messageId": "a"}'},
    "202": {"status": 202, "text": '{"messageId": "a"}'},
    "204": {"status": 204},
    "201 without anything": {"status": 201},
    "201 with words": {"status": 201, "text": "created"},
    "201 with a list": {"status": 201, "text": "[]"},
    "201 without a name": {"status": 201, "text": '{"messageId": 1}'},
    "201 without an end": {"status": 201, "text": "[" * 100_000},
    "201 with too much": {"status": 201, "body": b" " * 2**19},
    "302": {"status": 302, "headers": {"Location": "/elsewhere"}},
    "303": {"status": 303, "headers": {"Location": "http://127.0.0.1:9/"}},
    "404": {"status": 404},
    "405": {"status": 405},
    "410": {"status": 410},
    "415": {"status": 415},
    "418": {"status": 418, "text": '{"code": "Jan Peeters, 12 rue X"}'},
}


@pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE.keys())
def test_an_answer_that_no_contract_knows_is_never_taken_for_delivered(keys, answer):
    outcome = answered(keys, answer)
    assert isinstance(outcome, TryAgain)
    assert outcome.problem is Problem.ANSWER_UNKNOWN
    assert "Peeters" not in outcome.detail


@pytest.mark.parametrize(
    ("status", "problem"),
    [(400, Problem.BAD_REQUEST), (403, Problem.FORBIDDEN), (413, Problem.TOO_LARGE)],
)
def test_a_refusal_is_for_good_and_names_the_field(keys, status, problem):
    told = '{"code": "INVALID_INPUT", "issues": [{"name": "subject.en", "detail": "no"}]}'
    outcome = answered(keys, {"status": status, "text": told})
    assert outcome == Refused(problem=problem, detail=f"status {status} INVALID_INPUT subject.en")


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("5", 5, 5),
        ("99999999", 86_400, 86_400),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0, 0),
    ],
    ids=["seconds", "too many seconds", "a moment long past"],
)
def test_the_time_to_wait_is_read_in_both_forms(keys, text, lowest, highest):
    outcome = answered(keys, {"status": 503, "headers": {"Retry-After": text}})
    assert isinstance(outcome, TryAgain)
    assert outcome.problem is Problem.SERVER_FAULT
    assert outcome.retry_after is not None
    assert lowest <= outcome.retry_after <= highest


def test_the_time_to_wait_can_be_a_moment_to_come(keys):
    moment = datetime.datetime.fromtimestamp(time.time() + 1000, tz=datetime.UTC)
    text = email.utils.format_datetime(moment, usegmt=True)
    outcome = answered(keys, {"status": 503, "headers": {"Retry-After": text}})
    assert isinstance(outcome, TryAgain)
    assert outcome.retry_after is not None
    assert 900 <= outcome.retry_after <= 1000


@pytest.mark.parametrize("text", ["", "soon", "-1", "1.5", "\u0661", "9" * 400])
def test_a_time_to_wait_that_cannot_be_read_is_none_or_bounded(keys, text):
    headers = {"Retry-After": text} if text.isascii() else {}
    outcome = answered(keys, {"status": 429, "headers": headers})
    assert isinstance(outcome, TryAgain)
    assert outcome.retry_after in {None, 86_400}


# -- preferences


def test_preferences_tell_apart_who_reads_who_never_did_and_who_has_none(told, control):
    control.box(OTHER, state="never", exclusively=True)
    read, never = asked(told, RECIPIENT, OTHER)
    control.box(OTHER, state="none")
    (none,) = asked(told, OTHER)
    assert read == Preference(
        enterprise=RECIPIENT,
        exists=True,
        last_connection=datetime.datetime(2026, 1, 5, 8, 30, tzinfo=datetime.UTC),
    )
    assert never == Preference(enterprise=OTHER, exists=True, exclusively=True)
    assert none == Preference(enterprise=OTHER, exists=False)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 404},
        {"status": 404, "text": "<h1>Not found</h1>"},
        {"status": 200, "text": "{}"},
        {"status": 500},
        {"status": 401},
    ],
)
def test_an_answer_that_tells_no_preference_is_another_try(keys, answer):
    found = answered(keys, answer, lambda ebox: ebox.preferences(RECIPIENT))
    assert isinstance(found, TryAgain)


def test_a_recipient_who_never_looked_is_told_apart(told, control):
    control.box(RECIPIENT, state="never")
    outcome = publish_one(told)
    assert isinstance(outcome, Published)
    assert not outcome.digital


# -- what is never logged


def test_nothing_that_a_message_says_is_logged(told, control, caplog):
    caplog.set_level(logging.DEBUG)
    control.fail("error-after")
    sent = message(
        idempotency_key=uuid.uuid4(), subject="Sujet secret", body_html="<p>Corps secret</p>"
    )
    twice(told, sent)
    assert str(sent.idempotency_key) in caplog.text
    for word in ("secret", "Bearer", "eyJ"):
        assert word not in caplog.text
    assert "secret" not in repr(sent)
