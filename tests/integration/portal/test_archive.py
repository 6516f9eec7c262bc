"""Archive copies on the portal: made with an upload where that can be, later otherwise."""

import dataclasses

import pytest

from mahis.domain.documents import DocumentKind
from mahis.domain.mandate import State
from mahis.domain.parties import Side
from mahis.jobs import archive_signed
from mahis.store import models
from mahis.web import clock, house_archive
from tests.integration.portal import desk
from tests.integration.portal.people import as_, go, text_of
from tests.integration.portal.test_documents import (
    brought_back,
    equipped,
    form,
    reference,
    services,
    signed_by,
    states,
)

__all__ = ["equipped", "form", "reference", "services"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let nothing that failed in another test keep copies from being made."""
    monkeypatch.setattr(house_archive, "_PAUSE", house_archive._Pause())


def copies():
    return models.AuthorisationDocument.objects.filter(kind=DocumentKind.ARCHIVED)


def catch_up():
    return archive_signed.run(at=clock.now(), on=clock.today())


def without_timestamps(settings):
    """Let nobody answer where timestamps are to be had."""
    settings.SEALING = dataclasses.replace(settings.SEALING, tsa_url="http://127.0.0.1:9")


class TestAnUpload:
    def test_brings_a_copy_that_everybody_of_both_parties_can_download(self, cast, reference, form):
        data = signed_by(cast.director, Side.MANDATOR, form)
        brought_back(cast.director, reference, data)
        page = as_(cast.accountant).get(go("authorisation", reference))
        words = " ".join(text_of(page).split())
        assert "3. Archive copy of a signed form" in words
        assert "of document 2" in words
        assert "The register, by itself" in words
        assert words.index("2. Signed form") < words.index("3. Archive copy")
        assert desk.download(cast.accountant, reference, 3).startswith(data)
        assert catch_up() == {"copies": 0, "left_out": 0}

    def test_leaves_the_signed_form_to_the_second_party(self, cast, reference, form):
        brought_back(cast.director, reference, signed_by(cast.director, Side.MANDATOR, form))
        page = as_(cast.accountant).get(go("form", reference)).content.decode()
        assert go("document", reference, 2) in page

    def test_is_accepted_although_no_timestamp_is_to_be_had(self, cast, reference, form, settings):
        with_timestamps = settings.SEALING
        without_timestamps(settings)
        data = signed_by(cast.director, Side.MANDATOR, form)
        page = text_of(brought_back(cast.director, reference, data))
        assert "The signed form is accepted" in page
        assert (states(), copies().count()) == ({State.PENDING}, 0)
        assert not house_archive._PAUSE.is_over()
        settings.SEALING = with_timestamps
        assert catch_up() == {"copies": 1, "left_out": 0}
        assert desk.download(cast.director, reference, copies().get().number).startswith(data)

    def test_is_accepted_whatever_goes_wrong_with_its_copy(
        self, cast, reference, form, monkeypatch, caplog
    ):
        def lost():
            raise RuntimeError("words that nobody is to read")

        monkeypatch.setattr(house_archive, "means", lost)
        data = signed_by(cast.director, Side.MANDATOR, form)
        page = text_of(brought_back(cast.director, reference, data))
        assert "The signed form is accepted" in page
        assert "is not archived yet: RuntimeError" in caplog.text
        assert "words that nobody" not in caplog.text


def test_an_installation_without_signed_forms_needs_neither_seal_nor_trust(settings):
    settings.SEALING = None
    assert catch_up() == {"copies": 0, "left_out": 0}
