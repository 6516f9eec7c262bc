"""The practice login by itself: its rules, its page, and what it does with hostile input."""

import re
import time
import urllib.parse

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt

from mahis.gateways import identity_keys
from mahis.gateways.identity import RelyingParty
from mahis.gateways.identity_refusals import LoginFailed
from mahis.standins.openid.clients import Client
from mahis.standins.openid.server import running, serve
from mahis.standins.serving import NotForProductionError
from tests.integration.identity.conftest import now
from tests.integration.identity.roads import (
    CALLBACK,
    CLIENT_ID,
    LOTTE,
    PUBLIC_URL,
    TOM,
    PracticeRoad,
)


@pytest.fixture
def party(practice_road):
    return RelyingParty(practice_road.settings())


@pytest.fixture
def begun(party):
    return party.begin(callback=CALLBACK, language="nl", at=now())


@pytest.fixture
def page(practice_road, begun):
    return practice_road._follow(begun[0])


def test_the_page_lists_persons_and_never_their_numbers(page):
    assert page.status_code == 200
    assert "Lotte De Wilg" in page.text
    assert "Bestuurder van Bakkerij De Wilg" in page.text
    for number in (LOTTE, TOM):
        assert number not in page.text
        assert number not in page.url


def test_the_page_speaks_the_language_that_the_service_asked_for(page):
    assert '<html lang="nl">' in page.text


def test_a_language_clicked_wins(practice_road, page):
    assert '<html lang="fr">' in practice_road.browser.get(f"{page.url}?lang=fr").text


@pytest.mark.parametrize("text", ["wilg lotte", "BAKKERIJ", "Gerant", "maes tom"])
def test_persons_are_found_by_words_of_their_lines_without_accents(practice_road, page, text):
    found = practice_road.browser.get(page.url, params={"q": text}).text
    assert len(re.findall("<h3>", found)) == 1


def test_words_that_fit_nobody_are_answered(practice_road, page):
    found = practice_road.browser.get(page.url, params={"q": "<script>"}).text
    assert "<script>" not in found
    assert "<h3>" not in found


def test_a_means_below_the_level_asked_is_marked(page):
    buttons = re.findall(r'<button class="(\w+)"\s+name="choice"\s+value="a+:(\d+)"', page.text)
    assert {level: kind for kind, level in buttons} == {
        "500": "strong",
        "450": "strong",
        "400": "weak",
    }


@pytest.mark.parametrize(
    "choice", ["", "a", f"{'a' * 24}:900", f"{'b' * 24}:500", f"{'c' * 24}:500", "a:b:c"]
)
def test_a_choice_that_the_page_does_not_offer_is_refused_on_the_page(practice_road, page, choice):
    answer = practice_road.browser.post(page.url, data={"choice": choice})
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_another_browser_cannot_finish_a_login(page):
    answer = requests.post(page.url, data={"choice": f"{'a' * 24}:500"}, allow_redirects=False)
    assert answer.status_code == 400


def test_a_login_is_finished_once(practice_road, page):
    form = {"choice": f"{'a' * 24}:500"}
    first, second = (
        practice_road.browser.post(page.url, data=form, allow_redirects=False) for _ in range(2)
    )
    assert first.status_code == 302
    assert second.status_code == 400
    assert f'href="{PUBLIC_URL}/"' in second.text


def test_a_code_ends_after_a_minute(practice, practice_road, party, begun):
    address, attempt = begun
    answer = practice_road.log_in(address)
    practice.provider.codes._now = lambda: time.time() + 61
    with pytest.raises(LoginFailed) as refused:
        party.finish(attempt=attempt, answer=answer, at=now())
    assert "invalid_grant" in refused.value.found["reason"]


def exchange(practice_road, key_file, answer, attempt, **changes):
    """Ask for tokens by hand; gives a function that sends the same request again."""
    key = identity_keys.read_client_key(key_file)
    token = f"{practice_road.issuer}/token"
    claims = {
        "iss": CLIENT_ID, "sub": CLIENT_ID, "aud": token, "jti": "one",
        "iat": int(time.time()), "exp": int(time.time()) + 60,
    }  # fmt: skip
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "code_verifier": attempt.code_verifier,
        "redirect_uri": PUBLIC_URL + CALLBACK,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode({"alg": "ES256"}, {**claims, **changes}, key, ["ES256"]),
    }
    return lambda: requests.post(token, data=form, timeout=10)


def test_an_assertion_is_good_for_one_use(practice_road, key_file, begun):
    address, attempt = begun
    send = exchange(practice_road, key_file, practice_road.log_in(address), attempt)
    assert send().status_code == 200
    again = send()
    assert again.status_code == 400
    assert again.json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "https://other.example"},
        {"iss": "someone-else"},
        {"sub": "someone-else"},
        {"exp": 1},
        {"exp": 2**40},
        {"jti": 7},
        {"jti": None},
    ],
)
def test_an_assertion_that_lies_is_refused(practice_road, key_file, begun, change):
    address, attempt = begun
    answer = practice_road.log_in(address)
    refused = exchange(practice_road, key_file, answer, attempt, **change)()
    assert refused.json()["error"] == "invalid_client"


def test_a_code_used_twice_closes_what_it_opened(practice_road, key_file, begun):
    address, attempt = begun
    answer = practice_road.log_in(address)
    tokens = exchange(practice_road, key_file, answer, attempt)().json()
    ask = {"Authorization": f"Bearer {tokens['access_token']}"}
    userinfo = f"{practice_road.issuer}/userinfo"
    assert requests.get(userinfo, headers=ask, timeout=10).status_code == 200
    exchange(practice_road, key_file, answer, attempt, jti="two")()
    assert requests.get(userinfo, headers=ask, timeout=10).status_code == 401


def test_a_client_with_a_secret_logs_in_too(people, key_file):
    client = Client(
        client_id=CLIENT_ID,
        name="Mahis",
        redirect_uris=(PUBLIC_URL + CALLBACK,),
        secret="quite secret",
        userinfo_alg="",
    )
    with running(clients=[client], people=people) as application:
        road = PracticeRoad(issuer=application.provider.issuer, key_file=None)
        party = RelyingParty(road.settings(client_secret="quite secret", signed_userinfo=False))
        address, attempt = party.begin(callback=CALLBACK, language="", at=now())
        assert (
            party.finish(
                attempt=attempt, answer=road.log_in(address, person="tom", level=450), at=now()
            ).person.name
            == "Tom Maes"
        )
        stranger = RelyingParty(road.settings(client_secret="a guess", signed_userinfo=False))
        address, attempt = party.begin(callback=CALLBACK, language="", at=now())
        with pytest.raises(LoginFailed):
            stranger.finish(attempt=attempt, answer=road.log_in(address), at=now())


class TestPromptNone:
    """A service may ask whether this browser has logged in already."""

    def ask(self, road, party, **changes):
        address, _ = party.begin(callback=CALLBACK, language="", at=now())
        extra = urllib.parse.urlencode({"prompt": "none", **changes})
        response = road.browser.get(f"{address}&{extra}", allow_redirects=False, timeout=10)
        return dict(
            urllib.parse.parse_qsl(urllib.parse.urlsplit(response.headers["Location"]).query)
        )

    def test_says_no_before_any_login(self, practice_road, party):
        assert self.ask(practice_road, party)["error"] == "login_required"

    def test_gives_a_code_after_a_login(self, practice_road, party, begun):
        practice_road.log_in(begun[0])
        assert "code" in self.ask(practice_road, party)

    def test_says_no_after_a_weaker_login(self, practice_road, party, begun):
        practice_road.log_in(begun[0], level=400)
        assert self.ask(practice_road, party)["error"] == "login_required"

    def test_says_no_after_an_old_login(self, practice, practice_road, party, begun):
        practice_road.log_in(begun[0])
        practice.provider.now = lambda: time.time() + 100
        assert self.ask(practice_road, party, max_age=60)["error"] == "login_required"

    def test_says_no_after_logout(self, practice_road, party, begun):
        address, attempt = begun
        identified = party.finish(attempt=attempt, answer=practice_road.log_in(address), at=now())
        practice_road.browser.get(
            party.logout_address(hint=identified.logout_hint, back_to="/", language=""),
            allow_redirects=False,
        )
        assert self.ask(practice_road, party)["error"] == "login_required"


def test_logout_without_proof_asks_first_and_leads_nowhere(practice_road, begun):
    practice_road.log_in(begun[0])
    leave = f"{practice_road.issuer}/logout"
    asked = practice_road.browser.get(
        leave, params={"post_logout_redirect_uri": "https://other.example"}, allow_redirects=False
    )
    assert asked.status_code == 200
    assert "practice_session" in practice_road.browser.cookies
    left = practice_road.browser.post(leave, data={"confirm": "1"}, allow_redirects=False)
    assert left.status_code == 200
    assert "practice_session" not in practice_road.browser.cookies


def test_logout_with_a_forged_proof_is_refused(practice_road):
    leave = f"{practice_road.issuer}/logout"
    assert requests.get(leave, params={"id_token_hint": "a.b.c"}, timeout=10).status_code == 400


PATHS = [
    "/authorize", "/token", "/userinfo", "/logout", "/jwks", "/login/x", "/login/", "/nowhere",
    "/.well-known/openid-configuration",
]  # fmt: skip
NAMES = [
    "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method", "prompt", "max_age", "acr_values", "ui_locales", "grant_type", "code",
    "code_verifier", "client_assertion", "client_assertion_type", "id_token_hint", "lang", "q",
    "page", "choice", "post_logout_redirect_uri", "response_mode", "login_hint",
]  # fmt: skip
GOOD = [
    "code", CLIENT_ID, PUBLIC_URL + CALLBACK, "openid", "S256", "A" * 43, "none", "login",
    "authorization_code", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    "eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWhpcyJ9.",
]  # fmt: skip
values = st.one_of(st.sampled_from(GOOD), st.text(max_size=40))
pairs = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=12)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(method=st.sampled_from(["GET", "POST"]), path=st.sampled_from(PATHS), pairs=pairs)
def test_hostile_parameters_are_answered_and_never_a_fault(practice, method, path, pairs):
    data = {"params": pairs} if method == "GET" else {"data": pairs}
    answer = requests.request(
        method, practice.provider.issuer + path, allow_redirects=False, timeout=10, **data
    )
    assert answer.status_code < 500
    location = answer.headers.get("Location", PUBLIC_URL)
    assert location.startswith((PUBLIC_URL, "/login/"))


@pytest.mark.parametrize(
    ("method", "path", "extra"),
    [
        ("GET", "/authorize?state=%ff%fe", {}),
        ("GET", "/login/%00%ff", {}),
        ("GET", f"/authorize?client_id={CLIENT_ID}&state={'x' * 5000}", {}),
        ("POST", "/token", {"data": b"\xff\x00=&&&=%%%", "headers": {"Content-Type": "text/x"}}),
        ("POST", "/token", {"data": "a=1", "headers": {"Authorization": "Basic \xff"}}),
        ("POST", "/token", {"data": "a=1", "headers": {"Authorization": "Basic !!!"}}),
        ("POST", "/token", {"files": {"a": ("b", b"c" * 100)}}),
        ("POST", "/token", {"data": b"x", "headers": {"Content-Type": "multipart/form-data"}}),
        (
            "POST",
            "/token",
            {
                "data": b"&".join([b"a=1"] * 5000),
                "headers": {"Content-Type": "application/x-www-form-urlencoded"},
            },
        ),
        (
            "POST",
            "/token",
            {
                "data": b"a" * 3_000_000,
                "headers": {"Content-Type": "application/x-www-form-urlencoded"},
            },
        ),
        ("GET", "/userinfo", {"headers": {"Authorization": "Bearer \xff"}}),
        ("DELETE", "/authorize", {}),
        ("HEAD", "/authorize", {}),
        ("GET", "/jwks", {"headers": {"Host": "other.example:99999"}}),
    ],
)
def test_malformed_requests_are_answered_and_never_a_fault(practice, method, path, extra):
    answer = requests.request(
        method, practice.provider.issuer + path, allow_redirects=False, timeout=10, **extra
    )
    assert answer.status_code < 500


@pytest.mark.parametrize("environment", ["production", "", None])
def test_the_practice_login_refuses_to_run_in_production(
    monkeypatch, people, client, tmp_path, environment
):
    if environment is None:
        monkeypatch.delenv("MAHIS_ENV")
    else:
        monkeypatch.setenv("MAHIS_ENV", environment)
    with (
        pytest.raises(NotForProductionError),
        running(clients=[client], people=people),
    ):
        pass
    with pytest.raises(NotForProductionError):
        serve(host="127.0.0.1", port=0, issuer="", clients=[client], people_file=tmp_path)
