"""What an operator may say about the seal, and what is refused at once with its reason."""

import dataclasses
import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from mahis.gateways.seal_settings import SealMisconfigured, SealSettings, read_seal
from tests.pki import pki


@pytest.fixture
def usual(tmp_path):
    files = pki().seal_files(tmp_path)
    return SealSettings(
        key_file=files.key,
        certificate_file=files.certificates,
        tsa_url="http://tsa.example/rfc3161",
    )


def _write_key(path: Path, key, *, password: bytes = b"") -> Path:
    hiding = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hiding)
    )
    return path


def test_the_seal_is_read_with_its_issuers(usual):
    seal = read_seal(usual)
    assert seal.name == "Mahis seal"
    assert seal.issuers
    assert "key" not in repr(seal)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"tsa_url": ""}, "address"),
        ({"tsa_url": "ftp://tsa.example"}, "address"),
        ({"tsa_url": "tsa.example"}, "address"),
        ({"tsa_url": "http://["}, "address"),
        ({"tsa_url": "http://"}, "address"),
        ({"tsa_timeout_seconds": 0}, "seconds"),
        ({"tsa_timeout_seconds": 61}, "seconds"),
        ({"tsa_timeout_seconds": float("nan")}, "seconds"),
        ({"tsa_tries": 0}, "tries"),
        ({"tsa_tries": 11}, "tries"),
    ],
)
def test_wrong_values_are_refused_at_once(usual, wrong, reason):
    with pytest.raises(SealMisconfigured, match=reason):
        dataclasses.replace(usual, **wrong)


def test_a_password_is_not_shown(usual):
    assert "hush" not in repr(dataclasses.replace(usual, tsa_username="me", tsa_password="hush"))


def test_files_that_are_not_there_are_named(usual, tmp_path):
    for name in ("key_file", "certificate_file"):
        with pytest.raises(SealMisconfigured, match="nowhere"):
            read_seal(dataclasses.replace(usual, **{name: tmp_path / "nowhere.pem"}))


def test_files_that_are_no_pem_are_refused(usual, tmp_path):
    (tmp_path / "text.pem").write_text("Good morning.")
    for name in ("key_file", "certificate_file"):
        with pytest.raises(SealMisconfigured, match="text"):
            read_seal(dataclasses.replace(usual, **{name: tmp_path / "text.pem"}))


def test_a_key_that_does_not_fit_the_certificate_is_refused(usual, tmp_path):
    other = _write_key(tmp_path / "other.pem", ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(SealMisconfigured, match="does not fit"):
        read_seal(dataclasses.replace(usual, key_file=other))


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (ed25519.Ed25519PrivateKey.generate(), "neither elliptic nor RSA"),
        (rsa.generate_private_key(public_exponent=65537, key_size=1024), "shorter"),
    ],
)
def test_keys_that_cannot_seal_are_refused(usual, tmp_path, key, reason):
    file = _write_key(tmp_path / "weak.pem", key)
    with pytest.raises(SealMisconfigured, match=reason):
        read_seal(dataclasses.replace(usual, key_file=file))


def test_a_key_behind_a_password_is_refused_and_never_quoted(usual, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    file = _write_key(tmp_path / "locked.pem", key, password=b"sesame")
    with pytest.raises(SealMisconfigured, match="cannot be read") as refused:
        read_seal(dataclasses.replace(usual, key_file=file))
    assert "BEGIN" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("label", "reason"),
    [("seal-root", "authority"), ("usage", "not for signatures")],
)
def test_certificates_that_cannot_seal_are_refused(usual, tmp_path, label, reason):
    key, certificate = _certificate(label)
    _write_key(tmp_path / "key2.pem", key)
    (tmp_path / "certificate2.pem").write_bytes(certificate)
    with pytest.raises(SealMisconfigured, match=reason):
        read_seal(
            dataclasses.replace(
                usual,
                key_file=tmp_path / "key2.pem",
                certificate_file=tmp_path / "certificate2.pem",
            )
        )


def _certificate(label: str):
    """Make a certificate of its own key that is an authority's, or is for no signatures."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, label)])
    usages = {
        "digital_signature": label == "seal-root",
        "content_commitment": False,
        "key_encipherment": True,
        "data_encipherment": False,
        "key_agreement": False,
        "key_cert_sign": label == "seal-root",
        "crl_sign": False,
        "encipher_only": False,
        "decipher_only": False,
    }
    begins = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=3650))
        .add_extension(
            x509.BasicConstraints(ca=label == "seal-root", path_length=None), critical=True
        )
        .add_extension(x509.KeyUsage(**usages), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.PEM)
