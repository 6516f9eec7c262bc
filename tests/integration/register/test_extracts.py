"""Full extracts and updates of KBO Open Data make the register what they say."""

import datetime

import pytest

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.store import models
from mahis.store.folding import folded
from tests.factories.register_files import (
    BRANCH,
    ONE,
    PLACE,
    THREE,
    TWO,
    enterprise,
    full,
    meta,
    name,
    seat,
)
from tests.integration.register import contents

pytestmark = pytest.mark.django_db

DAY, LATER = datetime.date(2026, 7, 1), datetime.date(2026, 8, 1)


def update(**files):
    return {"meta": meta(kind="update", day="01-08-2026", number=2), **files}


def later_full(**changes):
    return full(meta=meta(day="01-08-2026", number=2), **changes)


def test_a_full_extract_fills_the_register(take_in):
    outcome = take_in("full", full())
    assert (outcome.new, outcome.ceased, outcome.returned) == (2, 0, 0)
    assert (outcome.extract_kind, outcome.snapshot) == ("full", DAY)
    assert outcome.files["address.csv"].rows == outcome.files["address.csv"].written == 3
    row = contents.enterprise(ONE)
    assert (row.kind, row.legal_form, row.situation, row.series) == ("2", "610", "000", "")
    assert row.ceased_on is None
    assert models.Establishment.objects.get().enterprise == 150013765
    assert models.Branch.objects.get().enterprise == 150027425
    assert models.EnterpriseContact.objects.get().kind == "EMAIL"
    assert models.EnterpriseActivity.objects.get().group == "006"


def test_names_are_folded_as_searches_fold(take_in):
    take_in("full", full())
    found = models.EnterpriseName.objects.filter(folded=folded("BAKKERIJ een"))
    assert [row.name for row in found] == ["Bakkerij Één"]


def test_the_same_files_twice_make_the_same_register(take_in):
    take_in("full", full())
    before = contents.everything()
    again = take_in("full", full())
    assert again.already
    assert contents.everything() == before
    forced = take_in("full", full(), force=True)
    assert not forced.already
    assert contents.everything() == before
    assert {(count.written, count.removed) for count in forced.files.values()} == {(0, 0)}


def test_an_import_that_had_nothing_to_do_leaves_no_record(take_in):
    take_in("full", full())
    take_in("full", full())
    assert models.RegisterImport.objects.count() == 1


def test_a_new_full_extract_marks_who_is_gone_and_keeps_what_was_known_of_them(take_in):
    take_in("full", full())
    outcome = take_in(
        "later",
        later_full(
            enterprise=[enterprise(ONE, form="014"), enterprise(THREE)],
            denomination=[name(ONE, "Bakkerij Eén"), name(THREE, "Drie")],
            address=[seat(ONE), seat(THREE)],
            establishment=[],
            branch=[],
        ),
    )
    assert (outcome.new, outcome.ceased) == (1, 1)
    gone = contents.enterprise(TWO)
    assert gone.ceased_on == LATER
    assert contents.names(TWO) == ["Transports Deux"]
    assert models.Branch.objects.get().number == int(BRANCH.replace(".", ""))
    assert contents.enterprise(ONE).legal_form == "014"
    assert contents.names(ONE) == ["Bakkerij Eén"]
    assert not models.Establishment.objects.exists()


def test_an_enterprise_that_comes_back_is_active_again(take_in):
    take_in("full", full())
    take_in("gone", later_full(enterprise=[enterprise(ONE)]))
    assert contents.enterprise(TWO).ceased_on == LATER
    back = take_in(
        "back",
        full(
            meta=meta(day="01-09-2026", number=3),
            denomination=[name(ONE, "Bakkerij Één"), name(TWO, "Deux et fils", language=1)],
        ),
    )
    assert back.returned == 1
    assert contents.enterprise(TWO).ceased_on is None
    assert contents.names(TWO) == ["Deux et fils"]


def test_an_update_deletes_before_it_inserts(take_in):
    take_in("full", full())
    outcome = take_in(
        "update",
        update(
            denomination_delete=[f'"{ONE}"'],
            denomination_insert=[name(ONE, "Nieuwe Bakkerij"), name(ONE, "NB", kind="002")],
            contact_delete=[f'"{ONE}"'],
            enterprise_insert=[enterprise(THREE)],
            establishment_insert=[f'"{PLACE}",01-03-2012,"{THREE}"'],
        ),
    )
    assert (outcome.new, outcome.ceased) == (1, 0)
    assert contents.names(ONE) == ["NB", "Nieuwe Bakkerij"]
    assert contents.names(TWO) == ["Transports Deux"]
    assert not models.EnterpriseContact.objects.exists()
    assert models.Establishment.objects.get().enterprise == 150041182


def test_an_update_marks_who_is_deleted_but_not_who_is_given_anew(take_in):
    take_in("full", full())
    outcome = take_in(
        "update",
        update(
            enterprise_delete=[f'"{ONE}"', f'"{TWO}"', f'"{THREE}"'],
            enterprise_insert=[enterprise(ONE, form="014")],
            denomination_delete=[f'"{ONE}"', f'"{TWO}"'],
            denomination_insert=[name(ONE, "Anders")],
        ),
    )
    assert (outcome.new, outcome.ceased) == (0, 1)
    assert contents.enterprise(ONE).ceased_on is None
    assert contents.names(ONE) == ["Anders"]
    assert contents.enterprise(TWO).ceased_on == LATER
    # Mandates name the enterprise, so its name stays although the update takes it out.
    assert contents.names(TWO) == ["Transports Deux"]


def test_what_was_kept_of_an_enterprise_goes_when_an_update_brings_it_back(take_in):
    take_in("full", full())
    take_in("gone", update(enterprise_delete=[f'"{ONE}"']))
    back = take_in(
        "back",
        {
            "meta": meta(kind="update", day="01-09-2026", number=3),
            "enterprise_insert": [enterprise(ONE)],
            "denomination_insert": [name(ONE, "Terug")],
        },
    )
    assert back.returned == 1
    assert contents.names(ONE) == ["Terug"]
    assert not models.Establishment.objects.exists()


def test_an_update_without_meta_shows_the_day_of_import_and_says_so(take_in):
    take_in("full", full())
    outcome = take_in("update", {"enterprise_delete": [f'"{ONE}"']})
    assert contents.enterprise(ONE).ceased_on == datetime.date(2026, 11, 23)
    assert any("meta.csv" in remark for remark in outcome.remarks)


def test_the_last_day_of_activity_is_not_before_the_first(take_in):
    take_in("full", full(enterprise=[enterprise(ONE, begins="01-10-2026"), enterprise(TWO)]))
    take_in("later", later_full(enterprise=[enterprise(TWO)]))
    assert contents.enterprise(ONE).ceased_on == datetime.date(2026, 10, 1)


def test_extracts_of_another_series_cease_nobody_here(take_in):
    take_in("full", full())
    other = full(
        meta=meta(day="01-01-2020", series="invented"),
        enterprise=[enterprise(THREE)],
        denomination=[name(THREE, "Verzonnen")],
        address=[],
        establishment=[],
        branch=[],
        contact=[],
        activity=[],
    )
    outcome = take_in("other", other)
    assert (outcome.new, outcome.ceased) == (1, 0)
    assert contents.names(ONE) == ["Bakkerij Één"]
    assert contents.enterprise(THREE).series == "invented"
    assert models.Establishment.objects.exists()
    assert take_in("later", later_full()).ceased == 0


@pytest.mark.parametrize(
    ("names", "seats", "language"),
    [
        ([(2, "Bakkerij")], [seat(ONE, zipcode="4000")], Language.DUTCH),
        ([(3, "Bäckerei")], [seat(ONE, zipcode="4700")], Language.GERMAN),
        ([(1, "Pain"), (2, "Brood")], [seat(ONE, zipcode="5000")], Language.FRENCH),
        ([(1, "Pain"), (2, "Brood")], [seat(ONE, zipcode="9000")], Language.DUTCH),
        ([(0, "Bakker")], [seat(ONE, zipcode="4750")], Language.GERMAN),
        ([(0, "Bakker")], [seat(ONE, zipcode="1348")], Language.FRENCH),
        ([(0, "Bakker")], [seat(ONE, zipcode="1500")], Language.DUTCH),
        ([(0, "Bakker")], [seat(ONE, zipcode="7780")], Language.FRENCH),
        ([(4, "Baker")], [seat(ONE, zipcode="8000")], Language.DUTCH),
        ([(1, "Pain")], [seat(ONE, zipcode="1000")], Language.FRENCH),
        ([(0, "Bakker")], [seat(ONE, zipcode="1000")], None),
        ([(0, "Bakker")], [seat(ONE, zipcode="9000", country="Frankrijk")], None),
        ([(0, "Bakker")], [seat(ONE, zipcode="12")], None),
        ([], [], None),
    ],
)
def test_the_language_follows_from_names_and_seat(take_in, names, seats, language):
    lines = [name(ONE, text, language=code) for code, text in names]
    take_in("full", full(denomination=lines, address=seats))
    assert contents.enterprise(ONE).language is language


def test_a_file_that_says_the_language_goes_before_names_and_seat(take_in):
    take_in("full", full())
    take_in("said", {"languages": [f'"{ONE}","de"']})
    assert contents.enterprise(ONE).language is Language.GERMAN
    take_in("later", later_full(denomination=[name(ONE, "Encore", language=1)]))
    assert contents.enterprise(ONE).language is Language.GERMAN
    take_in("unsaid", {"languages_delete": [f'"{ONE}"']})
    assert contents.enterprise(ONE).language is Language.FRENCH


def test_codes_come_and_change_but_do_not_go(take_in):
    take_in("full", full())
    take_in("later", later_full(code=['"JuridicalForm","014","FR","Société anonyme"']))
    assert models.RegisterCode.objects.count() == 2


def test_numbers_are_stored_as_numbers(take_in):
    take_in("full", full())
    stored = models.Enterprise.objects.values_list("number", flat=True)
    assert set(stored) == {EnterpriseNumber.parse(ONE), EnterpriseNumber.parse(TWO)}
