"""Tokens: what the practice e-Box asks of those who come, and how our client keeps its own."""

import asyncio
import dataclasses
import logging
import shutil
import time
import uuid

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from mahis.gateways.ebox import Ebox, EboxMisconfigured, Problem, Published, Refused, TryAgain
from mahis.gateways.ebox import keys as ebox_keys
from mahis.gateways.ebox.settings import PREFERENCE_SCOPE, SEND_SCOPE
from mahis.standins.ebox.server import running
from mahis.standins.trust.keys import as_pem
from tests.integration.ebox.playing import Control, message, publish, publish_one, settings


def claims(practice, **changes):
    now = int(time.time())
    usual = {
        "iss": "mahis",
        "sub": "mahis",
        "aud": practice.token_url,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "exp": now + 60,
    }
    found = {**usual, **changes}
    return {name: value for name, value in found.items() if value is not None}


def ask(practice, signed, **changes):
    usual = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": signed,
    }
    answer = requests.post(practice.token_url, data={**usual, **changes}, timeout=10)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


@pytest.fixture
def key(keys):
    return ebox_keys.read_keys(keys)[0]


def signed(key, told, *, kid=None, alg="RS256"):
    return jwt.encode({"alg": alg, "kid": kid or key.kid}, told, key, [alg])


def test_a_sound_assertion_gives_a_token(practice, key):
    status, told = ask(practice, signed(key, claims(practice)), scope=SEND_SCOPE)
    assert status == 200
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 300, SEND_SCOPE)


NOW = time.time()
LIES = {
    "another issuer": {"iss": "somebody"},
    "another subject": {"sub": "somebody"},
    "no subject": {"sub": None},
    "another audience": {"aud": "https://elsewhere.example"},
    "two audiences": {"aud": ["https://elsewhere.example", "https://other.example"]},
    "no audience": {"aud": None},
    "over": {"iat": int(NOW) - 900, "exp": int(NOW) - 600},
    "from tomorrow": {"iat": int(NOW) + 86_400, "exp": int(NOW) + 86_460},
    "for too long": {"exp": int(NOW) + 86_400},
    "without an end": {"exp": None},
    "without a beginning": {"iat": None},
    "an end that is no number": {"exp": "soon"},
    "without a name": {"jti": None},
    "a short name": {"jti": "a"},
    "a name that is no text": {"jti": 12345678},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_an_assertion_that_lies_gives_none(practice, key, lie):
    status, told = ask(practice, signed(key, claims(practice, **lie)))
    assert (status, told["error"]) == (401, "invalid_client")


def test_an_assertion_serves_once(practice, key):
    once = signed(key, claims(practice))
    assert ask(practice, once)[0] == 200
    status, told = ask(practice, once)
    assert (status, told["error"]) == (401, "invalid_client")
    assert "jti" in told["error_description"]


def test_an_assertion_by_another_key_gives_none(practice, key, tmp_path):
    ebox_keys.make_key(tmp_path / "other", name="other")
    (other,) = ebox_keys.read_keys(tmp_path / "other")
    for forged in (
        signed(other, claims(practice)),
        signed(other, claims(practice), kid=key.kid),
        signed(OctKey.generate_key(256), claims(practice), kid=key.kid, alg="HS256"),
        signed(ECKey.generate_key("P-256"), claims(practice), kid=key.kid, alg="ES256"),
        jwt.encode({"alg": "RS256"}, claims(practice), key, ["RS256"]),
        "",
        "a.b.c",
        "é",
    ):
        status, told = ask(practice, forged)
        assert (status, told["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "other"}, "invalid_client"),
        ({"client_id": "somebody"}, "invalid_client"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": f"{SEND_SCOPE} everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
def test_a_form_that_asks_for_something_else_gives_none(practice, key, change, error):
    status, told = ask(practice, signed(key, claims(practice)), **change)
    assert status in {400, 401}
    assert told["error"] == error


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_what_is_no_form_gives_none(practice, kind):
    answer = requests.post(
        practice.token_url, data=b"\xff&&=", headers={"Content-Type": kind}, timeout=10
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


# -- our own client


class Moved:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


async def _publish_and_wait(told, clock, waits):
    async with Ebox(told, clock=clock) as ebox:
        for wait in waits:
            clock.ahead += wait
            assert isinstance(await ebox.publish(message()), Published)


@pytest.mark.parametrize(("waits", "tokens"), [([0, 0, 8], 1), ([0, 9.5, 0, 9.5], 3)])
def test_a_token_serves_until_shortly_before_its_end(setup, keys, tmp_path, waits, tokens):
    setup = dataclasses.replace(setup, token_seconds=10)
    with running(folder=tmp_path / "box", setup=setup) as practice:
        asyncio.run(_publish_and_wait(settings(practice, keys), Moved(), waits))
        assert Control(practice).counts()["tokens"] == tokens


def test_many_that_need_a_token_share_one(told, control):
    async def work():
        async with Ebox(told) as ebox:
            return await asyncio.gather(*(ebox.publish(message()) for _ in range(10)))

    assert all(isinstance(each, Published) for each in asyncio.run(work()))
    assert control.counts()["tokens"] == 1


def test_a_token_that_is_not_taken_any_more_is_renewed_once(told, control):
    async def work():
        async with Ebox(told) as ebox:
            await ebox.publish(message())
            control.forget_tokens()
            return await asyncio.gather(*(ebox.publish(message()) for _ in range(5)))

    assert all(isinstance(each, Published) for each in asyncio.run(work()))
    counts = control.counts()
    assert (counts["accepted"], counts["tokens"]) == (6, 2)


def test_a_token_that_is_never_taken_ends_in_another_try(setup, keys, tmp_path):
    setup = dataclasses.replace(setup, token_seconds=-1)
    with running(folder=tmp_path / "box", setup=setup) as practice:
        outcome = publish_one(settings(practice, keys))
        counts = Control(practice).counts()
    assert isinstance(outcome, TryAgain)
    assert outcome.problem is Problem.TOKEN_NOT_TAKEN
    assert (counts["accepted"], counts["tokens"]) == (0, 2)


def test_a_client_that_is_refused_is_told_so_loudly(told, control, caplog):
    control.fail("token-refused")
    first, second = publish(told, message(), message())
    assert isinstance(first, TryAgain)
    assert first.problem is Problem.NO_TOKEN
    assert "invalid_client" in first.detail
    assert isinstance(second, Published)
    assert any(record.levelno == logging.ERROR for record in caplog.records)


def test_a_scope_that_was_not_granted_is_refused_for_good(setup, keys, tmp_path):
    setup = dataclasses.replace(setup, scopes=(PREFERENCE_SCOPE,))
    with running(folder=tmp_path / "box", setup=setup) as practice:
        asked = settings(practice, keys, scopes=(PREFERENCE_SCOPE,))
        outcome = publish_one(asked)
    assert isinstance(outcome, Refused)
    assert outcome.problem is Problem.FORBIDDEN


# -- keys that change


@pytest.fixture(scope="module")
def second_key(tmp_path_factory):
    return ebox_keys.make_key(tmp_path_factory.mktemp("second"), name="2026-02-01")


def test_the_last_key_by_name_signs_and_all_are_shown(keys, second_key):
    shutil.copy(second_key, keys)
    newest, oldest = ebox_keys.read_keys(keys)
    shown = ebox_keys.public_keys(keys)["keys"]
    assert [each["kid"] for each in shown] == [newest.kid, oldest.kid]
    assert newest.kid == ebox_keys.read_keys(second_key.parent)[0].kid
    assert all({"use": "sig", "alg": "RS256"}.items() <= each.items() for each in shown)
    assert not any({"d", "p", "q"} & set(each) for each in shown)


def test_a_new_key_takes_over_without_a_restart(told, jwks, control, second_key, caplog):
    keys = told.keys

    async def work():
        async with Ebox(told) as ebox:
            outcomes = [await ebox.publish(message())]
            shutil.copy(second_key, keys)
            control.forget_tokens()
            # The other side does not know the new key yet: the old one serves on.
            outcomes.append(await ebox.publish(message()))
            assert "does not take our newest key" in caplog.text
            ebox_keys.write_public_keys(keys, jwks)
            control.forget_tokens()
            caplog.clear()
            outcomes.append(await ebox.publish(message()))
            next(keys.glob("2026-01*")).unlink()
            ebox_keys.write_public_keys(keys, jwks)
            control.forget_tokens()
            outcomes.append(await ebox.publish(message()))
            assert "does not take our newest key" not in caplog.text
            return outcomes

    outcomes = asyncio.run(work())
    assert all(isinstance(each, Published) for each in outcomes)


def test_keys_that_are_gone_end_in_another_try(told, keys):
    for each in keys.iterdir():
        each.unlink()
    outcome = publish_one(told)
    assert isinstance(outcome, TryAgain)
    assert outcome.problem is Problem.KEYS_UNUSABLE


def test_keys_that_cannot_sign_are_refused_without_being_quoted(tmp_path):
    file = tmp_path / "a.pem"
    file.write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")
    with pytest.raises(EboxMisconfigured) as refused:
        ebox_keys.read_keys(tmp_path)
    assert "a.pem" in str(refused.value)
    assert "c2VjcmV0" not in str(refused.value)
    for key, reason in (
        (rsa.generate_private_key(public_exponent=65537, key_size=1024), "2048"),
        (ec.generate_private_key(ec.SECP256R1()), "no RSA key"),
    ):
        file.write_bytes(as_pem(key))
        with pytest.raises(EboxMisconfigured, match=reason):
            ebox_keys.read_keys(tmp_path)
    file.write_bytes(RSAKey.generate_key(2048).as_pem(private=False))
    with pytest.raises(EboxMisconfigured, match="cannot be read"):
        ebox_keys.read_keys(tmp_path)
    file.unlink()
    with pytest.raises(EboxMisconfigured, match="no key"):
        ebox_keys.read_keys(tmp_path)


def test_a_key_that_is_made_is_for_its_owner_alone(tmp_path):
    file = ebox_keys.make_key(tmp_path / "keys", name="2026-10-01")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(FileExistsError):
        ebox_keys.make_key(tmp_path / "keys", name="2026-10-01")
