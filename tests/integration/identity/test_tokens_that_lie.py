"""Every wrong token that a provider could send: each is refused, and says why to the log only."""

import base64
import contextlib
import json

import pytest
from django.http import HttpResponse
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from mahis.gateways.identity import RelyingParty
from mahis.gateways.identity_refusals import (
    LoginFailed,
    LoginNoNationalNumber,
    LoginProviderUnavailable,
)
from mahis.standins.openid.keys import SigningKeys
from tests.integration.identity.conftest import now
from tests.integration.identity.roads import CALLBACK, LOTTE


class BentKeys(SigningKeys):
    """Signs tokens after a change to their claims, or makes them in another way altogether."""

    def __init__(self, *, kind, change=None, make=None):
        super().__init__()
        self.kind, self.change, self.make = kind, change, make

    def sign(self, claims):
        if ("nonce" in claims) != (self.kind == "id_token"):
            return super().sign(claims)
        claims = self.change(claims) if self.change else claims
        return self.make(self, claims) if self.make else super().sign(claims)


def unsigned(_keys, claims):
    header, body = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in ({"alg": "none"}, claims)
    )
    return f"{header}.{body}."


def signed_by_a_stranger(keys, claims):
    stranger = ECKey.generate_key("P-256", {"kid": keys.public["keys"][0]["kid"]})
    return jwt.encode({"alg": "ES256", "kid": stranger.kid}, claims, stranger, ["ES256"])


def signed_with_an_unknown_name(_keys, claims):
    stranger = ECKey.generate_key("P-256", {"kid": "unknown"})
    return jwt.encode({"alg": "ES256", "kid": "unknown"}, claims, stranger, ["ES256"])


def signed_with_the_public_key_as_a_secret(keys, claims):
    public = json.dumps(keys.public["keys"][0])
    secret = OctKey.import_key(public.encode())
    return jwt.encode({"alg": "HS256"}, claims, secret, ["HS256"])


def with_its_signature_cut(keys, claims):
    return SigningKeys.sign(keys, claims)[:-4]


def nonsense(_keys, _claims):
    return "not.a.token"


def setting(**values):
    return lambda claims: {**claims, **values}


def without(name):
    return lambda claims: {key: value for key, value in claims.items() if key != name}


@pytest.fixture
def party(practice_road):
    return RelyingParty(practice_road.settings())


def log_in(practice, road, party, keys):
    practice.provider.keys = keys
    address, attempt = party.begin(callback=CALLBACK, language="", at=now())
    return party.finish(attempt=attempt, answer=road.log_in(address), at=now())


@pytest.mark.parametrize("kind", ["id_token", "userinfo"])
@pytest.mark.parametrize(
    "make",
    [
        unsigned,
        signed_by_a_stranger,
        signed_with_an_unknown_name,
        signed_with_the_public_key_as_a_secret,
        with_its_signature_cut,
        nonsense,
    ],
)
def test_a_token_without_a_good_signature_is_refused(practice, practice_road, party, kind, make):
    with pytest.raises(LoginFailed) as refused:
        log_in(practice, practice_road, party, BentKeys(kind=kind, make=make))
    assert refused.value.found["reason"].startswith("token: ")


@pytest.mark.parametrize(
    "change",
    [
        setting(iss="https://other.example"),
        setting(aud="someone-else"),
        setting(aud=["someone-else"]),
        setting(aud=["mahis", "someone-else"]),
        setting(aud=["mahis", "someone-else"], azp="someone-else"),
        setting(azp="someone-else"),
        setting(nonce="another"),
        setting(nonce=7),
        setting(sub=7),
        setting(exp=0),
        setting(exp="soon"),
        setting(exp=float("nan")),
        setting(iat=0),
        setting(iat=2**40),
        without("iss"),
        without("aud"),
        without("sub"),
        without("exp"),
        without("iat"),
        setting(nonce=None),
    ],
)
def test_an_identity_token_that_lies_is_refused(practice, practice_road, party, change):
    with pytest.raises(LoginFailed):
        log_in(practice, practice_road, party, BentKeys(kind="id_token", change=change))


@pytest.mark.parametrize(
    "change",
    [
        setting(iss="https://other.example"),
        setting(aud="someone-else"),
        setting(sub="another"),
        setting(exp=0),
        without("iss"),
        without("aud"),
        without("sub"),
        without("surname"),
        setting(surname="\u200b \x07"),
    ],
)
def test_userinfo_that_lies_is_refused(practice, practice_road, party, change):
    with pytest.raises(LoginFailed):
        log_in(practice, practice_road, party, BentKeys(kind="userinfo", change=change))


@pytest.mark.parametrize("number", [None, "", 81050103522.5, "81050103521", [LOTTE], "x" * 9000])
def test_a_national_number_that_cannot_exist_is_refused_and_not_told(
    practice, practice_road, party, number
):
    keys = BentKeys(kind="userinfo", change=setting(egovNRN=number))
    with pytest.raises(LoginNoNationalNumber) as refused:
        log_in(practice, practice_road, party, keys)
    assert refused.value.found == {}
    assert refused.value.__cause__ is None


def test_names_are_made_fit_for_one_line(practice, practice_road, party):
    keys = BentKeys(
        kind="userinfo", change=setting(givenName="Le\u0301on\x00\n", surname="  De \t Wilg ")
    )
    identified = log_in(practice, practice_road, party, keys)
    assert identified.person.name == "L\u00e9on De Wilg"


def test_an_unknown_language_is_left_out(practice, practice_road, party):
    keys = BentKeys(kind="userinfo", change=setting(prefLanguage="it-IT"))
    assert log_in(practice, practice_road, party, keys).language is None


def test_the_national_number_never_travels_as_a_logout_hint(practice, practice_road, party):
    keys = BentKeys(kind="id_token", change=setting(egovNRN=LOTTE))
    assert log_in(practice, practice_road, party, keys).logout_hint == ""


@pytest.mark.parametrize(
    ("ahead", "passes"), [(60, True), (61, False), (-359, True), (-360, False)]
)
def test_clocks_may_differ_by_a_minute_and_no_more(practice, practice_road, party, ahead, passes):
    """A token that lasts 300 seconds, made `ahead` seconds before or after our own time."""
    at = now().replace(microsecond=0)
    made = int(at.timestamp()) + ahead
    practice.provider.keys = BentKeys(kind="id_token", change=setting(iat=made, exp=made + 300))
    address, attempt = party.begin(callback=CALLBACK, language="", at=at)
    answer = practice_road.log_in(address)
    with contextlib.nullcontext() if passes else pytest.raises(LoginFailed):
        assert party.finish(attempt=attempt, answer=answer, at=at)


def test_a_new_key_of_the_provider_is_found_by_itself(practice, practice_road, party):
    for _ in range(2):
        address, attempt = party.begin(callback=CALLBACK, language="", at=now())
        answer = practice_road.log_in(address)
        assert party.finish(attempt=attempt, answer=answer, at=now())
        practice.provider.keys.renew()


def test_a_key_that_the_provider_withdrew_is_not_asked_for_twice_in_one_login(
    practice, practice_road, party
):
    fetched = []
    show = practice._pages["/jwks"][1]

    def count(request):
        fetched.append(request)
        return show(request)

    practice._pages["/jwks"] = ("GET", count)
    with pytest.raises(LoginFailed):
        log_in(
            practice,
            practice_road,
            party,
            BentKeys(kind="id_token", make=signed_with_an_unknown_name),
        )
    assert len(fetched) == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"keys": 7}', b'{"keys": [7, {}]}'])
def test_unreadable_keys_are_refused(practice, practice_road, party, body):
    practice._pages["/jwks"] = ("GET", lambda _: HttpResponse(body))
    with pytest.raises((LoginFailed, LoginProviderUnavailable)):
        log_in(practice, practice_road, party, SigningKeys())
