"""What officers write of groups outlives the files of the register, which say so."""

import dataclasses

import pytest

from mahis.domain.changes import Subject
from mahis.domain.conditions import Limits
from mahis.domain.groups import Validity
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Language
from mahis.domain.reference_data import NothingChanges
from mahis.gateways.register_files import FileRefused
from mahis.queries import changes
from mahis.store import models, reference_facts
from mahis.usecases import reference_data
from tests.factories import reference, register
from tests.factories.reference import day
from tests.integration.register.conftest import AT, ON
from tests.integration.usecases import scene

pytestmark = pytest.mark.django_db
LIMITS = Limits()


def group(code, name="Name", *, ends=""):
    return f'"{code}","other","0","0","1","{name}","{name}","{name}","{name}",01-01-2014,{ends}'


def files(*groups, applications=("first", "second"), members=('"one","first",01-01-2014,',)):
    return {
        "groups": list(groups),
        "applications": [f'"{code}","N","N","N","N"' for code in applications],
        "group_applications": list(members),
    }


@pytest.fixture
def officer():
    """Give an officer who manages."""
    return register.an_officer()


@pytest.fixture
def imported(take_in):
    """Import two groups."""
    take_in("begin", files(group("one"), group("two")))


def last(subject, code):
    return models.Change.objects.filter(subject=subject, key=code).latest("number")


def correct(officer, code, name="By the office"):
    record = reference.kept(code)
    names = dict.fromkeys(Language, name)
    reference_data.correct_group(
        record=dataclasses.replace(record, names=names),
        why=reference.why(officer, version=last(Subject.GROUP, code).number),
        limits=LIMITS,
        at=AT,
        on=ON,
    )


def names():
    rows = models.ApplicationGroup.objects.order_by("code")
    return dict(rows.values_list("code", "name_fr"))


def held(code="one"):
    rows = models.GroupMembership.objects.filter(group__code=code)
    return sorted(rows.values_list("application__code", flat=True))


def test_files_write_their_own_history(officer, imported, take_in):
    take_in("next", files(group("one", "Better"), group("two"), members=()))
    newest, first = changes.of(actor=officer, subject=Subject.GROUP, key="one")
    assert (first.act, first.kind, first.before) == ("addedByImport", Kind.REGISTER, {})
    assert first.after["applications"] == {"first": ["2014-01-01/"]}
    assert (newest.act, newest.before["nameFr"]) == ("imported", "Name")
    assert newest.after == {
        **{f"name{each}": "Better" for each in ("Fr", "Nl", "De", "En")},
        "applications": {},
    }
    assert len(changes.of(actor=officer, subject=Subject.GROUP, key="two")) == 1


def test_the_same_files_write_no_history(imported, take_in):
    before = models.Change.objects.count()
    take_in("begin", {}, force=True)
    assert models.Change.objects.count() == before


def test_a_corrected_group_stays_and_the_import_says_so(officer, imported, take_in):
    correct(officer, "one")
    outcome = take_in("next", files(group("one", "File"), group("two", "File")))
    assert names() == {"one": "By the office", "two": "File"}
    (remark,) = outcome.remarks
    assert remark.startswith("groups.csv: an officer keeps one,")
    assert last(Subject.GROUP, "one").kind is Kind.OFFICER


def test_nothing_is_said_where_file_and_office_agree(officer, imported, take_in):
    correct(officer, "one", "Both")
    outcome = take_in("next", files(group("one", "Both"), group("two")))
    assert outcome.remarks == ()


def test_the_applications_of_a_corrected_group_stay_too(officer, imported, take_in):
    correct(officer, "one")
    members = ('"one","second",01-01-2014,', '"two","second",01-01-2014,')
    outcome = take_in("next", files(group("one"), group("two"), members=members))
    assert (held("one"), held("two")) == (["first"], ["second"])
    assert any("group_applications.csv: an officer keeps one," in each for each in outcome.remarks)


def test_a_group_that_the_office_added_or_changed_is_not_left_out(officer, imported, take_in):
    correct(officer, "two")
    reference_data.add_group(
        record=reference.group_record("three"),
        why=reference.why(officer),
        limits=LIMITS,
        at=AT,
    )
    outcome = take_in("next", files(group("one")))
    assert sorted(names()) == ["one", "three", "two"]
    assert any("an officer keeps three, two," in each for each in outcome.remarks)


def test_an_application_stays_while_a_kept_group_holds_it(officer, imported, take_in):
    reference_data.put_in_group(
        group="two",
        application="second",
        validity=Validity(day("2026-01-01")),
        why=reference.why(officer, version=1),
        limits=LIMITS,
        at=AT,
        on=ON,
    )
    outcome = take_in("next", files(group("one"), group("two"), applications=("first",)))
    assert held("two") == ["second"]
    assert any("applications.csv: second stays" in each for each in outcome.remarks)


def test_what_only_a_kept_group_holds_is_still_called_as_files_say(officer, imported, take_in):
    correct(officer, "one")
    changed = files(group("one"), group("two"))
    changed["applications"] = [f'"{code}","New","N","N","N"' for code in ("first", "second")]
    outcome = take_in("next", changed)
    assert models.Application.objects.get(code="first").name_fr == "New"
    assert [each.partition(":")[0] for each in outcome.remarks] == ["groups.csv"]


def test_a_delete_file_takes_nothing_that_the_office_keeps(officer, imported, take_in):
    correct(officer, "two")
    outcome = take_in("next", {"groups_delete": ['"two"']})
    assert "two" in names()
    assert "groups_delete.csv: an officer keeps two," in outcome.remarks[0]


@pytest.mark.parametrize("flags", ['"1","0"', '"0","1"'])
def test_no_file_changes_a_rule_under_mandates(take_in, flags):
    stage = scene.set_up()
    stage.active("several")
    lines = [
        group(code).replace('"0","0"', flags if code == "several" else '"0","0"')
        for code in ("employers", "several", "single")
    ]
    with pytest.raises(FileRefused) as caught:
        take_in("wrong", {"groups": lines})
    assert (caught.value.file, caught.value.line) == ("groups.csv", 3)
    assert "mandates name the group" in caught.value.reason
    assert not models.ApplicationGroup.objects.get(code="several").single_mandatary


def test_what_was_handed_back_follows_the_files_again(officer, imported, take_in):
    correct(officer, "one")
    reference_data.hand_back(
        subject=Subject.GROUP,
        code="one",
        why=reference.why(officer, version=2),
        limits=LIMITS,
        at=AT,
    )
    assert reference_facts.kept_by_office(Subject.GROUP) == frozenset()
    assert names()["one"] == "By the office"
    take_in("next", files(group("one", "File"), group("two")))
    assert names()["one"] == "File"


def test_only_what_is_kept_is_handed_back(officer, imported):
    with pytest.raises(NothingChanges):
        reference_data.hand_back(
            subject=Subject.GROUP,
            code="one",
            why=reference.why(officer, version=1),
            limits=LIMITS,
            at=AT,
        )
