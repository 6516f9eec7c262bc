"""Trusted lists: verified before anything is believed, renewed without ever losing a good copy."""

import datetime
import json

import pytest

from mahis.gateways.trust import TrustUnavailable, from_lists, is_listed
from mahis.gateways.trust import lists as trust_lists
from mahis.gateways.trust.checking import Scope
from mahis.gateways.trust.signed_lists import LARGEST_LIST, ListRefused
from tests.factories import trusted_lists as made
from tests.factories.trusted_lists import LIST_OF_LISTS_ADDRESS, NATIONAL_ADDRESS

AT = made.ISSUED + datetime.timedelta(days=10)
LOTL_SIGNER = made.holder("Signer of the list of lists")
SIGNER = made.holder("Signer of the Belgian list")
STRANGER = made.holder("Somebody else")
ROOT = made.holder("Root of the cards")
CITIZENS = made.holder("Citizens", issuer=ROOT)
PERSON = made.holder("A person", issuer=CITIZENS, policies=["2.16.56.12.1.1.2.1"])
PATH = [PERSON.der, CITIZENS.der, ROOT.der]
SERVICE = made.service("Cards", ROOT.der, made.status(made.BEGIN))
SCOPE = Scope(address=LIST_OF_LISTS_ADDRESS, pins=(LOTL_SIGNER.der,))


class Published:
    """What the publishers answer, by address."""

    def __init__(self, *, lotl=None, national=None):
        self.files = {
            LIST_OF_LISTS_ADDRESS: lotl or made.list_of_lists(LOTL_SIGNER, SIGNER),
            NATIONAL_ADDRESS: national or made.national_list(SIGNER, SERVICE),
        }

    def __call__(self, address):
        if address not in self.files:
            raise ListRefused(f"{address} does not answer")
        return self.files[address]


def refresh(folder, published, *, at=AT, scope=SCOPE):
    return trust_lists.refresh(folder=folder, fetch=published, at=at, scope=scope)


def load(folder, *, at=AT, scope=SCOPE, **more):
    return from_lists(folder=folder, at=at, scope=scope, **more)


def test_a_refreshed_copy_names_the_services_and_when_it_was_fetched(tmp_path):
    outcome = refresh(tmp_path, Published())
    assert outcome.succeeded, outcome.failure
    material = load(tmp_path)
    assert material.roots == (ROOT.der,)
    assert material.as_of == AT
    assert [each.name for each in material.qualified] == ["Cards"]
    assert is_listed(material.qualified, path=PATH, at=AT)


def test_nothing_is_left_lying_beside_the_copy(tmp_path):
    refresh(tmp_path / "new" / "folder", Published())
    refresh(tmp_path / "new" / "folder", Published())
    assert {each.name for each in (tmp_path / "new" / "folder").iterdir()} == {
        "lists.zip",
        "state.json",
    }


def test_without_a_copy_the_way_out_is_named(tmp_path):
    with pytest.raises(TrustUnavailable, match="mahis trust refresh"):
        load(tmp_path)


WRONG = {
    "the list of lists signed by a stranger": (
        Published(lotl=made.list_of_lists(STRANGER, SIGNER)),
        "not signed by anybody who may",
    ),
    "the national list signed by a stranger": (
        Published(national=made.national_list(STRANGER, SERVICE)),
        "not signed by anybody who may",
    ),
    "a signer who is no more": (
        Published(
            lotl=made.list_of_lists(
                LOTL_SIGNER,
                was := made.holder("Was", ends=made.ISSUED - datetime.timedelta(days=1)),
            ),
            national=made.national_list(was, SERVICE),
        ),
        "not valid when it was issued",
    ),
    "changed after it was signed": (
        Published(
            national=made.national_list(SIGNER, SERVICE).replace(
                b"Svcstatus/granted", b"Svcstatus/grantee"
            )
        ),
        "signature is wrong",
    ),
    "without a signature": (
        Published(
            national=made.national_list(SIGNER, SERVICE).split(b"<ds:Signature")[0]
            + b"</TrustServiceStatusList>"
        ),
        "not signed",
    ),
    "the list of another country": (
        Published(national=made.national_list(SIGNER, SERVICE, territory="LU")),
        "not the list of BE",
    ),
    "another kind of list": (
        Published(national=made.list_of_lists(SIGNER, SIGNER)),
        "another kind of list",
    ),
    "closed": (
        Published(national=made.national_list(SIGNER, SERVICE, next_update=None)),
        "closed",
    ),
    "from the future": (
        Published(
            national=made.national_list(SIGNER, SERVICE, issued=AT + datetime.timedelta(days=9))
        ),
        "in the future",
    ),
    "without a qualified service": (
        Published(national=made.national_list(SIGNER)),
        "no service that issues qualified",
    ),
    "no XML": (Published(national=b"PK\x03\x04 nothing"), "no well-formed XML"),
    "an unknown encoding": (
        Published(national=b'<?xml version="1.0" encoding="nonsense"?><a/>'),
        "no well-formed XML",
    ),
    "another document": (Published(national=b"<html/>"), "no trusted list"),
    "an entity of a file": (
        Published(
            national=b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            b'<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#">&x;'
            b"</TrustServiceStatusList>"
        ),
        "document type",
    ),
    "a billion laughs": (
        Published(
            national=b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
            b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
        ),
        "document type",
    ),
    "a document type in another encoding": (
        Published(national='<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>'.encode("utf-16")),
        "document type",
    ),
    "too large": (Published(national=b" " * (LARGEST_LIST + 1)), "more than"),
    "too deep": (Published(national=b"<a>" * 100_000), "too deeply"),
}


@pytest.mark.parametrize(("published", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_list_is_refused_and_the_good_copy_stays(tmp_path, published, reason):
    refresh(tmp_path, Published())
    before = (tmp_path / "lists.zip").read_bytes()
    outcome = refresh(tmp_path, published, at=AT + datetime.timedelta(days=1))
    assert not outcome.succeeded
    assert reason in outcome.failure
    assert (tmp_path / "lists.zip").read_bytes() == before
    assert load(tmp_path).as_of == AT
    state = json.loads((tmp_path / "state.json").read_text())
    assert reason in state["last_failure"]["reason"]
    assert [each["territory"] for each in state["lists"]] == ["EU", "BE"]


def test_a_publisher_who_does_not_answer_costs_nothing(tmp_path):
    refresh(tmp_path, Published())
    silent = Published()
    del silent.files[NATIONAL_ADDRESS]
    assert "does not answer" in refresh(tmp_path, silent).failure
    assert load(tmp_path).roots == (ROOT.der,)


def test_a_success_forgets_the_failure_before(tmp_path):
    refresh(tmp_path, Published(national=b"<html/>"))
    refresh(tmp_path, Published())
    assert "last_failure" not in json.loads((tmp_path / "state.json").read_text())


def test_an_older_list_never_replaces_a_newer_one(tmp_path):
    refresh(tmp_path, Published(national=made.national_list(SIGNER, SERVICE, sequence=8)))
    outcome = refresh(tmp_path, Published(national=made.national_list(SIGNER, SERVICE, sequence=7)))
    assert "older than number 8" in outcome.failure


def test_a_copy_that_was_damaged_anywhere_gives_no_trust_or_the_same(tmp_path):
    refresh(tmp_path, Published())
    whole, trusted = (tmp_path / "lists.zip").read_bytes(), load(tmp_path).stamp
    refused = 0
    for place in range(0, len(whole), len(whole) // 150):
        damaged = bytearray(whole)
        damaged[place] ^= 0x41
        (tmp_path / "lists.zip").write_bytes(damaged)
        try:
            assert load(tmp_path).stamp == trusted
        except TrustUnavailable:
            refused += 1
    assert refused > 100


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_a_broken_copy_gives_no_trust_and_is_replaced_by_the_next(tmp_path, content):
    (tmp_path / "lists.zip").write_bytes(content)
    with pytest.raises(TrustUnavailable, match="mahis trust refresh"):
        load(tmp_path)
    assert refresh(tmp_path, Published()).succeeded
    assert load(tmp_path).roots


def test_a_list_past_its_next_update_serves_for_the_days_of_grace_only(tmp_path):
    refresh(tmp_path, Published())
    day = datetime.timedelta(days=1)
    loaded = trust_lists.load(folder=tmp_path, scope=SCOPE)
    assert not loaded.is_stale(at=made.NEXT_UPDATE)
    assert loaded.is_stale(at=made.NEXT_UPDATE + day)
    assert load(tmp_path, at=made.NEXT_UPDATE + 3 * day, days_of_grace=3).roots
    with pytest.raises(TrustUnavailable, match="too old"):
        load(tmp_path, at=made.NEXT_UPDATE + 4 * day, days_of_grace=3)


def test_no_list_stands_longer_than_the_law_lets_it(tmp_path):
    forever = made.national_list(SIGNER, SERVICE, next_update=made.END)
    refresh(tmp_path, Published(national=forever))
    loaded = trust_lists.load(folder=tmp_path, scope=SCOPE)
    assert loaded.lists[1].next_update == made.ISSUED + datetime.timedelta(days=190)


def test_a_pivot_of_a_pinned_signer_names_the_next_signer(tmp_path):
    heir, address = made.holder("Heir"), "https://lists.example/eu-lotl-pivot-2.xml"
    published = Published(lotl=made.list_of_lists(heir, SIGNER, pivots=[address]))
    published.files[address] = made.list_of_lists(LOTL_SIGNER, SIGNER, own_signers=[heir])
    assert refresh(tmp_path, published).succeeded
    assert load(tmp_path).roots == (ROOT.der,)


def test_a_pivot_takes_the_right_away_from_the_signer_before(tmp_path):
    heir, address = made.holder("Heir"), "https://lists.example/eu-lotl-pivot-2.xml"
    published = Published(lotl=made.list_of_lists(LOTL_SIGNER, SIGNER, pivots=[address]))
    published.files[address] = made.list_of_lists(LOTL_SIGNER, SIGNER, own_signers=[heir])
    assert "not signed by anybody" in refresh(tmp_path, published).failure


def test_a_pivot_of_a_stranger_changes_nothing(tmp_path):
    address = "https://lists.example/eu-lotl-pivot-2.xml"
    published = Published(lotl=made.list_of_lists(STRANGER, SIGNER, pivots=[address]))
    published.files[address] = made.list_of_lists(STRANGER, SIGNER)
    assert "not signed by anybody" in refresh(tmp_path, published).failure


def test_a_list_of_lists_of_our_own_making_is_refused_without_pins(tmp_path):
    outcome = refresh(tmp_path, Published(), scope=Scope(address=LIST_OF_LISTS_ADDRESS))
    assert "not signed by anybody" in outcome.failure


def test_a_country_that_has_no_list_is_named(tmp_path):
    scope = Scope(address=LIST_OF_LISTS_ADDRESS, pins=SCOPE.pins, countries=("BE", "XX"))
    assert "The trusted list of XX" in refresh(tmp_path, Published(), scope=scope).failure


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    outcome = refresh(tmp_path / "file", Published())
    assert "cannot be written" in outcome.failure
