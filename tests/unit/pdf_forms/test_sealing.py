"""A sealed form can be signed and not changed, which any reader of signatures confirms."""

import asyncio
import dataclasses
import datetime
import hashlib
import io

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field
from pyhanko.sign.validation import (
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from mahis.domain.parties import Language, Side
from mahis.gateways.pdf_forms import (
    Sealer,
    SealNotConfigured,
    seal,
    sealer_of,
    set_form,
)
from mahis.web import clock
from tests.pki import pki
from tests.unit.pdf_forms import reading

BOTH = frozenset(Side)


@pytest.fixture
def sealed(content, sealer):
    return seal(set_form(content), sides=BOTH, content=content, sealer=sealer)


def _signatures(pdf):
    return {each.field_name: each for each in reading.opened(pdf).embedded_signatures}


def test_the_seal_certifies_that_only_signatures_may_follow(sealed, sealer, content):
    found = _signatures(sealed)
    assert list(found) == ["mahis-seal", "mahis-timestamp"]
    certification = found["mahis-seal"]
    assert certification.docmdp_level is MDPPerm.FILL_FORMS
    status = validate_pdf_signature(certification, pki().context())
    assert status.bottom_line
    assert status.trusted
    assert status.docmdp_ok
    described = certification.sig_object
    assert described["/Name"] == sealer.name
    assert "2026-0001234" in described["/Reason"]
    assert described["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "/Location" not in described
    assert certification.self_reported_timestamp == content.made_at


def test_the_timestamp_proves_when_it_was_sealed(sealed):
    before = clock.now() - datetime.timedelta(minutes=1)
    stamp = _signatures(sealed)["mahis-timestamp"]
    status = validate_pdf_timestamp(stamp, pki().context())
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert before < status.timestamp < clock.now() + datetime.timedelta(minutes=1)


def test_the_form_is_untouched_and_each_step_is_one_revision(sealed, content):
    assert sealed.startswith(set_form(content))
    assert reading.opened(sealed).total_revisions == 3
    assert len(sealed) < len(set_form(content)) + 20_000


def test_both_parties_can_sign_and_everything_stays_valid(sealed):
    signed = pki().sign(sealed, field="mandator", timestamp=True)
    signed = pki().sign(signed, field="mandatary")
    assert signed.startswith(sealed)
    found = _signatures(signed)
    stamp = validate_pdf_timestamp(found.pop("mahis-timestamp"), pki().context())
    assert stamp.intact
    assert stamp.trusted
    assert set(found) == {"mahis-seal", "mandator", "mandatary"}
    for signature in found.values():
        assert validate_pdf_signature(signature, pki().context()).bottom_line


def test_a_field_added_afterwards_breaks_the_certification(sealed):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    append_signature_field(writer, SigFieldSpec("another", box=(0, 0, 100, 100)))
    out = io.BytesIO()
    writer.write(out)
    status = validate_pdf_signature(_signatures(out.getvalue())["mahis-seal"], pki().context())
    assert not status.bottom_line


def test_a_changed_byte_breaks_the_seal(sealed):
    place = sealed.index(b"2026-0001234")
    changed = sealed[:place] + b"2027-0001234" + sealed[place + 12 :]
    status = validate_pdf_signature(_signatures(changed)["mahis-seal"], pki().context())
    assert not status.intact


@pytest.mark.parametrize("language", list(Language))
def test_the_reason_is_in_the_language(content, sealer, language):
    said = dataclasses.replace(content, language=language)
    pdf = seal(set_form(said), sides=BOTH, content=said, sealer=sealer)
    begins = {"fr": "Scelle la", "nl": "Verzegelt", "de": "Versiegelt", "en": "Seals"}
    reason = _signatures(pdf)["mahis-seal"].sig_object["/Reason"]
    assert reason.startswith(begins[language.value])


def test_sealing_works_inside_an_event_loop_too(content, sealer):
    async def sealing():
        return seal(set_form(content), sides=BOTH, content=content, sealer=sealer)

    assert len(_signatures(asyncio.run(sealing()))) == 2


def test_an_rsa_key_seals_as_well(content, seal_settings, tmp_path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Registre")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(clock.now() - datetime.timedelta(days=1))
        .not_valid_after(clock.now() + datetime.timedelta(days=1))
        .add_extension(_usage(content_commitment=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "key.pem", tmp_path / "certificate.pem"
    files[0].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    files[1].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    settings = dataclasses.replace(seal_settings, key_file=files[0], certificate_file=files[1])
    sealer = Sealer(settings)
    assert sealer.name == "Registre"
    pdf = seal(set_form(content), sides=BOTH, content=content, sealer=sealer)
    signature = _signatures(pdf)["mahis-seal"]
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    )
    assert status.bottom_line


def test_a_seal_that_is_not_valid_at_that_time_seals_nothing(content, sealer):
    for years in (-100, 100):
        when = content.made_at + datetime.timedelta(days=365 * years)
        with pytest.raises(SealNotConfigured):
            seal(b"", sides=BOTH, content=dataclasses.replace(content, made_at=when), sealer=sealer)


def test_a_process_reads_its_seal_once(seal_settings):
    assert sealer_of(seal_settings) is sealer_of(dataclasses.replace(seal_settings))
    with pytest.raises(SealNotConfigured):
        sealer_of(None)


def test_every_container_is_signed_anew(sealer):
    digests = [hashlib.sha256(text).digest() for text in (b"one", b"two")]
    one, two = (sealer.sign(digest) for digest in digests)
    assert digests[0] in one
    assert digests[1] in two
    assert digests[0] not in two


def _usage(**said: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: said.get(name, False) for name in names})
