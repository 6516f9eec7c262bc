"""The pages that stand for themselves: first page, language, health, gallery, and every no."""

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Side
from mahis.domain.refusals import Conflict
from mahis.store.models import PersonPreference
from mahis.usecases.meanwhile import AuthorisationUnknown, Happened, StalePage
from mahis.web import clock, errors, middleware
from tests.integration.portal import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    """Speak English also where no middleware chooses a language."""
    with translation.override("en"):
        yield


#: What turns refusals into pages, before a service that says yes to all.
REFUSING = middleware.RefusalMiddleware(lambda _: HttpResponse())
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def web():
    """Give a browser in which nobody is logged in."""
    return Client(headers=ENGLISH, raise_request_exception=False)


def asked(path="/somewhere/", **how):
    """Give a request as views get it, of somebody who is not logged in."""
    request = RequestFactory().get(path, **how)
    request.session = Client().session
    return request


class TestTheFirstPage:
    def test_tells_visitors_what_this_is_and_lets_them_log_in(self, web):
        answer = web.get("/")
        assert answer.status_code == 200
        assert 'href="/login/"' in answer.content.decode()

    def test_says_that_this_is_not_the_official_service(self, web):
        assert "not the official service" in people.text_of(web.get("/"))

    def test_leaves_visitors_without_a_session(self, web):
        assert "mahis_session" not in web.get("/").cookies


class TestTheLanguage:
    @pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
    def test_can_be_chosen_on_every_page_and_is_kept(self, web, code):
        answer = web.post("/language/", {"language": code, "next": "/health/"})
        assert (answer.status_code, answer["Location"]) == (303, "/health/")
        assert f'<html lang="{code}"' in web.get("/").content.decode()

    def test_of_who_is_logged_in_is_kept_beyond_the_browser(self):
        cast = people.gather()
        people.as_(cast.director).post("/language/", {"language": "de", "next": "/"})
        kept = PersonPreference.objects.get(person=cast.director.person.insz)
        assert kept.language.value == "de"

    @pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "evil", ""])
    def test_never_leads_away(self, web, wanted):
        assert web.post("/language/", {"language": "nl", "next": wanted})["Location"] == "/"

    @pytest.mark.parametrize("code", ["", "xx", "../..", "f\x00r"])
    def test_that_we_do_not_speak_changes_nothing(self, web, code):
        answer = web.post("/language/", {"language": code, "next": "/"})
        assert answer["Location"] == "/"
        assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies

    def test_is_chosen_by_a_form_only(self, web):
        assert web.get("/language/?language=nl").status_code == 405


class TestHealth:
    def test_is_up_where_the_database_answers(self, web):
        assert web.get("/health/").json() == {"status": "UP"}

    def test_is_down_where_it_does_not(self, web, monkeypatch):
        def refuse():
            raise OperationalError

        monkeypatch.setattr(connection, "cursor", refuse)
        answer = web.get("/health/")
        assert (answer.status_code, answer.json()) == (503, {"status": "DOWN"})


class TestTheGallery:
    def test_shows_every_component(self, web):
        page = web.get("/gallery/").content.decode()
        for part in (
            "status-good",
            "block-bad",
            "panel-done",
            "progress-steps",
            "error-summary",
            "table-list",
            "timeline",
            "quarter",
            "party-own",
            "menu-folded",
        ):
            assert part in page, part

    def test_keeps_to_the_policy_that_forbids_style_and_script_in_pages(self, web):
        answer = web.get("/gallery/")
        page = answer.content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " on" + "click=" not in page
        assert page.count("<script") == page.count("<script src=")
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


class TestSayingNo:
    def test_an_address_that_leads_nowhere_has_a_page_in_the_frame(self, web):
        answer = web.get("/nowhere/")
        assert answer.status_code == 404
        assert "Page not found" in people.text_of(answer)

    def test_an_address_that_is_only_sent_to_has_a_page_when_opened(self, web):
        answer = web.get("/logout/")
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "We cannot read this request" in people.text_of(answer)

    def test_a_broken_request_is_answered_400(self):
        assert errors.bad_request(asked(), SuspiciousOperation()).status_code == 400

    def test_a_request_refused_before_its_session_is_known_has_its_page_too(self):
        answer = errors.bad_request(RequestFactory().get("/"), SuspiciousOperation())
        assert answer.status_code == 400

    def test_another_host_name_is_not_ours(self, web):
        assert web.get("/", headers={"host": "evil.example"}).status_code == 400

    def test_too_much_at_once_is_answered_413(self):
        assert errors.bad_request(asked(), RequestDataTooBig()).status_code == 413

    def test_a_refusal_that_leaves_a_view_becomes_its_page(self):
        answer = REFUSING.process_exception(asked(), AuthorisationUnknown())
        assert answer
        assert answer.status_code == 404
        assert "no such authorisation" in people.text_of(answer)

    def test_a_conflict_says_that_nothing_was_changed(self):
        answer = errors.refused(asked(), Conflict())
        assert answer.status_code == 409
        assert "Nothing was changed." in people.text_of(answer)

    def test_an_error_of_ours_is_not_hidden_as_a_refusal(self):
        assert REFUSING.process_exception(asked(), KeyError()) is None

    def test_a_stale_page_says_what_happened_and_by_which_party(self):
        happened = (
            Happened(
                act=Act.WITHDRAW,
                kind=Kind.PARTY,
                at=clock.now(),
                side=Side.MANDATOR,
                enterprise="Bakkerij",
            ),
        )
        stale = StalePage(happened=happened, reference=AuthorisationReference(2026, 1))
        answer = errors.refused(asked(), stale)
        assert answer.status_code == 409
        assert "Bakkerij (Principal) : withdrawn" in people.text_of(answer)

    def test_an_error_of_ours_has_a_page_that_needs_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = errors.failed(RequestFactory().get("/"))
        assert answer.status_code == 500
        assert "went wrong on our side" in people.text_of(answer)

    def test_what_django_forbids_has_our_page(self):
        assert errors.forbidden(asked(), PermissionError()).status_code == 403


class TestAFormWithAForgedToken:
    def test_of_a_session_that_ended_leads_to_the_login_and_back(self):
        web = Client(enforce_csrf_checks=True, headers=ENGLISH)
        answer = web.post("/logout/", headers={"referer": "http://testserver/mandates/?page=2"})
        assert answer.status_code == 403
        assert "/login/?next=/mandates/%3Fpage%3D2" in answer.content.decode()

    def test_of_another_window_can_be_sent_again(self):
        cast = people.gather()
        web = people.log_in(Client(enforce_csrf_checks=True, headers=ENGLISH), cast.director)
        answer = web.post("/logout/", headers={"referer": "http://testserver/mandates/"})
        assert answer.status_code == 403
        assert 'href="/mandates/"' in answer.content.decode()

    def test_from_elsewhere_leads_to_the_first_page(self):
        web = Client(enforce_csrf_checks=True, headers=ENGLISH)
        answer = web.post("/logout/", headers={"referer": "https://evil.example/x"})
        assert "/login/?next=/" in answer.content.decode()
        assert "evil" not in answer.content.decode()
