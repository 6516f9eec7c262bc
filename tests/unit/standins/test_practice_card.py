"""The practice card signs a form as the person chosen, and what it signs can be trusted."""

import asyncio
import datetime
import functools
import io
import re

import pytest
import requests
from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from mahis.domain.parties import Language, Person
from mahis.gateways.trust import from_folder
from mahis.standins.openid.means import Means
from mahis.standins.openid.people import People, PracticePerson
from mahis.standins.trust.folder import prepare
from mahis.standins.trust.server import running
from tests.factories import numbers
from tests.pki.forms import form

PERSON = PracticePerson(
    handle="lieve",
    person=Person(insz=numbers.insz(), given_name="Lieve", family_name="Łukaszek-Öztürk"),
    language=Language.DUTCH,
    descriptions={"nl": "Zaakvoerder van Bakkerij De Wilg BV"},
    means=(Means.EID,),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder that the first start filled."""
    return tmp_path_factory.mktemp("practice")


@pytest.fixture(scope="module")
def practice(folder):
    """Services and card, while the tests of this module last."""
    with running(folder=folder, people=People([PERSON])) as found:
        yield found


@functools.cache
def two_places():
    return form("mandator", "mandatary")


def upload(practice, content, **query):
    """Drop a file on the first page; gives the page behind it."""
    files = {"pdf": ("Volmacht 3.pdf", content, "application/pdf")}
    return requests.post(practice.card_url, files=files, params=query, timeout=10)


def sign(page, *, field="mandator", person="lieve"):
    """Choose place and person on the second page."""
    return requests.post(page.url, data={"field": field, "person": person}, timeout=10)


def test_whoever_is_chosen_signs_in_the_place_chosen(practice):
    page = upload(practice, two_places())
    assert page.status_code == 200
    assert "Łukaszek-Öztürk" in page.text
    assert PERSON.person.insz.digits not in page.text
    answer = sign(page, field="mandatary")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="Volmacht 3-signed.pdf"' in answer.headers["Content-Disposition"]
    assert answer.content.startswith(two_places())
    (signature,) = PdfFileReader(io.BytesIO(answer.content)).embedded_signatures
    assert signature.field_name == "mandatary"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.signer_cert.subject.native["serial_number"] == PERSON.person.insz.digits
    assert signature.signer_cert.key_usage_value.native == {"non_repudiation"}


def test_what_it_signs_leads_to_the_folder_of_trust_and_its_services_answer(practice):
    signed = sign(upload(practice, two_places())).content
    trust = from_folder(practice.trust)
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(each) for each in trust.roots],
        other_certs=[x509.Certificate.load(each) for each in trust.intermediates],
        allow_fetching=True,
        revocation_mode="require",
    )
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert validate_pdf_signature(signature, context).bottom_line


def test_timestamps_come_from_the_address_that_settings_name(practice):
    token = asyncio.run(HTTPTimeStamper(practice.tsa_url).async_timestamp(bytes(32), "sha256"))
    moment = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    assert isinstance(moment, datetime.datetime)


@pytest.mark.parametrize(
    "content",
    [b"", b"no PDF", b"%PDF-1.7\ngarbage", form(), form("mandator")[:600]],
    ids=["empty", "text", "garbage", "no place", "half"],
)
def test_a_file_that_cannot_be_signed_is_refused_in_words(practice, content):
    page = upload(practice, content)
    assert page.status_code == 400
    assert "cannot be signed" in page.text or "Choose the PDF" in page.text


@pytest.mark.parametrize(("field", "person"), [("nobody's", "lieve"), ("mandator", "somebody")])
def test_a_place_or_person_that_is_not_there_is_asked_again(practice, field, person):
    answer = sign(upload(practice, two_places()), field=field, person=person)
    assert answer.status_code == 400
    assert "Choose one of the places" in answer.text


def test_a_request_without_a_file_is_asked_again(practice):
    answer = requests.post(practice.card_url, timeout=10)
    assert answer.status_code == 400
    assert "Choose the PDF file" in answer.text


@pytest.mark.parametrize("path", ["card/unknown", "nothing", "practice/ocsp/none"])
def test_what_is_not_there_is_not_found(practice, path):
    assert requests.get(f"{practice.address}/{path}", timeout=10).status_code in {404, 405}


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "personnes inventées"), ("nl", "verzonnen personen"), ("de", "erfundene Personen")],
)
def test_pages_speak_each_language(practice, language, words):
    page = requests.get(practice.card_url, params={"lang": language}, timeout=10)
    assert words in page.text
    assert f'<html lang="{language}">' in page.text
    behind = upload(practice, two_places(), lang=language)
    assert f'<html lang="{language}">' in behind.text


def test_every_page_forbids_scripts_and_framing(practice):
    page = requests.get(practice.card_url, timeout=10)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"<script|style=", page.text)


def test_the_next_start_finds_port_keys_and_certificates(folder, practice, tmp_path):
    own = tmp_path / "own"
    first = prepare(own)
    before = {each: each.read_bytes() for each in own.rglob("*") if each.is_file()}
    assert all(each.stat().st_mode & 0o077 == 0 for each in before)
    again = prepare(own)
    assert again == first
    assert {each: each.read_bytes() for each in own.rglob("*") if each.is_file()} == before


def test_a_port_that_is_taken_makes_new_certificates_below_the_same_roots(tmp_path):
    import socket

    first = prepare(tmp_path)
    root, seal_key = (first.trust / "root.pem").read_bytes(), first.seal_key.read_bytes()
    issuer = (first.trust / "citizen-ca.pem").read_bytes()
    with socket.create_server(("127.0.0.1", first.port)):
        second = prepare(tmp_path)
    assert second.port != first.port
    assert (second.trust / "root.pem").read_bytes() == root
    assert second.seal_key.read_bytes() == seal_key
    renewed = (second.trust / "citizen-ca.pem").read_bytes()
    assert renewed != issuer
    (point,) = x509.Certificate.load(pem.unarmor(renewed)[2]).crl_distribution_points
    assert f":{second.port}/" in point.url


def test_it_does_not_start_where_real_people_could_meet_it(monkeypatch, tmp_path):
    from mahis.standins.serving import NotForProductionError

    monkeypatch.setenv("MAHIS_ENV", "production")
    with pytest.raises(NotForProductionError):
        prepare(tmp_path)
    assert list(tmp_path.iterdir()) == []
