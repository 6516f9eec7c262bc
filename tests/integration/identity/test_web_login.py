"""Login and logout as a browser meets them: session, redirects, refusals."""

import dataclasses
import datetime

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client as WebClient
from django.urls import reverse

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Capacity, Language, Quality, Role
from mahis.usecases import choose_language
from mahis.web import clock, login
from mahis.web.session import WebSession
from tests.integration.identity.roads import LOTTE, PUBLIC_URL

pytestmark = pytest.mark.django_db


def asking(web):
    """Make a request with the session of a browser."""
    request = HttpRequest()
    request.session = web.session
    return request


def session_of(web):
    return WebSession(asking(web))


@pytest.fixture
def web():
    return browser()


def browser(**how):
    """Give a client that asks at the public address."""
    headers = {"accept-language": "en", "host": PUBLIC_URL.removeprefix("http://")}
    return WebClient(headers=headers, **how)


@pytest.fixture
def configured(settings, practice_road):
    settings.IDENTITY_PROVIDER = practice_road.settings()
    settings.PUBLIC_URL = PUBLIC_URL
    return settings


def come_back(web, road, start, **choice):
    """Go on from a redirect to the provider, and return to the service."""
    return web.get("/login/callback/", road.log_in(start["Location"], **choice))


def log_in(web, road, **choice):
    return come_back(web, road, web.get("/login/?next=/mandates/"), **choice)


def test_a_login_ends_where_the_person_wanted_to_go(web, configured, practice_road):
    answer = log_in(web, practice_road)
    assert (answer.status_code, answer["Location"]) == (302, "/mandates/")
    session = session_of(web)
    assert session.person.insz == Insz(LOTTE)
    assert session.person.name == "Lotte De Wilg"
    assert session.assurance.endswith("Level500")
    assert session.language == "nl"
    assert session.capacity is None
    assert abs(clock.now() - session.signed_in_at) < datetime.timedelta(minutes=1)


def test_a_login_begun_at_another_name_of_the_machine_begins_again_at_the_public_one(
    web, configured
):
    answer = web.get("/login/?next=/mandates/", headers={"host": "localhost"})
    assert answer["Location"] == f"{PUBLIC_URL}/login/?next=/mandates/"


def test_the_browser_never_holds_the_national_number(web, configured, practice_road):
    start = web.get("/login/")
    answer = come_back(web, practice_road, start)
    assert LOTTE not in start["Location"] + answer["Location"] + str(web.cookies)


def test_a_login_gives_the_session_a_new_key_and_drops_what_was_there(
    web, configured, practice_road
):
    start = web.get("/login/")
    planted = web.session
    planted["planted"] = "by someone else"
    planted.save()
    before = web.session.session_key
    come_back(web, practice_road, start)
    assert web.session.session_key != before
    assert "planted" not in web.session
    assert not Session.objects.filter(session_key=before).exists()


def test_the_screens_turn_to_the_persons_language_once(web, configured, practice_road):
    log_in(web, practice_road)
    assert web.cookies["mahis_language"].value == "nl"


def test_a_language_once_chosen_goes_before_the_providers(web, configured, practice_road):
    choose_language.choose(person=Insz.parse(LOTTE), language=Language.GERMAN)
    log_in(web, practice_road)
    assert web.cookies["mahis_language"].value == "de"


def test_a_language_chosen_before_stays(web, configured, practice_road):
    web.cookies["mahis_language"] = "de"
    answer = log_in(web, practice_road)
    assert "mahis_language" not in answer.cookies


@pytest.mark.parametrize(
    "wanted",
    [
        "https://other.example/",
        "//other.example/",
        "/\\other.example/",
        "javascript:alert(1)",
        "mandates/",
        "",
        "///other.example",
        "/\tother",
    ],
)
def test_only_a_path_of_our_own_is_followed(web, configured, practice_road, wanted):
    start = web.get("/login/", {"next": wanted})
    answer = come_back(web, practice_road, start)
    assert answer["Location"] in {"/", "/\tother", "/%09other"}


def test_who_is_logged_in_goes_straight_on(web, configured, practice_road):
    log_in(web, practice_road)
    assert web.get("/login/?next=/search/")["Location"] == "/search/"


def test_several_tabs_may_log_in_at_once(web, configured, practice_road):
    first, second = web.get("/login/?next=/one/"), web.get("/login/?next=/two/")
    assert come_back(web, practice_road, first)["Location"] == "/one/"
    # The second tab finds the person logged in, and its own login used up.
    assert come_back(web, practice_road, second)["Location"] == "/"


def test_no_more_than_five_logins_wait_in_one_session(web, configured):
    for _ in range(8):
        web.get("/login/")
    assert len(web.session["attempts"]) == 5


@pytest.mark.parametrize("state", ["", "another", "x" * 9000, "\x00"])
def test_an_answer_to_no_login_is_refused(web, configured, state):
    answer = web.get("/login/callback/", {"code": "x", "state": state})
    assert answer.status_code == 401
    assert session_of(web).person is None


def test_the_answer_to_someone_elses_login_is_refused(web, configured, practice_road):
    attacker = browser()
    answer = practice_road.log_in(attacker.get("/login/")["Location"])
    web.get("/login/")
    assert web.get("/login/callback/", answer).status_code == 401
    assert session_of(web).person is None


def test_a_repeated_answer_does_not_log_in_again(web, configured, practice_road):
    start = web.get("/login/")
    answer = practice_road.log_in(start["Location"])
    web.get("/login/callback/", answer)
    key = web.session.session_key
    assert web.get("/login/callback/", answer)["Location"] == "/"
    assert web.session.session_key == key


def test_a_login_that_is_too_weak_is_explained(web, configured, practice_road):
    answer = log_in(web, practice_road, level=400)
    assert answer.status_code == 403
    assert "not strong enough" in answer.text
    assert 'href="/login/?next=/mandates/"' in answer.text
    assert session_of(web).person is None


def test_breaking_off_is_explained(web, configured, practice_road):
    start = web.get("/login/")
    answer = web.get("/login/callback/", practice_road.cancel(start["Location"]))
    assert answer.status_code == 401
    assert "broken off" in answer.text


def test_a_provider_that_is_down_is_explained(web, configured):
    configured.IDENTITY_PROVIDER = dataclasses.replace(
        configured.IDENTITY_PROVIDER, issuer="http://127.0.0.1:9"
    )
    answer = web.get("/login/")
    assert answer.status_code == 502
    assert "does not answer" in answer.text


def test_without_a_provider_the_login_says_so(web, configured):
    configured.IDENTITY_PROVIDER = None
    assert web.get("/login/").status_code == 502


def test_a_refusal_is_logged_by_its_code_and_not_by_the_person(
    web, configured, practice_road, caplog
):
    log_in(web, practice_road, level=400)
    assert "loginLevelTooLow" in caplog.text
    assert LOTTE not in caplog.text
    assert "De Wilg" not in caplog.text


def test_logout_ends_both_sessions(web, configured, practice_road):
    log_in(web, practice_road)
    answer = web.post("/logout/")
    assert answer["Location"].startswith(f"{practice_road.issuer}/logout?")
    assert session_of(web).person is None
    back = practice_road.browser.get(answer["Location"], allow_redirects=False, timeout=10)
    assert back.headers["Location"] == f"{PUBLIC_URL}/"
    assert "practice_session" not in practice_road.browser.cookies


def test_logout_works_while_the_provider_is_down(web, configured, practice_road):
    log_in(web, practice_road)
    configured.IDENTITY_PROVIDER = dataclasses.replace(
        configured.IDENTITY_PROVIDER, issuer="http://127.0.0.1:9"
    )
    assert web.post("/logout/")["Location"] == "/"
    assert session_of(web).person is None


def test_logout_without_login_leads_home(web, configured):
    assert web.post("/logout/")["Location"] == "/"


def test_nobody_is_logged_out_by_a_link_or_a_foreign_form(configured, practice_road):
    web = browser(enforce_csrf_checks=True)
    log_in(web, practice_road)
    assert web.get("/logout/").status_code == 405
    assert web.post("/logout/").status_code == 403
    assert session_of(web).person is not None


@pytest.mark.parametrize("path", ["/login/", "/login/callback/"])
def test_login_pages_are_never_kept_and_take_no_forms(web, configured, path):
    assert "no-store" in web.get(path)["Cache-Control"]
    assert web.post(path).status_code == 405


class TestLimits:
    """A session ends after a time without requests, and after a day's work in any case."""

    @pytest.fixture(autouse=True)
    def _logged_in(self, web, configured, practice_road):
        configured.SESSION_IDLE_SECONDS = 1800
        configured.SESSION_ABSOLUTE_SECONDS = 7200
        log_in(web, practice_road)

    @pytest.fixture
    def after(self, monkeypatch, web):
        """Ask for a page some minutes after the login."""
        began = clock.now()

        def ask(minutes):
            moment = began + datetime.timedelta(minutes=minutes)
            monkeypatch.setattr(clock, "now", lambda: moment)
            web.get("/login/")
            return session_of(web).person

        return ask

    def test_a_session_lives_on_with_each_request(self, after):
        assert all(after(minutes) for minutes in (25, 50, 75, 100))

    def test_a_session_ends_without_requests(self, after):
        assert after(29)
        assert after(60) is None

    def test_a_session_ends_after_its_longest_time(self, after):
        assert all(after(minutes) for minutes in (25, 50, 75, 100, 119))
        assert after(121) is None

    def test_an_ended_session_is_gone_from_the_database(self, after, web):
        key = web.session.session_key
        after(60)
        assert not Session.objects.filter(session_key=key).exists()


def test_the_capacity_chosen_is_kept_until_logout(web, configured, practice_road):
    log_in(web, practice_road)
    capacity = Capacity(
        enterprise=EnterpriseNumber("0202239951"),
        quality=Quality.NSSO_EMPLOYER,
        role=Role.MANAGE,
    )
    request = asking(web)
    WebSession(request).choose_capacity(capacity)
    request.session.save()
    assert session_of(web).capacity == capacity
    web.post("/logout/")
    assert session_of(web).capacity is None


def test_the_provider_sends_people_back_to_an_address_that_exists():
    assert reverse("web:login-callback") == login._CALLBACK
