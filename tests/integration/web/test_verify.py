"""Checking a file without logging in: open to everybody, told in words, and nothing is kept."""

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mahis.domain.parties import Side
from mahis.gateways.pdf_signatures import ExaminerSettings
from mahis.gateways.trust import TrustSettings
from mahis.store import models
from mahis.web import clock, house_documents
from tests.factories import roads
from tests.integration.portal import desk, people
from tests.integration.portal.people import as_, go, text_of
from tests.pki import pki

pytestmark = pytest.mark.django_db

ADDRESS = "/verify/"
LANGUAGES = {
    "fr": "Contrôler une procuration signée",
    "nl": "Een ondertekende procuratie controleren",
    "de": "Unterzeichnete Bevollmächtigung prüfen",
    "en": "Check a signed authorisation",
}


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    """Let it be the same moment in all tests."""
    monkeypatch.setattr(clock, "now", lambda: desk.NOW)
    monkeypatch.setattr(clock, "today", desk.NOW.date)


@pytest.fixture(scope="module")
def services():
    """Let the practice services answer."""
    with pki().serve(at=desk.NOW):
        yield


@pytest.fixture
def equipped(services, settings, tmp_path):
    """Set the service up with seal, trust and store."""
    desk.equip(settings, tmp_path)


@pytest.fixture
def cast(db, equipped):
    """Give two enterprises with their people."""
    return people.gather()


@pytest.fixture
def form(cast):
    """Give a form that nobody has signed."""
    reference = roads.drawn_up(cast.director, cast.accountant, "several", on=clock.today())
    as_(cast.director).post(go("form", reference), {"version": "1"})
    return desk.download(cast.director, reference, 1)


def checked(data, name="authorisation.pdf", **how):
    """Send a file as a visitor; gives the answer."""
    browser = Client(headers={"accept-language": "en"}, **how)
    return browser.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_may_ask_in_their_language(language):
    answer = Client(headers={"accept-language": language}).get(ADDRESS)
    assert answer.status_code == 200
    assert LANGUAGES[language] in text_of(answer)


def test_visitors_are_led_to_it_from_the_first_page():
    assert f'href="{ADDRESS}"' in Client().get("/").content.decode()


def test_signatures_are_told_in_words(cast, form):
    signed = desk.signed(form, Side.MANDATOR, by=cast.director, at=desk.NOW)
    page = text_of(checked(signed))
    assert "The signatures are valid" in page
    assert "authorisation.pdf" in page
    assert "Anna Peeters signed in the field of the party: Principal" in page
    assert "Not checked: whether the signer may represent the party" in page


def test_no_number_of_a_person_is_shown(cast, form):
    signed = desk.signed(form, Side.MANDATOR, by=cast.director, at=desk.NOW)
    assert cast.director.person.insz.digits not in checked(signed).content.decode()


def test_nothing_is_kept(cast, form, settings, tmp_path):
    signed = desk.signed(form, Side.MANDATOR, by=cast.director, at=desk.NOW)
    before = (models.Document.objects.count(), Session.objects.count())
    stored = sorted((tmp_path / "documents").rglob("*"))
    answer = checked(signed)
    assert "mahis_session" not in answer.cookies
    assert (models.Document.objects.count(), Session.objects.count()) == before
    assert sorted((tmp_path / "documents").rglob("*")) == stored


def test_no_token_is_needed(form):
    assert checked(form, enforce_csrf_checks=True).status_code == 200


def test_a_genuine_form_without_signatures_is_called_genuine(form):
    assert "Genuine, but not signed with an eID" in text_of(checked(form))


def test_a_changed_file_is_told_from_a_valid_one(cast, form):
    signed = desk.signed(form, Side.MANDATOR, by=cast.director, at=desk.NOW)
    page = text_of(checked(signed + b"\n% added"))
    assert "The signatures are valid" not in page
    assert "This is not a validly signed authorisation" in page


@pytest.mark.parametrize("data", [b"%PDF-", b"%PDF-1.7\n" + b"\xff" * 3000, b"%PDF-1.7\n%%EOF"])
def test_broken_files_are_told_to_be_so(equipped, data):
    answer = checked(data)
    assert answer.status_code == 200
    assert "The signatures are valid" not in text_of(answer)


@pytest.mark.parametrize("data", [b"<html>", b"\x89PNG\r\n\x1a\n", b"\x00"])
def test_what_is_no_pdf_is_refused_beside_its_field(equipped, data):
    answer = checked(data)
    assert answer.status_code == 422
    assert "This file is not a PDF" in text_of(answer)


def test_an_empty_form_asks_for_a_file(equipped):
    answer = Client(headers={"accept-language": "en"}).post(ADDRESS)
    assert answer.status_code == 422
    assert "Choose a file." in text_of(answer)


def test_a_name_is_only_words(form):
    page = checked(form, "<script>alert(1)</script>.pdf").content.decode()
    assert "<script>alert" not in page


def test_what_is_too_large_is_not_read(equipped, settings):
    settings.LARGEST_UPLOAD = 1000
    assert checked(b"%PDF-" + b"x" * 200_000).status_code == 413


def test_whoever_comes_when_all_are_busy_is_asked_to_come_again(form, settings):
    settings.EXAMINER = ExaminerSettings(workers=1, wait_seconds=1)
    house_documents.visitors_examiner().close()
    answer = checked(form)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "try again in a minute" in text_of(answer)


def test_visitors_keep_no_party_waiting():
    assert house_documents.visitors_examiner() is not house_documents.examiner()
    assert house_documents.examiner() is house_documents.examiner()


def test_nobody_is_trusted_where_nothing_says_whom_to_trust(form, settings, tmp_path):
    settings.TRUST = TrustSettings(lists_dir=tmp_path / "none")
    answer = checked(form)
    assert answer.status_code == 503
    assert "valid" not in text_of(answer).replace("validate", "")
