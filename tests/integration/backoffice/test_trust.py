"""The officers' screen about trust: where it comes from, its age, and never a reason or a path."""

import datetime

import pytest
from django.urls import reverse

from mahis.gateways import trust
from mahis.gateways.trust import TrustSettings
from mahis.web import clock
from tests.factories import trusted_lists as made
from tests.factories.trusted_lists import LIST_OF_LISTS_ADDRESS, NATIONAL_ADDRESS
from tests.integration.portal.people import as_

pytestmark = pytest.mark.django_db

LOTL_SIGNER, SIGNER = made.holder("Signer of lists"), made.holder("Signer")
CARDS = made.service("Cards of citizens", made.holder("Root").der, made.status(made.BEGIN))
DAY = datetime.timedelta(days=1)


@pytest.fixture
def lists(settings, tmp_path):
    """Trust lists of our own making, not fetched yet."""
    (tmp_path / "signers").mkdir()
    (tmp_path / "signers" / "one.cer").write_bytes(LOTL_SIGNER.der)
    settings.TRUST = TrustSettings(
        lists_dir=tmp_path / "lists",
        list_of_lists=LIST_OF_LISTS_ADDRESS,
        list_signers=tmp_path / "signers",
    )
    return settings.TRUST


def refresh(lists, *, days_ago=0, left=60, service=CARDS):
    """Renew the lists some days ago; they are to be replaced in as many days as are left."""
    at = clock.now() - days_ago * DAY
    dates = {"issued": at - DAY, "next_update": clock.now() + left * DAY}
    files = {
        LIST_OF_LISTS_ADDRESS: made.list_of_lists(LOTL_SIGNER, SIGNER, **dates),
        NATIONAL_ADDRESS: made.national_list(SIGNER, service, sequence=66, **dates),
    }
    assert trust.refresh(lists, fetch=files.__getitem__, at=at).succeeded


@pytest.fixture
def shown(cast, lists):
    """Give the text of the page as an officer sees it."""

    def show(language="en"):
        client = as_(cast.officer)
        client.cookies["mahis_language"] = language
        answer = client.get(reverse("backoffice:trust"))
        assert answer.status_code == 200
        text = answer.content.decode()
        assert str(lists.lists_dir) not in text
        assert LIST_OF_LISTS_ADDRESS not in text
        return " ".join(text.split())

    return show


def test_fresh_lists_are_shown_with_their_age_and_who_is_trusted(shown, lists):
    refresh(lists, days_ago=3)
    page = shown()
    assert "Signatures can be checked" in page
    assert "20 November 2026" in page
    assert "3 days ago" in page
    assert "1 trusted issuer of signature certificates" in page
    assert "Cards of citizens" in page
    assert ">66<" in page
    assert "failed" not in page


def test_a_failed_renewal_is_told_without_its_reason(shown, lists):
    refresh(lists, days_ago=3)
    trust.refresh(lists, fetch=lambda _: b"<html/>", at=clock.now() - DAY)
    page = shown()
    assert "The last attempt to renew the lists failed" in page
    assert "22 November 2026" in page
    assert "Signatures can be checked" in page


def test_lists_past_their_date_are_told_with_the_last_day_on_which_they_serve(shown, lists):
    refresh(lists, days_ago=60, left=-5)
    page = shown()
    assert "The trusted lists should have been replaced" in page
    assert "They are still used until 18 December 2026" in page


def test_lists_that_are_too_old_are_told(shown, lists):
    refresh(lists, days_ago=90, left=-31)
    page = shown()
    assert "Signatures cannot be checked" in page
    assert "too old to be relied on" in page
    assert "Cards of citizens" not in page


def test_without_lists_nothing_is_trusted_and_that_is_told(shown):
    page = shown()
    assert "Signatures cannot be checked" in page
    assert "cannot be read" in page


def test_a_folder_shows_its_roots_and_not_where_it_lies(cast, settings, tmp_path):
    (tmp_path / "root.cer").write_bytes(made.holder("Root of our own").der)
    settings.TRUST = TrustSettings(folder=tmp_path, lists_dir=tmp_path)
    page = as_(cast.officer).get(reverse("backoffice:trust")).content.decode()
    assert "Root of our own" in page
    assert "those who run the service have chosen" in page
    assert str(tmp_path) not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Confiance dans les signatures"),
        ("nl", "Vertrouwen in handtekeningen"),
        ("de", "Vertrauen in Unterschriften"),
    ],
)
def test_the_screen_speaks_the_language_of_the_officer(shown, lists, language, words):
    refresh(lists, days_ago=1)
    assert words in shown(language)


def test_names_from_a_list_are_text_and_never_markup(shown, lists):
    name = "&lt;script&gt;alert(1)&lt;/script&gt;"
    refresh(lists, service=made.service(name, made.holder("Root").der, made.status(made.BEGIN)))
    page = shown()
    assert name in page
    assert "<script>alert" not in page
