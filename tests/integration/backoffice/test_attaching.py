"""Officers attach a version of an authorisation to what was done with it, auditors do not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Quality
from mahis.store import models
from tests.factories import roads
from tests.integration.backoffice import scanning
from tests.integration.portal.people import as_, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_here")]


@pytest.fixture
def reference(cast):
    """Give an active authorisation that an officer has closed on behalf of a party."""
    reference = roads.signed_by_both(cast.director, cast.accountant, "several")
    roads.closed(reference, cast.officer, 1, end="1/2027", reason="By letter")
    return reference


def attach(actor, reference, *, about, data=None):
    file = SimpleUploadedFile("letter.pdf", data or scanning.a_scan(), "application/pdf")
    address = reverse("backoffice:attach", args=[reference])
    return as_(actor).post(address, {"about": about, "file": file}, follow=True)


def test_an_officer_attaches_the_letter_to_the_closing(cast, reference):
    page = as_(cast.officer).get(reverse("backoffice:attach", args=[reference]))
    assert "given an end quarter" in text_of(page)
    answer = attach(cast.officer, reference, about="4")
    assert answer.redirect_chain == [(reverse("backoffice:authorisation", args=[reference]), 302)]
    text = text_of(answer)
    assert "The new version is attached" in text
    assert "letter.pdf" in text
    assert "Both parties are told." not in text
    row = models.AuthorisationDocument.objects.get(kind=DocumentKind.ATTACHED)
    assert (row.act, row.quality, row.person) == (
        Act.CLOSE,
        Quality.NSSO_OFFICER,
        cast.officer.person.insz,
    )


def test_the_page_of_an_authorisation_leads_there(cast, auditor, reference):
    address = reverse("backoffice:attach", args=[reference])
    page = reverse("backoffice:authorisation", args=[reference])
    assert address in as_(cast.officer).get(page).content.decode()
    assert address not in as_(auditor).get(page).content.decode()


def test_an_auditor_attaches_nothing(auditor, reference):
    assert attach(auditor, reference, about="4").status_code == 403
    assert not models.AuthorisationDocument.objects.exists()


@pytest.mark.parametrize("about", ["", "0", "99", "forged", "٤"])
def test_an_act_that_nobody_did_is_refused(cast, reference, about):
    answer = attach(cast.officer, reference, about=about)
    assert answer.status_code in {404, 422}
    assert not models.AuthorisationDocument.objects.exists()


def test_what_is_no_pdf_is_explained(cast, reference):
    answer = attach(cast.officer, reference, about="4", data=b"<html>")
    assert answer.status_code == 422
    assert "The new version is attached" not in text_of(answer)
