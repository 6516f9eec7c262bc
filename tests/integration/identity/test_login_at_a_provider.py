"""A login from begin to end, at our own provider and at one that we did not write."""

import dataclasses
import datetime
import re
import urllib.parse

import pytest
import requests

from mahis.domain.identifiers import Insz
from mahis.gateways import identity_keys
from mahis.gateways.identity import RelyingParty
from mahis.gateways.identity_refusals import (
    LoginCancelled,
    LoginExpired,
    LoginFailed,
    LoginLevelTooLow,
    LoginNoNationalNumber,
    LoginNotBegun,
    LoginProviderUnavailable,
)
from tests.integration.identity.conftest import now
from tests.integration.identity.roads import CALLBACK, LOTTE, PUBLIC_URL

FEDERAL = "urn:be:fedict:iam:fas:Level"


def begin(party):
    return party.begin(callback=CALLBACK, language="nl", at=now())


@pytest.mark.parametrize("level", [450, 500])
def test_a_login_tells_who_it_is_and_how_surely(road, party, level):
    address, attempt = begin(party)
    answer = road.log_in(address, level=level)
    identified = party.finish(attempt=attempt, answer=answer, at=now())
    assert identified.person.insz == Insz(LOTTE)
    assert identified.person.name == "Lotte De Wilg"
    assert identified.language == "nl"
    assert identified.assurance == f"{FEDERAL}{level}"
    assert identified.logout_hint


def test_a_login_below_the_minimum_level_is_refused_with_both_levels(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address, level=400)
    with pytest.raises(LoginLevelTooLow) as refused:
        party.finish(attempt=attempt, answer=answer, at=now())
    assert refused.value.found == {"given": f"{FEDERAL}400", "needed": f"{FEDERAL}450"}


def test_a_lower_minimum_lets_the_same_login_pass(road):
    party = RelyingParty(road.settings(minimum_level=f"{FEDERAL}400"))
    address, attempt = begin(party)
    identified = party.finish(attempt=attempt, answer=road.log_in(address, level=400), at=now())
    assert identified.assurance == f"{FEDERAL}400"


def test_breaking_off_is_a_refusal_of_its_own(road, party):
    address, attempt = begin(party)
    with pytest.raises(LoginCancelled):
        party.finish(attempt=attempt, answer=road.cancel(address), at=now())


def test_a_changed_state_is_refused(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address) | {"state": "another"}
    with pytest.raises(LoginNotBegun):
        party.finish(attempt=attempt, answer=answer, at=now())


def test_an_answer_that_names_another_issuer_is_refused(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address) | {"iss": "https://other.example"}
    with pytest.raises(LoginFailed, match="loginFailed") as refused:
        party.finish(attempt=attempt, answer=answer, at=now())
    assert refused.value.found["reason"] == "answer: another issuer"


def test_an_answer_that_names_no_issuer_is_refused_where_the_provider_always_does(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address)
    del answer["iss"]
    with pytest.raises(LoginFailed):
        party.finish(attempt=attempt, answer=answer, at=now())


def test_a_token_for_another_login_is_refused_by_its_nonce(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address)
    other = dataclasses.replace(attempt, nonce="another")
    with pytest.raises(LoginFailed) as refused:
        party.finish(attempt=other, answer=answer, at=now())
    assert refused.value.found["reason"] == "id_token: another nonce"


def test_a_code_is_good_for_one_use(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address)
    party.finish(attempt=attempt, answer=answer, at=now())
    with pytest.raises(LoginFailed) as refused:
        party.finish(attempt=attempt, answer=answer, at=now())
    assert "invalid_grant" in refused.value.found["reason"]


def test_a_stolen_code_is_worth_nothing_without_its_proof_key(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address)
    thief = dataclasses.replace(attempt, code_verifier="A" * 43)
    with pytest.raises(LoginFailed) as refused:
        party.finish(attempt=thief, answer=answer, at=now())
    assert "invalid_grant" in refused.value.found["reason"]


def test_a_code_is_refused_with_another_return_address(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address)
    other = dataclasses.replace(attempt, callback="/elsewhere/")
    with pytest.raises(LoginFailed) as refused:
        party.finish(attempt=other, answer=answer, at=now())
    assert "invalid_grant" in refused.value.found["reason"]


def test_an_unregistered_return_address_never_gets_an_answer(road, party):
    address, _ = party.begin(callback="/elsewhere/", language="nl", at=now())
    response = road.browser.get(address, allow_redirects=False, timeout=10)
    assert response.status_code == 400
    assert "Location" not in response.headers


@pytest.mark.parametrize("missing", ["code_challenge", "code_challenge_method"])
def test_a_request_without_proof_key_is_sent_back(road, party, missing):
    address, _ = begin(party)
    parts = urllib.parse.urlsplit(address)
    query = [pair for pair in urllib.parse.parse_qsl(parts.query) if pair[0] != missing]
    bent = parts._replace(query=urllib.parse.urlencode(query)).geturl()
    response = road.browser.get(bent, allow_redirects=False, timeout=10)
    assert "error=invalid_request" in response.headers["Location"]


def test_a_login_that_took_too_long_is_refused(road, party):
    address, attempt = begin(party)
    answer = road.log_in(address)
    late = attempt.started_at + datetime.timedelta(seconds=901)
    with pytest.raises(LoginExpired):
        party.finish(attempt=attempt, answer=answer, at=late)


def test_an_unknown_client_gets_no_tokens(road):
    party = RelyingParty(road.settings(client_id="someone-else"))
    address, _ = begin(party)
    response = road.browser.get(address, allow_redirects=False, timeout=10)
    assert response.status_code == 400


def test_a_client_with_the_wrong_key_gets_no_tokens(road, party, tmp_path):
    stranger = tmp_path / "stranger.jwk"
    identity_keys.make_client_key(stranger)
    address, attempt = begin(party)
    answer = road.log_in(address)
    other = RelyingParty(road.settings(client_key_file=stranger))
    with pytest.raises(LoginFailed) as refused:
        other.finish(attempt=attempt, answer=answer, at=now())
    assert "invalid_client" in refused.value.found["reason"]


def test_without_the_scope_there_is_no_national_number(road):
    party = RelyingParty(road.settings(scopes=("openid", "profile")))
    address, attempt = begin(party)
    with pytest.raises(LoginNoNationalNumber):
        party.finish(attempt=attempt, answer=road.log_in(address), at=now())


def test_logout_leads_through_the_provider_and_back(road, party):
    address, attempt = begin(party)
    identified = party.finish(attempt=attempt, answer=road.log_in(address), at=now())
    leave = party.logout_address(hint=identified.logout_hint, back_to="/", language="nl")
    assert LOTTE not in leave
    response = road.browser.get(leave, allow_redirects=False, timeout=10)
    if response.status_code == 200:  # the independent provider asks to confirm
        form = dict(_hidden_fields(response.text)) | {"logout": "yes"}
        response = road.browser.post(
            f"{road.issuer}/session/end/confirm", data=form, allow_redirects=False, timeout=10
        )
    assert response.headers["Location"] == f"{PUBLIC_URL}/"


def test_a_provider_that_is_down_is_said_to_be_unavailable(road):
    party = RelyingParty(road.settings(issuer="http://127.0.0.1:9"))
    with pytest.raises(LoginProviderUnavailable):
        begin(party)


def test_a_provider_with_another_name_is_not_trusted(road):
    party = RelyingParty(road.settings(issuer=road.issuer.replace("127.0.0.1", "localhost")))
    with pytest.raises(LoginFailed) as refused:
        begin(party)
    assert refused.value.found["reason"] == "discovery names another issuer"


def test_userinfo_that_is_not_signed_passes_only_where_that_is_allowed(plain_independent_road):
    road = plain_independent_road
    strict, lenient = (
        RelyingParty(road.settings(signed_userinfo=signed)) for signed in (True, False)
    )
    address, attempt = begin(strict)
    with pytest.raises(LoginFailed) as refused:
        strict.finish(attempt=attempt, answer=road.log_in(address), at=now())
    assert refused.value.found["reason"] == "userinfo: not signed"
    road.browser = requests.Session()
    address, attempt = begin(lenient)
    identified = lenient.finish(attempt=attempt, answer=road.log_in(address), at=now())
    assert identified.person.insz == Insz(LOTTE)


def _hidden_fields(page):
    return re.findall(r'name="([^"]+)" value="([^"]*)"', page)
