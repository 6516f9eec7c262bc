"""The officers' page with the texts of notices: every notice, in four languages, in two forms."""

import html
import re

import pytest
from django.urls import reverse

from mahis.domain.notices import Telling
from mahis.domain.parties import Language
from mahis.gateways.notices import examples
from tests.integration.portal.people import as_

pytestmark = pytest.mark.django_db

TITLES = {
    "fr": "Textes des notifications",
    "nl": "Teksten van kennisgevingen",
    "de": "Texte der Benachrichtigungen",
    "en": "Texts of notices",
}
MARKS = re.compile(r"<[^>]+>")


@pytest.fixture
def shown(cast):
    """Give the words of the page as an officer reads them."""

    def show(screen="en", **asked):
        client = as_(cast.officer)
        client.cookies["mahis_language"] = screen
        answer = client.get(reverse("backoffice:notice_preview"), asked)
        assert answer.status_code == 200
        return " ".join(html.unescape(MARKS.sub(" ", answer.content.decode())).split())

    return show


@pytest.mark.parametrize("screen", TITLES)
def test_the_page_speaks_the_language_of_the_officer_and_the_notice_its_own(shown, screen):
    page = shown(screen, telling="active", language="nl")
    assert TITLES[screen] in page
    assert "De mandaten zijn actief." in page


@pytest.mark.parametrize("telling", Telling, ids=lambda telling: telling.value)
def test_every_way_in_which_a_notice_comes_about_can_be_chosen_and_read(shown, telling):
    fitting = [example for example in examples.every() if example.telling is telling]
    for example in fitting:
        page = shown(telling=telling.value, to=example.code, language="fr")
        facts = example.facts(Language.FRENCH)
        assert page.count("Madame, Monsieur,") == 2
        assert page.count(f"{facts.recipient.name} ({facts.recipient.number.screen})") == 2


def test_the_two_forms_differ_where_the_channels_do(shown):
    page = shown(telling="drawnUp", to="drawnUp-mandator-byOther", language="en")
    assert page.count("This message was sent automatically.") == 1
    assert page.count("Its access manager gives people access.") == 1
    assert "The e-Box knows French, Dutch and German only." in page


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"telling": "nonsense", "to": "x" * 5000, "language": "xx"},
        {"telling": "active", "to": "drawnUp-mandator-byYou", "language": "\0"},
        {"telling": ["active", "closed"], "to": "<script>alert(1)</script>"},
    ],
)
def test_what_makes_no_sense_shows_a_notice_all_the_same(cast, asked):
    for name in ("notice_preview", "notice_preview_letter"):
        answer = as_(cast.officer).get(reverse(f"backoffice:{name}"), asked)
        assert answer.status_code == 200
        assert b"alert(1)" not in answer.content


def test_the_letter_is_saved_as_a_pdf(cast):
    asked = {"telling": "active", "to": "active-mandator-byOffice", "language": "de"}
    answer = as_(cast.officer).get(reverse("backoffice:notice_preview_letter"), asked)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    expected = 'attachment; filename="mahis-active-mandator-byOffice-de.pdf"'
    assert answer["Content-Disposition"] == expected


def test_auditors_see_the_texts_and_companies_do_not(auditor, companies):
    for name in ("notice_preview", "notice_preview_letter"):
        address = reverse(f"backoffice:{name}")
        assert as_(auditor).get(address).status_code == 200
        for somebody in companies:
            assert as_(somebody).get(address).status_code == 403
