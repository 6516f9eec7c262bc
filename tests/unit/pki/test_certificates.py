"""Each certificate of the tests' infrastructure is what its name says."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements

from mahis.domain.identifiers import Insz
from mahis.domain.refusals import Refused
from tests.factories import numbers
from tests.pki import pki

DAY = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)

NORMAL = ["citizen", "citizen-rsa", "foreigner", "bis-number", "foreign-country"]


def certificate(label):
    """A certificate as another library reads it."""
    return x509.load_der_x509_certificate(pki().certificate(label).dump())


def usage(label):
    """The key usages that a certificate names."""
    found = certificate(label).extensions.get_extension_for_class(x509.KeyUsage).value
    names = ("digital_signature", "content_commitment", "key_cert_sign", "crl_sign")
    return {name for name in names if getattr(found, name)}


def policies(label):
    """The policies that a certificate names."""
    found = certificate(label).extensions.get_extension_for_class(x509.CertificatePolicies).value
    return {each.policy_identifier.dotted_string for each in found}


def statements(label):
    """What a certificate says about being qualified."""
    return [each["statement_id"].native for each in get_qc_statements(pki().certificate(label))]


@pytest.mark.parametrize("name", NORMAL)
def test_a_card_signs_qualified_and_binds_its_holder(name):
    assert usage(f"{name}-signature") == {"content_commitment"}
    assert policies(f"{name}-signature") <= {"2.16.56.12.1.1.2.1", "2.16.56.12.1.1.7.1"}
    assert statements(f"{name}-signature") == ["qc_compliance", "qc_sscd", "qc_type"]


@pytest.mark.parametrize("name", ["citizen", "citizen-rsa", "foreigner"])
def test_the_other_certificate_of_a_card_authenticates_only(name):
    label = f"{name}-authentication"
    assert usage(label) == {"digital_signature"}
    assert policies(label) <= {"2.16.56.12.1.1.2.2", "2.16.56.12.1.1.7.2"}
    assert statements(label) == []


@pytest.mark.parametrize("name", [*NORMAL, "revoked", "sha1", "stranger"])
def test_a_card_names_its_holder_and_a_national_number(name):
    subject = certificate(f"{name}-signature").subject
    (number,) = subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    assert Insz(str(number.value)).is_bis == (name == "bis-number")
    (given_name,) = subject.get_attributes_for_oid(NameOID.GIVEN_NAME)
    (common_name,) = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert str(common_name.value).startswith(str(given_name.value).split()[0])
    (country,) = subject.get_attributes_for_oid(NameOID.COUNTRY_NAME)
    assert country.value == {"foreign-country": "FR", "stranger": "XX"}.get(name, "BE")


def test_keys_are_of_both_kinds_that_cards_have():
    key = certificate("citizen-signature").public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp384r1"
    assert isinstance(certificate("citizen-rsa-signature").public_key(), rsa.RSAPublicKey)
    assert isinstance(certificate("citizen-ca-rsa").public_key(), rsa.RSAPublicKey)


def test_numbers_are_missing_or_wrong_where_they_should_be():
    assert not certificate("no-number-signature").subject.get_attributes_for_oid(
        NameOID.SERIAL_NUMBER
    )
    (number,) = certificate("wrong-number-signature").subject.get_attributes_for_oid(
        NameOID.SERIAL_NUMBER
    )
    with pytest.raises(Refused):
        Insz(str(number.value))


def test_a_broken_name_raises_when_it_is_read():
    with pytest.raises(UnicodeDecodeError):
        _ = pki().certificate("broken-name-signature").subject.human_friendly


def test_control_characters_come_through():
    subject = pki().certificate("control-characters-signature").subject
    assert "\x07" in subject.native["common_name"]
    assert "\x00" in subject.native["common_name"]


@pytest.mark.parametrize(
    ("name", "began", "ended"),
    [
        ("citizen", True, False),
        ("seal", True, False),
        ("expired", True, True),
        ("not-yet-valid", False, False),
    ],
)
def test_validity_fits_the_name(name, began, ended):
    card = pki().signer(name)
    validity = card.certificate
    assert (validity.not_valid_before <= DAY) == began
    assert (validity.not_valid_after < DAY) == ended


def test_weak_unqualified_and_seal_certificates_say_so():
    digest = certificate("sha1-signature").signature_hash_algorithm
    assert digest is not None
    assert digest.name == "sha1"
    assert statements("not-qualified-signature") == []
    assert statements("for-seals-signature") == ["qc_compliance", "qc_type"]


def test_somebody_who_is_no_authority_made_one():
    made = certificate("by-citizen-signature")
    made.verify_directly_issued_by(certificate("citizen-signature"))
    assert "key_cert_sign" not in usage("citizen-signature")


def test_the_stranger_comes_from_an_authority_that_is_not_trusted():
    trust = pki().trust()
    assert pki().certificate("root-of-others").dump() not in trust.roots
    certificate("stranger-signature").verify_directly_issued_by(certificate("ca-of-others"))


def test_the_services_in_a_certificate_are_those_of_this_process():
    extensions = certificate("citizen-signature").extensions
    access = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    places = {each.access_method: each.access_location.value for each in access}
    assert places[AuthorityInformationAccessOID.OCSP].startswith(pki().url)
    assert places[AuthorityInformationAccessOID.CA_ISSUERS].startswith(pki().url)
    points = extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert [name.value for point in points for name in point.full_name or ()] == [
        f"{pki().url}/practice/crls/citizen-ca/latest.crl"
    ]


@pytest.mark.parametrize("kind", ["citizen", "foreigner"])
@pytest.mark.parametrize("key", ["ec", "rsa"])
def test_anybody_gets_a_card_once(kind, key):
    number = numbers.insz()
    card = pki().person(number, "Nele", "Van der Elst", kind=kind, key=key)
    again = pki().person(number.digits, "Nele", "Van der Elst", kind=kind, key=key)
    assert again.certificate == card.certificate
    assert card.certificate.subject.native["serial_number"] == number.digits
    assert card.certificate.subject.native["given_name"] == "Nele"
    assert isinstance(card.key, rsa.RSAPrivateKey) == (key == "rsa")
    assert card.chain[-1] == pki().certificate("root")
    other = pki().person(number, "Nele", "Van der Elst", kind=kind, key=key, use="authentication")
    assert other.certificate.key_usage_value.native == {"digital_signature"}


def test_a_folder_of_trust_says_the_same_as_the_values(tmp_path):
    from mahis.gateways.trust import from_folder

    read = from_folder(pki().write_trust_folder(tmp_path))
    assert read.stamp == pki().trust().stamp


def test_the_seal_lies_in_files_that_only_its_owner_reads(tmp_path):
    files = pki().seal_files(tmp_path)
    assert files.key.stat().st_mode & 0o077 == 0
    chain = x509.load_pem_x509_certificates(files.certificates.read_bytes())
    assert [each.subject.rfc4514_string().split(",")[0] for each in chain] == [
        "CN=Mahis seal",
        "CN=Mahis Seal CA",
        "CN=Mahis Seal Root CA",
    ]
