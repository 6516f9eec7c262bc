"""The officers' screen of letters: batches, what is in their way, and who has no address."""

import csv
import dataclasses
import datetime
import hashlib
import io
from pathlib import Path

import pytest
from django.urls import reverse

from mahis.domain.letters import AddressProblem, BatchState
from mahis.gateways.files import Files
from mahis.gateways.post.settings import Folder
from mahis.store import models
from mahis.usecases.hand_over_letters import hand_over
from mahis.usecases.pack_letters import pack_letters
from mahis.usecases.write_letter import write_letter
from mahis.web import clock
from tests.factories import letters, register, roads
from tests.integration.portal.people import as_

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_here")]


@pytest.fixture
def files(kept_here, settings):
    return Files(settings.DOCUMENTS_DIR)


@pytest.fixture
def told(cast):
    """Give what makes a notice by post to the client."""

    def tell():
        reference = roads.drawn_up(cast.accountant, cast.director, "several")
        return models.Notice.objects.get(authorisation_id=reference.number, recipient=cast.client)

    return tell


@pytest.fixture
def written(cast, told, files):
    """Give what writes a letter to the client, who has an address."""
    register.seated(
        cast.client,
        zipcode="9000",
        municipality_nl="Gent",
        municipality_fr="Gand",
        street_nl="Kerkstraat",
        street_fr="Rue de l'Église",
        house_number="12",
    )

    def write():
        notice = told()
        write_letter(
            notice=notice.pk,
            text=letters.text(notice.language),
            reference=str(notice.authorisation.reference),
            sender=letters.SENDER,
            files=files,
            at=clock.now(),
            on=clock.today(),
        )
        return notice

    return write


def packed(files, *, days=0):
    pack_letters(files=files, at=clock.now(), on=clock.today() + datetime.timedelta(days=days))


def shown(actor, language="en", query=""):
    client = as_(actor)
    client.cookies["mahis_language"] = language
    answer = client.get(reverse("backoffice:letters") + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_empty_screen_says_what_will_stand_there(cast):
    page = shown(cast.officer)
    assert "No batch has been made yet" in page
    assert "No letter waits for the next batch." in page
    assert "Enterprises without an address" not in page


def test_where_nobody_said_who_prints_officers_are_told_to_download(cast, settings):
    assert "Nobody has set where the packages go" in shown(cast.officer)
    settings.POST = dataclasses.replace(settings.POST, target=Folder(path=Path("/srv/printer")))
    page = shown(cast.officer)
    assert "Nobody has set" not in page
    assert "/srv/printer" not in page


def test_a_batch_is_shown_with_its_day_its_count_and_its_check_sum(cast, written, files):
    written(), written()
    assert "2 letters wait for the next batch." in shown(cast.officer)
    packed(files)
    batch = models.LetterBatch.objects.get()
    page = shown(cast.officer)
    assert "23 November 2026" in page
    assert "batch 1" in page
    assert "Packed, not handed over yet" in page
    assert batch.sha256 in page
    assert "mahis-letters-20261123-000001.zip" in page
    assert '<span class="number">2</span>' in page
    assert "No letter waits for the next batch." in page


@pytest.fixture
def with_the_printer(written, files, tmp_path):
    """Have a batch that was handed over."""
    written()
    packed(files)
    hand_over(target=Folder(path=tmp_path), files=files, at=clock.now())


def test_what_the_printer_has_is_told_with_the_time(cast, with_the_printer):
    page = shown(cast.officer)
    assert "With the printer" in page
    assert "23 November 2026 at 11:00" in page


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("printerUnreachable", "The server of the printer does not answer."),
        ("packageInTheWay", "Another package lies with the printer under the same name"),
        ("noPrinter", "Nobody has set where packages of letters go."),
        ("fileLost", "damaged"),
        ("ofAnotherVersion", "ofAnotherVersion"),
    ],
)
def test_what_is_in_the_way_of_a_batch_is_told(cast, written, files, problem, words):
    written()
    packed(files)
    models.LetterBatch.objects.update(problem=problem, failed_at=clock.now())
    page = shown(cast.officer)
    assert words in page
    assert "tried on 23 November 2026 at 11:00" in page


def test_a_batch_that_is_being_packed_has_nothing_to_download(cast, written, files):
    written()
    models.LetterBatch.objects.create(
        number=1,
        day=clock.today(),
        state=BatchState.OPEN,
        letters=1,
        pages=1,
        opened_at=clock.now(),
    )
    page = shown(cast.officer)
    assert "Being packed" in page
    assert "package.zip" not in page
    for name in ("letter_manifest", "letter_package"):
        answer = as_(cast.officer).get(reverse(f"backoffice:{name}", args=[1]))
        assert answer.status_code == 409
        assert "is being made" in answer.content.decode()


def test_the_list_is_downloaded_as_a_file(cast, written, files):
    written(), written()
    packed(files)
    answer = as_(cast.officer).get(reverse("backoffice:letter_manifest", args=[1]))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="mahis-letters-000001.csv"'
    )
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert len(list(csv.DictReader(io.StringIO(answer.content.decode())))) == 2


def test_the_package_is_downloaded_piece_by_piece_and_whole(cast, written, files):
    written()
    packed(files)
    batch = models.LetterBatch.objects.get()
    answer = as_(cast.officer).get(reverse("backoffice:letter_package", args=[1]))
    assert answer.streaming
    assert answer.headers["Content-Length"] == str(batch.size)
    assert answer.headers["Content-Type"] == "application/zip"
    assert "mahis-letters-20261123-000001.zip" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert hashlib.sha256(answer.getvalue()).hexdigest() == batch.sha256


@pytest.mark.parametrize("name", ["letter_manifest", "letter_package"])
def test_a_lost_package_is_told_and_not_half_given(cast, written, files, settings, name):
    written()
    packed(files)
    sha256 = models.LetterBatch.objects.get().sha256
    (settings.DOCUMENTS_DIR / sha256[:2] / sha256[2:4] / sha256).unlink()
    answer = as_(cast.officer).get(reverse(f"backoffice:{name}", args=[1]))
    assert answer.status_code == 503


@pytest.mark.parametrize("name", ["letter_manifest", "letter_package"])
@pytest.mark.parametrize("number", [1, 9_999_999])
def test_a_batch_that_does_not_exist_is_not_found(cast, name, number):
    answer = as_(cast.officer).get(reverse(f"backoffice:{name}", args=[number]))
    assert answer.status_code == 404


# -- without an address


@pytest.fixture
def unaddressed(told):
    """Give a notice that waits for an address."""

    def wait(problem=AddressProblem.MISSING):
        notice = told()
        models.UnaddressedNotice.objects.create(
            notice=notice,
            recipient_id=notice.recipient_id,
            problem=problem,
            since=clock.now(),
            tried_at=clock.now(),
        )
        return notice

    return wait


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (AddressProblem.MISSING, "The register has no address."),
        (AddressProblem.INCOMPLETE, "has no street or no town"),
        (AddressProblem.STRUCK_OFF, "has struck the address off"),
    ],
)
def test_who_cannot_be_written_to_is_named_with_what_to_do(cast, unaddressed, problem, words):
    notice = unaddressed(problem)
    page = shown(cast.officer)
    assert "Enterprises without an address" in page
    assert "Bakkerij Peeters" in page
    assert cast.client.screen in page
    assert words in page
    assert "corrected in the Crossroads Bank" in page
    reference = notice.authorisation.reference
    assert reverse("backoffice:authorisation", args=[reference]) in page


def test_the_menu_counts_enterprises_without_an_address(cast, unaddressed):
    unaddressed(), unaddressed()
    page = shown(cast.officer)
    assert "2 letters" in page
    entry = page.split(f'href="{reverse("backoffice:letters")}"', 1)[1].split("</a>", 1)[0]
    assert "1" in entry


def test_looking_again_has_the_letters_written(cast, unaddressed):
    notice = unaddressed()
    later = clock.now() + datetime.timedelta(hours=6)
    models.Delivery.objects.filter(notice=notice).update(next_at=later)
    client = as_(cast.officer)
    answer = client.post(reverse("backoffice:letter_addresses"))
    assert answer.headers["Location"].endswith("?again=0")
    assert "No address has been added" in client.get(answer.headers["Location"]).content.decode()
    register.seated(cast.client, zipcode="9000", municipality_fr="Gand", street_fr="Rue Haute")
    assert "the letters are about to be written" in shown(cast.officer)
    answer = client.post(reverse("backoffice:letter_addresses"))
    assert answer.headers["Location"].endswith("?again=1")
    assert "Letters will be written" in client.get(answer.headers["Location"]).content.decode()
    assert models.Delivery.objects.get(notice=notice).next_at == clock.now()


def test_auditors_see_it_and_change_nothing(auditor, unaddressed):
    unaddressed()
    assert "Look for the addresses now" not in shown(auditor)
    assert as_(auditor).post(reverse("backoffice:letter_addresses")).status_code == 403


@pytest.mark.parametrize(
    "query", ["?again=", "?again=x", "?again=-1", "?again=²", "?again=9999999"]
)
def test_what_nobody_can_have_in_the_address_is_ignored(cast, query):
    page = shown(cast.officer, query=query)
    assert "Letters will be written" not in page
    assert "No address has been added" not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Entreprises sans adresse", "Chez l'imprimeur")),
        ("nl", ("Ondernemingen zonder adres", "Bij de drukker")),
        ("de", ("Unternehmen ohne Adresse", "Bei der Druckerei")),
    ],
)
def test_the_screen_speaks_the_language_of_the_officer(
    cast, unaddressed, with_the_printer, language, words
):
    unaddressed()
    page = shown(cast.officer, language)
    for word in words:
        assert word.replace("'", "&#x27;") in page
