"""Everything that can be wrong with what is sent, on every screen that takes files: never a 500."""

import pytest
from django.test import Client

from mahis.store import models
from mahis.web import clock
from tests.factories import roads
from tests.integration.portal import desk
from tests.integration.portal.people import as_, go, log_in, text_of, written
from tests.pki import pki

pytestmark = pytest.mark.django_db

SMALL = 100_000
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
#: The screens that take files, with the name of their field.
TAKING = {"upload": "file", "scan": "pages", "attach": "file"}
_PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
FIELDS = {"version": "1", "about": "1"}


@pytest.fixture(scope="module")
def services():
    """Let the practice services answer."""
    with pki().serve(at=desk.NOW):
        yield


@pytest.fixture
def reference(cast, services, settings, tmp_path):
    """Give an authorisation with a form, in a service that takes small files only."""
    desk.equip(settings, tmp_path)
    settings.LARGEST_UPLOAD = SMALL
    reference = roads.drawn_up(cast.director, cast.accountant, "several", on=clock.today())
    as_(cast.director).post(go("form", reference), {"version": "1"})
    return reference


@pytest.fixture(params=sorted(TAKING))
def screen(request, reference):
    """Give each screen that takes files: its address and the name of its field."""
    return go(request.param, reference), TAKING[request.param]


def rows():
    """Count everything that an upload could write."""
    return written() | {"documents": models.AuthorisationDocument.objects.count()}


def test_nothing_at_all_is_asked_for_again(cast, screen):
    before = rows()
    address, field = screen
    for sent in ({}, {field: ""}, {"other": desk.pdf_file(PDF)}):
        answer = as_(cast.director).post(address, {**FIELDS, **sent})
        assert answer.status_code == 422
        assert "Choose a file." in text_of(answer)
    assert rows() == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 500,
        b"MZ\x90\x00",
        b"PK\x03\x04" + b"\x00" * 100,
        b"<html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 200,
        b"\xff\xd8\xff\xe0" + b"\x00" * 200,
        PDF,
        b"%PDF-",
        b"%PDF-1.7\n" + b"[" * 20_000,
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_beside_its_field(cast, screen, data):
    before = rows()
    address, field = screen
    answer = as_(cast.director).post(address, {**FIELDS, field: desk.pdf_file(data)})
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert rows() == before


@pytest.mark.parametrize("name", ["upload", "attach"])
def test_two_files_are_one_too_many(cast, reference, name):
    before = rows()
    sent = {**FIELDS, "file": [desk.pdf_file(PDF), desk.pdf_file(PDF)]}
    answer = as_(cast.director).post(go(name, reference), sent)
    assert answer.status_code == 422
    assert "Choose one file only" in text_of(answer)
    assert rows() == before


def test_a_file_that_is_too_large_gets_the_limit_and_the_way_back(cast, screen):
    before = rows()
    address, field = screen
    answer = as_(cast.director).post(
        address,
        {**FIELDS, field: desk.pdf_file(PDF.ljust(SMALL * 3))},
        headers={"referer": f"http://testserver{address}"},
    )
    assert answer.status_code == 413
    assert "at most 98 kB" in text_of(answer)
    assert f'href="{address}"' in answer.content.decode()
    assert rows() == before


def test_a_file_that_claims_to_be_small_is_counted_all_the_same(cast, screen):
    """The limit holds for what arrives, not for what was announced."""
    address, field = screen
    answer = as_(cast.director).post(
        address, {field: desk.pdf_file(PDF.ljust(SMALL + 1000)), **FIELDS}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\boot.ini",
        "a\r\nSet-Cookie: x=y.pdf",
        "\u202efdp.exe",
        "<script>alert(1)</script>.pdf",
        '"><img src=x onerror=alert(1)>.pdf',
        "{{ 7|add:7 }}.pdf",
        "x" * 240 + ".pdf",
        "名前" * 60,
        "CON",
        "%00.pdf",
    ],
)
def test_strange_names_are_only_words(cast, reference, name):
    number = models.AuthorisationDocument.objects.count() + 1
    form = desk.download(cast.director, reference, 1)
    sent = {**FIELDS, "file": desk.pdf_file(form, name)}
    page = as_(cast.director).post(go("attach", reference), sent, follow=True)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "<img src=x" not in page.content.decode()
    answer = as_(cast.director).get(go("document", reference, number))
    assert answer["Content-Disposition"] == (
        f'attachment; filename="mahis-{reference}-attached-{number}.pdf"'
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n",
        b"--x--",
        _PART + b"\r\n%PDF-",
        _PART + b"Content-Transfer-Encoding: base64\r\n\r\n@@@@\r\n--x--",
        b"\xff\xfe" * 300,
    ],
)
def test_garbage_in_place_of_a_form_is_no_error_of_ours(cast, screen, body):
    before = rows()
    answer = as_(cast.director).generic(
        "POST", screen[0], body, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code in {400, 422}
    assert rows() == before


def test_a_form_without_a_token_is_not_used(cast, screen):
    address, field = screen
    browser = log_in(Client(enforce_csrf_checks=True), cast.director)
    answer = browser.post(address, {**FIELDS, field: desk.pdf_file(PDF)})
    assert answer.status_code == 403
