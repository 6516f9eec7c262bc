"""What a browser is told and keeps: no foreign script, careful cookies, no national number.

That nothing of the kind happens is watched on every page of every journey (see visitor.py); here
one sees that the watch notices.
"""

import base64

import pytest
from playwright.sync_api import expect

from tests.journeys import privacy

_NUMBER = "74010199155"


def test_a_script_put_into_a_page_does_not_run_and_is_noticed(visit):
    visitor = visit("Martinet", language="fr")
    ran = visitor.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.intruded = true";
          document.body.append(script);
          return window.intruded === true;
        }"""
    )
    assert not ran
    visitor.page.wait_for_timeout(100)
    assert any("Content Security Policy" in trouble for trouble in visitor.troubles)
    visitor.troubles.clear()


def test_cookies_are_kept_from_scripts_and_from_other_sites(visit):
    visitor = visit("Martinet", language="fr")
    # Cookies know no ports, so those of the practice login beside us are there as well.
    cookies = {
        each["name"]: each
        for each in visitor.context.cookies(visitor.home)
        if not each["name"].startswith("practice")
    }
    assert set(cookies) == {"mahis_session", "mahis_language"}
    session = cookies["mahis_session"]
    assert (session["httpOnly"], session["sameSite"], session["expires"]) == (True, "Lax", -1)
    assert cookies["mahis_language"]["sameSite"] == "Lax"
    assert "mahis_session" not in visitor.page.evaluate("document.cookie")


def test_pages_go_into_no_frame_and_say_little_to_others(visit):
    visitor = visit("Martinet", language="fr")
    for path in ("/", "/mandates/", "/mandates/new/"):
        headers = visitor.go(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_going_back_after_logging_out_shows_nothing(visit):
    visitor = visit("Martinet", language="fr")
    visitor.go("/representatives/own/")
    visitor.expect_heading("Who may sign for us")
    assert "no-store" in visitor.go("/mandates/").headers["cache-control"]
    visitor.log_out()
    for _step in range(3):
        visitor.page.go_back()
        expect(visitor.page.locator(".capacity")).to_have_count(0)


@pytest.mark.parametrize(
    "text", [_NUMBER, "born 74.01.01-991.55 here", "74 01 01 991 55", "?q=740101-99155&x=1"]
)
def test_a_national_number_is_noticed_however_it_is_written(text):
    assert privacy.national_numbers(text, of=[_NUMBER])


def test_other_numbers_are_no_national_numbers():
    text = "0150.000.008, 2026-0000001/1, 74010199154, 1/2027"
    assert privacy.national_numbers(text, of=[_NUMBER]) == []


def test_a_national_number_in_a_token_of_an_address_is_noticed():
    claims = base64.urlsafe_b64encode(f'{{"sub": "{_NUMBER}"}}'.encode()).decode().rstrip("=")
    assert privacy.in_address(f"https://x.test/?hint=abc.{claims}.def", of=[_NUMBER])
    assert privacy.in_address("https://x.test/74.01.01%2D991.55", of=[_NUMBER])
