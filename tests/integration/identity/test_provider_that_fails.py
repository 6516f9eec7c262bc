"""A provider that answers badly, slowly or not at all: a refusal with its reason, never a fault."""

import dataclasses
import types

import pytest
from django.http import HttpResponse, JsonResponse

from mahis.gateways import identity_documents, identity_fetch
from mahis.gateways.identity import RelyingParty
from mahis.gateways.identity_refusals import (
    LoginExpired,
    LoginFailed,
    LoginLevelTooLow,
    LoginNoNationalNumber,
    LoginProviderUnavailable,
)
from mahis.standins.openid import metadata
from tests.integration.identity.conftest import now
from tests.integration.identity.roads import CALLBACK

HTML = HttpResponse("<html>out of order</html>")


@pytest.fixture
def answer_with(practice):
    """Let the provider answer one of its addresses in another way."""

    def answer(path, response):
        methods = practice._pages[path][0]
        practice._pages[path] = (methods, lambda _: response)

    return answer


@pytest.fixture
def describe(practice, answer_with):
    """Let the provider say something else of itself."""

    def change(**changes):
        document = {**metadata.describe(practice.provider), **changes}
        answer_with("/.well-known/openid-configuration", JsonResponse(document))

    return change


def log_in(road, **settings):
    party = RelyingParty(road.settings(**settings))
    address, attempt = party.begin(callback=CALLBACK, language="", at=now())
    return party.finish(attempt=attempt, answer=road.log_in(address), at=now())


@pytest.mark.parametrize(
    ("response", "refusal"),
    [
        (HttpResponse(status=500), LoginProviderUnavailable),
        (HttpResponse(status=503), LoginProviderUnavailable),
        (JsonResponse({"error": "temporarily_unavailable"}, status=400), LoginProviderUnavailable),
        (JsonResponse({"error": "invalid_grant"}, status=400), LoginFailed),
        (JsonResponse({"error": "<b>\n" * 99}, status=400), LoginFailed),
        (HttpResponse(status=302, headers={"Location": "/jwks"}), LoginFailed),
        (HttpResponse(status=404), LoginProviderUnavailable),
        (HTML, LoginFailed),
        (HttpResponse("[]"), LoginFailed),
        (JsonResponse({}), LoginFailed),
        (JsonResponse({"access_token": "x"}), LoginFailed),
        (JsonResponse({"access_token": 7, "id_token": 7}), LoginFailed),
        (JsonResponse({"access_token": "x", "id_token": "y", "expires_in": "soon"}), LoginFailed),
        (JsonResponse({"access_token": "x", "id_token": "y", "expires_in": []}), LoginFailed),
    ],
)
def test_a_token_endpoint_out_of_order_is_refused(practice_road, answer_with, response, refusal):
    answer_with("/token", response)
    with pytest.raises(refusal) as refused:
        log_in(practice_road)
    assert "\n" not in str(refused.value.found.get("reason"))


@pytest.mark.parametrize(
    ("response", "refusal"),
    [
        (HttpResponse(status=500), LoginProviderUnavailable),
        (HttpResponse(status=401), LoginFailed),
        (HttpResponse(status=302, headers={"Location": "/jwks"}), LoginFailed),
        (HTML, LoginFailed),
        (HttpResponse("[]"), LoginFailed),
        (JsonResponse({"sub": "another"}), LoginFailed),
        (HttpResponse(b"\xff" * 9, content_type="application/jwt"), LoginFailed),
        (HttpResponse("x" * 2**21), LoginProviderUnavailable),
    ],
)
def test_userinfo_out_of_order_is_refused(practice_road, answer_with, response, refusal):
    answer_with("/userinfo", response)
    with pytest.raises(refusal):
        log_in(practice_road, signed_userinfo=False)


def test_an_answer_that_trickles_is_not_waited_for(practice_road, answer_with, monkeypatch):
    answer_with("/userinfo", HttpResponse("x" * 2**18))
    ticks = iter(range(0, 10**6, 4))
    clock = types.SimpleNamespace(monotonic=lambda: next(ticks))
    monkeypatch.setattr(identity_fetch, "time", clock)
    with pytest.raises(LoginProviderUnavailable):
        identity_fetch.get(f"{practice_road.issuer}/userinfo", timeout=5)


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"token_endpoint": ""},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/hostname"},
        {"userinfo_endpoint": "ftp://other.example"},
        {"end_session_endpoint": 7},
    ],
)
def test_a_description_that_cannot_be_used_is_refused(practice_road, describe, changes):
    describe(**changes)
    with pytest.raises(LoginFailed):
        log_in(practice_road)


@pytest.mark.parametrize("body", ["", "{", "[]", "\x00"])
def test_a_description_that_cannot_be_read_is_refused(practice_road, answer_with, body):
    answer_with("/.well-known/openid-configuration", HttpResponse(body))
    with pytest.raises(LoginProviderUnavailable):
        log_in(practice_road)


def test_people_still_log_in_while_the_description_cannot_be_renewed(
    practice_road, answer_with, monkeypatch
):
    party = RelyingParty(practice_road.settings())
    first = party._documents.addresses()
    monkeypatch.setattr(identity_documents, "_KEPT_SECONDS", -1)
    answer_with("/.well-known/openid-configuration", HttpResponse(status=500))
    assert party._documents.addresses() == first


def test_a_description_is_fetched_once_an_hour(practice_road, answer_with):
    party = RelyingParty(practice_road.settings())
    party._documents.addresses()
    answer_with("/.well-known/openid-configuration", HttpResponse(status=500))
    assert party.begin(callback=CALLBACK, language="", at=now())


def test_a_provider_without_userinfo_has_only_its_identity_token_to_tell(practice_road, describe):
    describe(userinfo_endpoint="")
    with pytest.raises(LoginNoNationalNumber):
        log_in(practice_road)


def test_a_provider_without_logout_is_left_alone(practice_road, describe):
    describe(end_session_endpoint="")
    party = RelyingParty(practice_road.settings())
    assert party.logout_address(hint="", back_to="/", language="") is None


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        ("server_error", LoginProviderUnavailable),
        ("temporarily_unavailable", LoginProviderUnavailable),
        ("unmet_authentication_requirements", LoginLevelTooLow),
        ("invalid_scope", LoginFailed),
        ("", LoginFailed),
    ],
)
def test_each_error_that_a_provider_names_has_its_refusal(practice_road, error, refusal):
    party = RelyingParty(practice_road.settings())
    _, attempt = party.begin(callback=CALLBACK, language="", at=now())
    answer = {"state": attempt.state, "iss": practice_road.issuer, "error": error}
    with pytest.raises(refusal):
        party.finish(attempt=attempt, answer=answer, at=now())


def test_an_answer_without_a_code_is_refused(practice_road):
    party = RelyingParty(practice_road.settings())
    _, attempt = party.begin(callback=CALLBACK, language="", at=now())
    answer = {"state": attempt.state, "iss": practice_road.issuer}
    with pytest.raises(LoginFailed):
        party.finish(attempt=attempt, answer=answer, at=now())


def test_an_answer_from_before_the_login_began_is_refused(practice_road):
    party = RelyingParty(practice_road.settings())
    _, attempt = party.begin(callback=CALLBACK, language="", at=now())
    later = dataclasses.replace(attempt, started_at=now().replace(year=2999))
    with pytest.raises(LoginExpired):
        party.finish(attempt=later, answer={"state": attempt.state, "code": "x"}, at=now())
