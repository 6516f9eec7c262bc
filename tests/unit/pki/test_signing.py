"""What the tests' cards sign is right by plain pyHanko, and services answer as they should."""

import datetime
import io
import re

import pytest
import requests
from asn1crypto import crl, ocsp, tsp  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from mahis.web import clock
from tests.factories import numbers
from tests.pki import pki
from tests.pki.forms import form

FORM = form("mandator", "mandatary")
DAY = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


def status(pdf, *, context=None, place=-1):
    """The verdict of plain pyHanko on one signature, with the signatures' own timestamps."""
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[place]
    context = context or pki().context(at=DAY)
    return validate_pdf_signature(signature, context, ts_validation_context=pki().context(at=DAY))


@pytest.mark.parametrize("name", ["citizen", "citizen-rsa", "foreigner", "foreign-country"])
def test_a_card_signs_behind_the_bytes_it_was_given(name):
    signed = pki().sign(FORM, field="mandator", by=name, at=DAY)
    assert signed.startswith(FORM)
    found = status(signed)
    assert found.bottom_line
    assert found.signer_reported_dt == DAY
    assert found.timestamp_validity is None


def test_a_person_of_any_number_signs_after_another():
    signed = pki().sign(FORM, field="mandator", at=DAY)
    card = pki().person(numbers.insz(), "Łukasz", "Öztürk")
    both = pki().sign(signed, field="mandatary", by=card, at=DAY)
    assert status(both, place=0).bottom_line
    assert status(both, place=1).bottom_line


def test_the_name_stands_in_the_field_in_letters_that_can_be_drawn():
    card = pki().person(numbers.insz(), "Štěpán", "Łukasz-Öztürk")
    signed = pki().sign(FORM, field="mandator", by=card, at=DAY)
    (field,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    drawn = field.sig_field["/AP"]["/N"].data.decode("ascii")
    text = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), drawn)
    assert "(Stepán ?ukasz-Öztürk)" in text
    assert "(2026-11-23 09:00 UTC)" in text
    assert field.signer_cert.subject.native["surname"] == "Łukasz-Öztürk"


def test_a_timestamp_proves_the_moment_and_revocation_can_be_embedded():
    signed = pki().sign(FORM, field="mandator", at=DAY, timestamp=True, embed_revocation=True)
    found = status(signed)
    assert found.bottom_line
    assert found.timestamp_validity.timestamp == DAY
    assert "/DSS" in PdfFileReader(io.BytesIO(signed)).root


@pytest.mark.parametrize("name", ["revoked", "expired", "not-yet-valid", "stranger", "by-citizen"])
def test_cards_that_should_not_be_trusted_are_not(name):
    found = status(pki().sign(FORM, field="mandator", by=name, at=DAY))
    assert found.intact
    assert found.valid
    assert not found.trusted


def test_a_card_with_a_broken_name_signs_all_the_same():
    assert status(pki().sign(FORM, field="mandator", by="broken-name", at=DAY)).intact


def test_a_certification_says_what_may_change():
    card = pki().signer("seal")
    sealed = pki().sign(FORM, field="mahis-seal", by=card, at=DAY, docmdp=fields.MDPPerm.FILL_FORMS)
    reader = PdfFileReader(io.BytesIO(sealed))
    assert "/DocMDP" in reader.root["/Perms"]


@pytest.mark.parametrize(("name", "answer"), [("citizen", "good"), ("revoked", "revoked")])
def test_ocsp_and_crl_tell_who_is_revoked(name, answer):
    certificate = pki().signer(name).certificate
    with pki().serve(at=DAY):
        reply = requests.post(certificate.ocsp_urls[0], data=_question(certificate), timeout=5)
        points = certificate.crl_distribution_points_value.native
        listed = requests.get(points[0]["distribution_point"][0], timeout=5)
    response = ocsp.OCSPResponse.load(reply.content).response_data["responses"][0]
    assert response["cert_status"].name == answer
    revoked = crl.CertificateList.load(listed.content)["tbs_cert_list"]["revoked_certificates"]
    numbers_of_revoked = {each["user_certificate"].native for each in revoked}
    assert (certificate.serial_number in numbers_of_revoked) == (answer == "revoked")


def test_plain_pyhanko_finds_the_services_by_itself():
    now = clock.now()
    revoked = pki().person(numbers.insz(), "Rik", "Kwijt")
    pki().revoke(revoked, since=now - datetime.timedelta(hours=1))
    with pki().serve():
        for by, trusted in (("citizen", True), (revoked, False)):
            context = ValidationContext(
                trust_roots=[pki().certificate("root")],
                other_certs=[pki().certificate("citizen-ca")],
                allow_fetching=True,
                revocation_mode="require",
            )
            signed = pki().sign(FORM, field="mandator", by=by)
            assert status(signed, context=context).trusted == trusted


def test_timestamps_come_over_http_and_of_the_time_asked_for():
    with pki().serve(at=DAY):
        asked = tsp.TimeStampReq(
            {
                "version": 1,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": bytes(32),
                },
                "cert_req": True,
            }
        )
        reply = requests.post(pki().tsa_url, data=asked.dump(), timeout=5)
    token = tsp.TimeStampResp.load(reply.content)["time_stamp_token"]
    assert token["content"]["encap_content_info"]["content"].parsed["gen_time"].native == DAY


@pytest.mark.parametrize("place", ["ocsp/citizen-ca", "tsa/tsa", "ocsp/none", "crls/none/x"])
def test_nonsense_is_the_mistake_of_who_asks(place):
    with pki().serve() as address:
        reply = requests.post(f"{address}/practice/{place}", data=b"\x30\x03nonsense", timeout=5)
    assert 400 <= reply.status_code < 500


def test_nobody_answers_when_nobody_serves():
    with pki().serve():
        pass
    with pytest.raises(requests.ConnectionError):
        requests.get(pki().url, timeout=5)


def _question(certificate):
    issuer = pki().certificate("citizen-ca")
    asked = {
        "hash_algorithm": {"algorithm": "sha1"},
        "issuer_name_hash": issuer.subject.sha1,
        "issuer_key_hash": issuer.public_key.sha1,
        "serial_number": certificate.serial_number,
    }
    request = {"tbs_request": {"request_list": [{"req_cert": asked}]}}
    return ocsp.OCSPRequest(request).dump()
