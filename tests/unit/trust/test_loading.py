"""The trust in force: by the settings, read again when files change, and told in a status."""

import datetime
import os

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from mahis.gateways import trust
from mahis.gateways.trust import TrustSettings, TrustUnavailable
from tests.factories import trusted_lists as made
from tests.factories.trusted_lists import LIST_OF_LISTS_ADDRESS, NATIONAL_ADDRESS

AT = made.ISSUED + datetime.timedelta(days=10)
LOTL_SIGNER, SIGNER = made.holder("Signer of lists"), made.holder("Signer of a list")
ROOT, SEAL_ROOT, TSA = made.holder("Root"), made.holder("Seal root"), made.holder("TSA")
SEAL_ISSUER = made.holder("Seal issuer", issuer=SEAL_ROOT)
SEAL = made.holder("Seal", issuer=SEAL_ISSUER)
FILES = {
    LIST_OF_LISTS_ADDRESS: made.list_of_lists(LOTL_SIGNER, SIGNER),
    NATIONAL_ADDRESS: made.national_list(
        SIGNER,
        made.service("Cards", ROOT.der, made.status(made.BEGIN)),
        made.service("Stamps", TSA.der, made.status(made.BEGIN, kind=made.ISSUES_TIMESTAMPS)),
    ),
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "root.cer").write_bytes(ROOT.der)
    return TrustSettings(folder=tmp_path / "roots", lists_dir=tmp_path / "lists")


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "signers").mkdir()
    (tmp_path / "signers" / "one.cer").write_bytes(LOTL_SIGNER.der)
    return TrustSettings(
        lists_dir=tmp_path / "lists",
        list_of_lists=LIST_OF_LISTS_ADDRESS,
        list_signers=tmp_path / "signers",
    )


def chain_file(path):
    path.write_bytes(
        b"".join(
            each.certificate.public_bytes(Encoding.PEM) for each in (SEAL, SEAL_ISSUER, SEAL_ROOT)
        )
    )
    return path


def test_a_folder_is_read_again_only_when_it_has_changed(folder):
    first = trust.current(folder, at=AT)
    assert trust.current(folder, at=AT) is first
    (folder.folder / "second.cer").write_bytes(SEAL_ROOT.der)
    assert set(trust.current(folder, at=AT).roots) == {ROOT.der, SEAL_ROOT.der}
    (folder.folder / "second.cer").unlink()
    assert trust.current(folder, at=AT).roots == first.roots


def test_a_file_replaced_within_the_same_moment_is_noticed(folder):
    trust.current(folder, at=AT)
    file = folder.folder / "root.cer"
    before = file.stat()
    (folder.folder / "new").write_bytes(SEAL_ROOT.der)
    os.utime(folder.folder / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (folder.folder / "new").replace(file)
    assert trust.current(folder, at=AT).roots == (SEAL_ROOT.der,)


def test_a_folder_that_breaks_gives_no_trust_although_it_was_read_before(folder):
    trust.current(folder, at=AT)
    (folder.folder / "broken.cer").write_bytes(b"nonsense")
    with pytest.raises(TrustUnavailable, match=r"broken\.cer"):
        trust.current(folder, at=AT)


def test_lists_serve_from_their_first_refresh_on(lists):
    with pytest.raises(TrustUnavailable):
        trust.current(lists, at=AT)
    assert trust.refresh(lists, fetch=FILES.__getitem__, at=AT).succeeded
    material = trust.current(lists, at=AT)
    assert material.roots == (ROOT.der,)
    assert material.tsa_roots == (TSA.der,)
    assert trust.current(lists, at=AT) is material


def test_lists_in_memory_grow_too_old_as_well(lists):
    trust.refresh(lists, fetch=FILES.__getitem__, at=AT)
    trust.current(lists, at=AT)
    with pytest.raises(TrustUnavailable, match="too old"):
        trust.current(lists, at=made.NEXT_UPDATE + datetime.timedelta(days=31))


def test_there_is_nothing_to_refresh_in_a_folder(folder):
    with pytest.raises(TrustUnavailable, match="nothing to refresh"):
        trust.refresh(folder, fetch=FILES.__getitem__, at=AT)


def test_the_last_certificate_of_the_seal_is_trusted_for_seals_only(lists, tmp_path):
    chain = chain_file(tmp_path / "seal.pem")
    lists = TrustSettings(**{**vars(lists), "seal_certificate": chain})
    trust.refresh(lists, fetch=FILES.__getitem__, at=AT)
    material = trust.current(lists, at=AT)
    assert material.seal_roots == (SEAL_ROOT.der,)
    assert material.tsa_roots == (TSA.der, SEAL_ROOT.der)
    assert material.intermediates == (SEAL_ISSUER.der,)
    assert material.roots == (ROOT.der,)


def test_a_folder_for_the_seal_replaces_what_stands_in_its_certificate(folder, tmp_path):
    (tmp_path / "seal" / "tsa").mkdir(parents=True)
    (tmp_path / "seal" / "root.cer").write_bytes(SEAL_ROOT.der)
    (tmp_path / "seal" / "tsa" / "tsa.cer").write_bytes(TSA.der)
    settings = TrustSettings(**{**vars(folder), "seal_folder": tmp_path / "seal"})
    material = trust.current(settings, at=AT)
    assert material.seal_roots == (SEAL_ROOT.der,)
    assert material.tsa_roots == (ROOT.der, TSA.der)
    assert material.roots == (ROOT.der,)


def test_the_status_of_lists_tells_their_age_and_who_is_trusted(lists):
    trust.refresh(lists, fetch=FILES.__getitem__, at=AT)
    told = trust.status(lists, at=AT)
    assert told.uses_lists
    assert not told.problem
    assert told.as_of == AT
    assert told.next_update == made.NEXT_UPDATE
    assert not told.is_stale
    assert told.last_failure is None
    assert told.trusted == ("Cards",)
    assert told.timestamp_authorities == 1
    assert [each.territory for each in told.lists] == ["EU", "BE"]


def test_the_status_tells_why_the_lists_could_not_be_renewed(lists):
    trust.refresh(lists, fetch=FILES.__getitem__, at=AT)
    later = AT + datetime.timedelta(days=1)
    trust.refresh(lists, fetch=lambda address: b"<html/>", at=later)
    told = trust.status(lists, at=later)
    assert told.last_failure
    assert told.last_failure.at == later
    assert "no trusted list" in told.last_failure.reason
    assert told.as_of == AT


def test_the_status_tells_that_lists_are_stale_and_then_that_they_are_too_old(lists):
    trust.refresh(lists, fetch=FILES.__getitem__, at=AT)
    told = trust.status(lists, at=made.NEXT_UPDATE + datetime.timedelta(days=1))
    assert told.is_stale
    assert not told.problem
    told = trust.status(lists, at=made.NEXT_UPDATE + datetime.timedelta(days=31))
    assert told.is_stale
    assert "too old" in told.problem
    assert told.trusted == ("Cards",)


def test_the_status_without_lists_names_the_way_out(lists):
    told = trust.status(lists, at=AT)
    assert "mahis trust refresh" in told.problem
    assert told.is_stale
    assert told.trusted == ()
    assert told.source == "the trusted lists of BE"


def test_the_status_of_a_folder_names_its_roots(folder):
    told = trust.status(folder, at=AT)
    assert not told.uses_lists
    assert not told.is_stale
    assert told.trusted == ("Root",)
    assert str(folder.folder) in told.source


def test_the_status_of_a_folder_that_is_not_there_tells_so(tmp_path):
    told = trust.status(TrustSettings(folder=tmp_path / "no", lists_dir=tmp_path), at=AT)
    assert "no folder" in told.problem
