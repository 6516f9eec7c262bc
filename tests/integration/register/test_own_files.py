"""Files of our own fill the tables of what KBO Open Data does not publish."""

import datetime

import pytest

from mahis.domain.changes import Subject
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import State
from mahis.domain.matrix_versions import Source
from mahis.domain.parties import ProviderStatus, Quality, Role
from mahis.gateways.register_files import FileRefused
from mahis.store import models
from tests.factories.register_files import (
    NSSO,
    ONE,
    PERSON,
    TWO,
    UNKNOWN,
    full,
)
from tests.integration.register import contents
from tests.integration.usecases import scene

pytestmark = pytest.mark.django_db

OFFICE = f'"{ONE}","10002","{PERSON}","Ilse","Zilverhof",,,01-01-2020,'
HELD = f'"{ONE}","10003",,"","","{TWO}",,01-01-2021,31-12-2022'
NAMES = '"Nom","Naam","Name","Name"'
GROUP = f'"one","socialSecurity","1","0","10",{NAMES},01-01-2014,'
OTHER_GROUP = f'"other","other","0","1","20",{NAMES},01-01-2014,31-12-2030'
MEMBERS = ['"one","first",01-01-2014,', '"other","first",20-03-2020,30-06-2022']


def groups(**changes):
    files = {
        "groups": [GROUP, OTHER_GROUP],
        "applications": [f'"first",{NAMES}', f'"second",{NAMES}'],
        "group_applications": MEMBERS,
    }
    return files | changes


@pytest.fixture
def known(take_in):
    """A register of two enterprises."""
    take_in("known", full())


def refusal(take_in, name, files):
    before = contents.everything()
    with pytest.raises(FileRefused) as refused:
        take_in(name, files)
    assert contents.everything() == before
    return refused.value


def test_every_kind_of_file_reaches_its_table(known, take_in):
    take_in(
        "own",
        {
            "offices": [OFFICE, HELD],
            "employers": [f'"{ONE}","{NSSO}",01-01-2020,'],
            "providers": [f'"{TWO}","blocked",01-01-2020,31-12-2021'],
            "secretariats": [f'"{TWO}","901/2",01-01-2020,'],
            "access": [f'"{PERSON}","{ONE}","enterprise","manage",01-01-2020,'],
            "accounts": [f'"{ONE}",01-01-2020,,05-01-2020'],
            "codes": ['"Function","10002","EN","Director"'],
            **groups(),
            "matrix_versions": ['"First","1",01-01-2020,'],
            "matrix": [
                '"First","610","10002","sign"',
                '"First","naturalPerson","10010","sign"',
                '"First","","10007","permanentRepresentative"',
            ],
        },
    )
    by_person, by_enterprise = models.Office.objects.order_by("function")
    assert by_person.person.digits == PERSON
    assert by_enterprise.holder == EnterpriseNumber.parse(TWO)
    assert models.Employer.objects.get().nsso_number == int(NSSO.replace("-", ""))
    assert models.Provider.objects.get().status is ProviderStatus.BLOCKED
    assert models.Secretariat.objects.get().ssa_number == "901/2"
    assert models.AccessRight.objects.get().role is Role.MANAGE
    assert models.UserAccount.objects.get().ebox_opened_on == datetime.date(2020, 1, 5)
    assert models.RegisterCode.objects.get(category="Function").description == "Director"
    assert models.GroupMembership.objects.count() == 2
    version = models.MatrixVersion.objects.get()
    assert version.illustrative
    assert version.to_domain().admits(legal_form="naturalPerson", function="10010")
    assert version.to_domain().permanent_representative == {"10007"}


def test_a_whole_file_replaces_and_pieces_change(known, take_in):
    take_in("one", {"offices": [OFFICE, HELD]})
    take_in("two", {"offices": [OFFICE]})
    assert models.Office.objects.get().function == "10002"
    take_in(
        "three",
        {"offices_delete": [f'"{ONE}"'], "offices_insert": [OFFICE.replace("10002", "10004")]},
    )
    assert models.Office.objects.get().function == "10004"


def test_files_may_go_back_to_what_they_were(known, take_in):
    take_in("one", {"offices": [OFFICE]})
    take_in("two", {"offices": [HELD]})
    assert not take_in("one", {}).already
    assert models.Office.objects.get().function == "10002"
    assert take_in("one", {}).already


@pytest.mark.parametrize(
    ("files", "place", "reason"),
    [
        ({"employers": [f'"{UNKNOWN}","{NSSO}",01-01-2020,']}, ("employers.csv", 2), "no enter"),
        ({"offices": [OFFICE, HELD.replace(TWO, UNKNOWN)]}, ("offices.csv", 3), "HolderEnt"),
        ({"employers": [f'"{ONE}","{NSSO}",01-01-2020,'] * 2}, ("employers.csv", 3), "NssoNumber"),
        ({"offices": [OFFICE, OFFICE]}, ("offices.csv", 3), "Function"),
        (groups(groups=[GROUP]), ("group_applications.csv", 3), "no group"),
        (groups(applications=[f'"second",{NAMES}']), ("group_applications.csv", 2), "no applic"),
        ({"matrix": ['"Last","610","10002","sign"']}, ("matrix.csv", 2), "no matrix version"),
    ],
)
def test_unknown_references_and_double_keys_are_refused(known, take_in, files, place, reason):
    value = refusal(take_in, "wrong", files)
    assert (value.file, value.line) == place
    assert reason in value.reason


def test_a_double_enterprise_is_refused(take_in):
    lines = full()["enterprise"]
    value = refusal(take_in, "double", full(enterprise=[*lines, lines[0]]))
    assert str(value) == ("enterprise.csv, line 4: an earlier line has the same EnterpriseNumber")


def test_a_piece_that_contradicts_the_register_is_refused(known, take_in):
    take_in("one", {"providers": [f'"{TWO}","active",01-01-2020,']})
    changed = {"providers_insert": [f'"{TWO}","blocked",01-01-2020,']}
    assert "providers_delete.csv" in refusal(take_in, "two", changed).reason
    take_in("three", {"providers_delete": [f'"{TWO}"'], **changed})
    assert models.Provider.objects.get().status is ProviderStatus.BLOCKED


def test_a_group_that_nothing_names_can_go_with_its_memberships(known, take_in):
    take_in("one", groups())
    take_in("two", {"groups_delete": ['"other"']})
    assert models.ApplicationGroup.objects.get().code == "one"
    assert models.GroupMembership.objects.count() == 1
    take_in("three", groups(groups=[GROUP], group_applications=MEMBERS[:1]))
    take_in("four", {"group_applications_delete": ['"one"'], "applications_delete": ['"first"']})
    assert models.Application.objects.get().code == "second"


def test_an_application_in_a_group_cannot_go(known, take_in):
    take_in("one", groups())
    value = refusal(take_in, "two", {"applications_delete": ['"first"']})
    assert "give it an EndDate" in value.reason


def test_a_group_that_mandates_name_cannot_go_but_can_end(known, take_in):
    stage = scene.set_up()
    stage.active("several")
    value = refusal(take_in, "wrong", groups())
    assert value.file == "groups.csv"
    assert "mandates name it" in value.reason
    codes = models.ApplicationGroup.objects.order_by("code").values_list("code", flat=True)
    ended = [f'"{code}","other","0","0","1",{NAMES},01-01-2014,31-12-2026' for code in codes]
    take_in("ended", {"groups": ended})
    assert set(models.ApplicationGroup.objects.values_list("ends", flat=True)) == {
        datetime.date(2026, 12, 31)
    }


def test_lines_of_a_matrix_are_added_and_taken_out_by_version(known, take_in):
    take_in("one", {"matrix_versions": ['"First","0",01-01-2020,', '"Next","0",01-01-2024,']})
    take_in("two", {"matrix_insert": ['"First","610","10002","sign"']})
    take_in("three", {"matrix_insert": ['"First","014","10003","sign"']})
    first = models.MatrixVersion.objects.get(name="First")
    assert first.entries == ["014:10003", "610:10002"]
    take_in("four", {"matrix_delete": ['"First"'], "matrix_versions_delete": ['"Next"']})
    assert models.MatrixVersion.objects.get().entries == []


def test_functions_that_sign_together_stand_in_one_line(known, take_in):
    take_in("one", {"matrix_versions": ['"First","0",01-01-2020,']})
    take_in("two", {"matrix_insert": ['"First","610","10004+10003","sign"']})
    take_in("three", {"matrix_insert": ['"First","610","10003+10003","sign"']})
    version = models.MatrixVersion.objects.get()
    assert (version.entries, version.joint) == ([], ["610:10003+10003", "610:10003+10004"])
    found = version.to_domain().partners(legal_form="610", function="10003")
    assert found == {"10003", "10004"}
    wrong = {"matrix": ['"First","","10003+10004","permanentRepresentative"']}
    assert "two functions" in refusal(take_in, "wrong", wrong).reason
    double = {
        "matrix": ['"First","610","10003+10004","sign"', '"First","610","10004+10003","sign"']
    }
    assert "an earlier line" in refusal(take_in, "double", double).reason


def test_what_files_change_of_the_matrix_is_recorded(known, take_in):
    take_in("one", {"matrix_versions": ['"First","0",01-01-2020,']})
    take_in("two", {"matrix_insert": ['"First","610","10003","sign"']})
    take_in("three", {"matrix_versions": ['"First","0",01-01-2020,']}, force=True)
    take_in("four", {"matrix_versions_delete": ['"First"']})
    changes = models.Change.objects.filter(subject=Subject.MATRIX, key="First").order_by("number")
    assert [each.act for each in changes] == ["addedByImport", "imported", "removedByImport"]
    assert [('"10003"' in str(each.before), '"10003"' in str(each.after)) for each in changes] == [
        (False, False),
        (False, True),
        (True, False),
    ]


def test_a_version_that_was_loaded_by_hand_is_left_alone(known, take_in):
    by_hand = models.MatrixVersion.objects.create(
        name="By hand",
        begins=datetime.date(2026, 1, 1),
        source=Source.OFFICER,
        loaded_at=datetime.datetime(2025, 12, 1, tzinfo=datetime.UTC),
        entries=["610:10002"],
    )
    versions = ['"First","0",01-01-2020,', '"By hand","1",01-01-2021,']
    lines = ['"First","610","10003","sign"', '"By hand","610","10004","sign"']
    outcome = take_in("one", {"matrix_versions": versions, "matrix": lines})
    assert [each for each in outcome.remarks if "By hand" in each] == [
        "matrix_versions.csv: By hand was loaded by hand, so the file's lines were left aside.",
        "matrix.csv: By hand was loaded by hand, so the file's lines were left aside.",
    ]
    assert models.MatrixVersion.objects.get(name="First").entries == ["610:10003"]
    take_in("two", {"matrix_versions_delete": ['"By hand"'], "matrix_delete": ['"By hand"']})
    take_in("three", {"matrix_versions": versions[:1], "matrix": lines[:1]})
    kept = models.MatrixVersion.objects.get(name="By hand")
    assert (kept.begins, kept.entries, kept.illustrative) == (
        by_hand.begins,
        ["610:10002"],
        False,
    )


def test_a_mandate_that_waited_becomes_active_when_its_mandator_is_an_employer(take_in):
    stage = scene.set_up()
    reference = stage.active("employers")
    assert stage.states(reference) == [State.IDENTIFICATION.value]
    number = stage.client.screen
    assert stage.director.capacity.quality is Quality.COMPANY_WITHOUT_STAFF
    outcome = take_in("own", {"employers": [f'"{number}","{NSSO}",01-01-2020,']})
    assert outcome.identified == 1
    assert stage.states(reference) == [State.ACTIVE.value]
