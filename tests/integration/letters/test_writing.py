"""A letter is written once, to the address of the register, or somebody is told that it is not."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahis.domain.deliveries import DeliveryState
from mahis.domain.letters import AddressMissing, AddressProblem, PostalAddress
from mahis.domain.parties import Language
from mahis.queries import letter_batches
from mahis.store import addresses, models
from mahis.usecases.find_addresses import find_addresses
from tests.integration.letters.post_room import GHENT, seated, spoken
from tests.integration.usecases.scene import DAY, moment
from tests.unit.pdf_forms import reading

pytestmark = pytest.mark.django_db
LATER = DAY + datetime.timedelta(days=3)


def said(room, sha256):
    return reading.text(room.files.read(sha256))


def test_a_letter_is_kept_and_recorded(room):
    notice = room.notice()
    sha256 = room.write(notice)
    row = models.Letter.objects.get()
    assert row.pk == notice.pk
    assert row.document_id == sha256
    assert row.document.size == len(room.files.read(sha256))
    assert (row.pages, row.abroad, row.batch) == (1, False, None)
    assert row.made_at == moment()
    assert "Client SRL Rue de l'Église 12 bte 3 9000 Gand" in said(room, sha256)
    assert "23 novembre 2026" in said(room, sha256)


def test_a_letter_is_in_the_language_of_its_notice(room):
    spoken(room.stage.client, Language.DUTCH)
    sha256 = room.write(room.notice())
    assert models.Letter.objects.get().language is Language.DUTCH
    assert "Kerkstraat 12 bus 3 9000 Gent" in said(room, sha256)
    assert "Onze referentie" in said(room, sha256)


def test_a_notice_has_one_letter_however_often_it_is_written(room):
    notice = room.notice()
    first = room.write(notice)
    assert room.write(notice, day=LATER) == first
    assert models.Letter.objects.count() == 1
    assert models.Document.objects.count() == 1


def test_an_address_that_changes_afterwards_changes_no_letter(room):
    notice = room.notice()
    first = room.write(notice)
    models.EnterpriseAddress.objects.update(house_number="99")
    assert room.write(notice) == first


@pytest.mark.parametrize(
    ("parts", "shown", "abroad"),
    [
        ({}, ("Kerkstraat 12 bus 3", "9000 Gent"), False),
        ({"box": ""}, ("Kerkstraat 12", "9000 Gent"), False),
        ({"extra": "Bloc B"}, ("Bloc B", "Kerkstraat 12 bus 3", "9000 Gent"), False),
        (
            {"country_nl": "Nederland", "country_fr": "Pays-Bas", "zipcode": "1012 AB"},
            ("Kerkstraat 12 bus 3", "1012 AB Gent", "NEDERLAND"),
            True,
        ),
        ({"zipcode": ""}, ("Kerkstraat 12 bus 3", "Gent"), False),
        ({"street_nl": "", "extra": "Lieu dit"}, ("Lieu dit", "12 bus 3", "9000 Gent"), False),
    ],
)
def test_addresses_stand_as_the_post_wants_them(room, parts, shown, abroad):
    models.EnterpriseAddress.objects.all().delete()
    seated(room.stage.client, **{"street_fr": "", **parts})
    rows = models.Enterprise.objects.filter(pk=room.stage.client)
    found = addresses.postal(rows, language=Language.DUTCH)[room.stage.client]
    assert found == PostalAddress(lines=shown, abroad=abroad)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([], AddressProblem.MISSING),
        ([{"struck_off_on": DAY}], AddressProblem.STRUCK_OFF),
        (
            [{"zipcode": "", "municipality_nl": "", "municipality_fr": ""}],
            AddressProblem.INCOMPLETE,
        ),
        (
            [{"street_nl": "", "street_fr": "", "house_number": "", "box": ""}],
            AddressProblem.INCOMPLETE,
        ),
    ],
)
def test_without_an_address_officers_are_told_and_nothing_is_written(room, rows, problem):
    models.EnterpriseAddress.objects.all().delete()
    for parts in rows:
        seated(room.stage.client, **parts)
    notice = room.notice()
    with pytest.raises(AddressMissing) as refused:
        room.write(notice)
    assert refused.value.found == {"problem": problem}
    assert not models.Letter.objects.exists()
    row = models.UnaddressedNotice.objects.get()
    assert (row.notice, row.problem, row.since) == (notice, problem, moment())


def test_another_address_of_the_enterprise_serves_where_the_seat_does_not(room):
    models.EnterpriseAddress.objects.update(struck_off_on=DAY)
    seated(room.stage.client, kind="OBAD", house_number="77")
    assert "12 bte" not in said(room, room.write(room.notice()))


def test_the_time_since_which_it_waits_stays_and_the_problem_is_the_last_one(room):
    models.EnterpriseAddress.objects.all().delete()
    notice = room.notice()
    for day in (DAY, LATER):
        with pytest.raises(AddressMissing):
            room.write(notice, day=day)
        seated(room.stage.client, struck_off_on=DAY)
    row = models.UnaddressedNotice.objects.get()
    assert (row.since, row.tried_at) == (moment(), moment(LATER))
    assert row.problem is AddressProblem.STRUCK_OFF


def unaddressed(room, state=DeliveryState.FAILED):
    """Give a notice that waits for an address, and whose delivery was given up."""
    notice = room.notice()
    with pytest.raises(AddressMissing):
        room.write(notice)
    models.Delivery.objects.filter(notice=notice).update(
        state=state,
        problem="addressMissing" if state is not DeliveryState.DELIVERED else "",
        delivered_at=moment() if state is DeliveryState.DELIVERED else None,
        next_at=moment(LATER),
        attempts=3,
    )
    return notice


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.WAITING])
def test_once_the_register_has_an_address_it_is_tried_again(room, state):
    models.EnterpriseAddress.objects.all().delete()
    notice = unaddressed(room, state)
    assert find_addresses(at=moment(LATER)) == 0
    seated(room.stage.client)
    assert find_addresses(at=moment(DAY, 50)) == 1
    delivery = models.Delivery.objects.get(notice=notice)
    assert delivery.state is DeliveryState.WAITING
    assert delivery.next_at == moment(DAY, 50)
    room.write(notice)
    assert not models.UnaddressedNotice.objects.exists()
    assert find_addresses(at=moment(LATER)) == 0


def test_what_arrived_in_another_way_is_waited_for_no_more(room):
    models.EnterpriseAddress.objects.all().delete()
    unaddressed(room, DeliveryState.DELIVERED)
    officer = room.stage.officer
    assert letter_batches.count_without_address(actor=officer) == 0
    find_addresses(at=moment())
    assert not models.UnaddressedNotice.objects.exists()


def test_officers_see_each_enterprise_once_with_what_waits(room):
    models.EnterpriseAddress.objects.all().delete()
    notices = [unaddressed(room), unaddressed(room)]
    seated(room.stage.client)
    (row,) = letter_batches.letters_without_address(actor=room.stage.officer, language="fr")
    assert (row.number, row.name) == (room.stage.client, "Client SRL")
    assert (row.waiting, row.problem, row.since) == (2, AddressProblem.MISSING, moment())
    assert row.references == tuple(notice.authorisation.reference for notice in notices)
    assert row.has_one_now
    assert letter_batches.count_without_address(actor=room.stage.officer) == 1


def test_only_officers_see_it(room):
    for look in (
        lambda: letter_batches.letters_without_address(actor=room.stage.director, language="fr"),
        lambda: letter_batches.batches(actor=room.stage.director),
        lambda: letter_batches.waiting(actor=room.stage.director),
        lambda: letter_batches.count_without_address(actor=room.stage.director),
        lambda: letter_batches.manifest(actor=room.stage.director, number=1, files=room.files),
        lambda: letter_batches.package(actor=room.stage.director, number=1, files=room.files),
    ):
        with pytest.raises(letter_batches.LettersAreForOfficers):
            look()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    parts=st.fixed_dictionaries(
        {
            name: st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8"))
            for name in (*GHENT, "extra", "country_nl", "country_fr")
            if name != "kind"
        }
    )
)
def test_whatever_the_register_holds_is_an_address_or_is_told(room, parts):
    models.EnterpriseAddress.objects.all().delete()
    seated(room.stage.client, **parts)
    rows = models.Enterprise.objects.filter(pk=room.stage.client)
    found = addresses.postal(rows, language=Language.FRENCH)[room.stage.client]
    if isinstance(found, PostalAddress):
        assert 2 <= len(found.lines) <= 4
        assert all(found.lines)
        assert found.abroad is bool(parts["country_fr"] or parts["country_nl"])
    else:
        assert found is AddressProblem.INCOMPLETE
