"""The genuine Belgian trusted lists, from the Official Journal down; skips without the data."""

import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mahis.gateways import trust
from mahis.gateways.trust import TrustSettings, TrustUnavailable, is_listed
from mahis.gateways.trust.signed_lists import ListRefused
from tests.factories import trusted_lists as made

CERTIFICATES = Path(__file__).resolve().parents[3] / "shared" / "data" / "certs"
LISTS = CERTIFICATES / "tl"

pytestmark = pytest.mark.skipif(
    not LISTS.is_dir(), reason="the genuine trusted lists are not beside this checkout"
)

_EU = "https://ec.europa.eu/tools/lotl"
_BELGIUM = "https://tsl.belgium.be/tsl-be.xml"
IN_2019 = {f"{_EU}/eu-lotl.xml": "EU-lotl-seq248-2019.xml", _BELGIUM: "BE-tl-seq43-2019.xml"}
IN_2023 = {
    f"{_EU}/eu-lotl.xml": "EU-lotl-seq332-2023.xml",
    f"{_EU}/eu-lotl-pivot-282.xml": "EU-lotl-pivot-282.xml",
    f"{_EU}/eu-lotl-pivot-300.xml": "EU-lotl-pivot-300.xml",
    _BELGIUM: "BE-tl-seq66-2023.xml",
}


def moment(year, month=10, day=1):
    return datetime.datetime(year, month, day, tzinfo=datetime.UTC)


AT = moment(2023)


def published(files):
    def fetch(address):
        if address not in files:
            raise ListRefused(f"{address} does not answer")
        return (LISTS / files[address]).read_bytes()

    return fetch


def certificate(name):
    data = (CERTIFICATES / name).read_bytes()
    if b"-----BEGIN" in data:
        return x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
    return data


def below(issuer, root, *, issued):
    """Give the path of an invented person below genuine authorities; nobody's own is kept here."""
    person = made.holder("Invented person", begins=issued)
    return [person.der, certificate(f"intermediate/{issuer}"), certificate(root)]


@pytest.fixture
def settings(tmp_path):
    return TrustSettings(lists_dir=tmp_path)


@pytest.fixture
def material(settings):
    outcome = trust.refresh(settings, fetch=published(IN_2023), at=AT)
    assert outcome.succeeded, outcome.failure
    return trust.current(settings, at=AT)


def test_the_lists_of_2023_verify_from_the_official_journal_of_2019_on(settings, material):
    told = trust.status(settings, at=AT)
    assert [(each.territory, each.sequence) for each in told.lists] == [("EU", 332), ("BE", 66)]
    assert not told.is_stale
    assert told.next_update == datetime.datetime(2024, 3, 18, 1, 0, 24, tzinfo=datetime.UTC)
    assert told.timestamp_authorities == 15


def test_the_belgian_list_names_the_roots_of_the_cards_and_the_other_qualified_authorities(
    settings, material
):
    told = trust.status(settings, at=AT)
    assert {
        "CN=Belgium Root CA2, C=BE",
        "CN=Belgium Root CA3, C=BE",
        "CN=Belgium Root CA4, C=BE",
        "Belgium Root CA6",
        "itsme Sign Issuing CA G2",
        "Zetes TSP PKI certification authority",
    } <= set(told.trusted)
    withdrawn = {
        "CN=Belgium Root CA, C=BE",
        "GlobalSign Qualified CA 1",
        "itsme Sign Issuing CA G1",
    }
    assert not withdrawn & set(told.trusted)
    assert len(told.trusted) == 26


BELOW = {
    "Citizen-CA-201404-a2bcb1.cer": "belgiumrca3.pem",
    "Citizen-CA-201631-293d0b.cer": "belgiumrca4.pem",
    "Citizen-CA-201803-15917c.cer": "belgiumrca4.pem",
    "Citizen-CA-201806-7f0129.cer": "belgiumrca4b.pem",
    "Foreigner-CA-201721-48fc95.cer": "belgiumrca4.pem",
    "CitizenCA202002.pem": "belgiumrca6.pem",
    "ForeignerCA202001.pem": "belgiumrca6.pem",
}


@pytest.mark.parametrize(("issuer", "root"), BELOW.items(), ids=BELOW)
def test_what_issues_cards_is_granted_through_its_root(material, issuer, root):
    path = below(issuer, f"roots/{root}", issued=moment(2021))
    assert is_listed(material.qualified, path=path, at=AT)


def test_a_cross_certificate_of_a_root_counts_as_the_root(material):
    cross = "intermediate/Belgium-Root-CA4-8460cc.cer"
    path = below("Citizen-CA-201803-15917c.cer", cross, issued=moment(2021))
    assert is_listed(material.qualified, path=path, at=AT)


def test_the_first_belgian_root_counts_until_it_was_withdrawn_in_2016(material):
    path = below("CitizenCA-201011.cer", "roots/belgiumrca1.der", issued=moment(2010))
    assert is_listed(material.qualified, path=path, at=moment(2016, 9, 5))
    assert not is_listed(material.qualified, path=path, at=moment(2016, 9, 7))
    late = below("CitizenCA-201011.cer", "roots/belgiumrca1.der", issued=moment(2016, 9, 8))
    assert not is_listed(material.qualified, path=late, at=AT)


def test_the_newest_root_counts_only_since_it_was_granted_in_2020(material):
    for day, expected in ((20, False), (22, True)):
        issued = moment(2020, 10, day)
        path = below("CitizenCA202002.pem", "roots/belgiumrca6.pem", issued=issued)
        assert is_listed(material.qualified, path=path, at=AT) is expected


def test_an_authority_that_the_list_does_not_name_is_not_listed(material):
    stranger = "intermediate/Timestamp-CA-202101-5e70b1.cer"
    path = below("Citizen-CA-201803-15917c.cer", stranger, issued=moment(2021))
    assert not is_listed(material.qualified, path=path, at=AT)


def test_the_lists_of_2019_verify_by_the_official_journal_alone(settings):
    at = moment(2019)
    assert trust.refresh(settings, fetch=published(IN_2019), at=at).succeeded
    told = trust.status(settings, at=at)
    assert [(each.territory, each.sequence) for each in told.lists] == [("EU", 248), ("BE", 43)]
    assert "CN=Belgium Root CA4, C=BE" in told.trusted
    assert "Belgium Root CA6" not in told.trusted


def test_lists_of_2023_replace_those_of_2019_and_never_the_other_way(settings):
    trust.refresh(settings, fetch=published(IN_2019), at=moment(2019))
    assert trust.refresh(settings, fetch=published(IN_2023), at=AT).succeeded
    outcome = trust.refresh(settings, fetch=published(IN_2019), at=AT)
    assert "older than number 332" in outcome.failure


def test_without_the_pivots_the_list_of_2023_is_signed_by_nobody_known(settings):
    bare = {address: name for address, name in IN_2023.items() if "pivot-300" not in address}
    assert (
        "pivot-300.xml does not answer"
        in trust.refresh(settings, fetch=published(bare), at=AT).failure
    )
    empty = {**IN_2023, f"{_EU}/eu-lotl-pivot-300.xml": "EU-lotl-seq248-2019.xml"}
    assert "not signed by anybody" in trust.refresh(settings, fetch=published(empty), at=AT).failure


@pytest.mark.parametrize("address", [f"{_EU}/eu-lotl.xml", _BELGIUM])
def test_a_genuine_list_with_one_changed_letter_is_refused(settings, address):
    def changed(asked):
        data = published(IN_2023)(asked)
        return (
            data.replace(b"<TSLSequenceNumber>", b"<TSLSequenceNumber>9", 1)
            if (asked == address)
            else data
        )

    assert "signature is wrong" in trust.refresh(settings, fetch=changed, at=AT).failure


def test_the_lists_of_2023_are_too_old_today_and_say_so(settings):
    trust.refresh(settings, fetch=published(IN_2023), at=AT)
    trust.current(settings, at=moment(2024, 4, 16))
    with pytest.raises(TrustUnavailable, match="too old"):
        trust.current(settings, at=moment(2024, 4, 19))
