"""Loading and withdrawing versions of the matrix: checked, recorded, and one at a time."""

import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahis.domain import matrix_versions as rules
from mahis.domain.changes import Subject
from mahis.domain.conditions import ReasonMissing, ReasonTooLong
from mahis.domain.lifecycle import Kind
from mahis.domain.matrix_versions import Line, Meaning, Source
from mahis.domain.parties import Role
from mahis.gateways import matrix_files
from mahis.queries import changes, matrix_versions
from mahis.store import loading as stored
from mahis.store.models import Change, MatrixVersion
from mahis.usecases import load_matrix, withdraw_matrix
from mahis.usecases.load_matrix import Loading
from tests.factories import register
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.integration.usecases.test_concurrency import all_at_once

TOMORROW = DAY + datetime.timedelta(days=1)
LINES = (
    '"610","10002","sign"',
    '"014","10003+10004","sign"',
    '"","10007","permanentRepresentative"',
)


def wanted(*lines, name="2027", begins=TOMORROW, **more):
    """Give a version that somebody wants to load."""
    data = "\n".join(['"JuridicalForm","Function","Meaning"', *(lines or LINES)]).encode()
    more = {"illustrative": False, "reason": "Decree of 2026.", **more}
    return Loading(name=name, begins=begins, data=data, **more)


def load(actor, loading=None, **more):
    more = {"limits": LIMITS, "at": moment(), "on": DAY, **more}
    loading = loading or wanted(with_unknown_codes=True)
    return load_matrix.load(actor=actor, loading=loading, **more)


def check(actor, loading):
    return load_matrix.check(actor=actor, loading=loading, limits=LIMITS, on=DAY)


def withdraw(actor, name="2027", *, reason="A digit was wrong.", on=DAY):
    withdraw_matrix.withdraw(
        actor=actor, name=name, reason=reason, limits=LIMITS, at=moment(), on=on
    )


@pytest.fixture
def stage(db):
    """Give the stage, without the matrix that it brings."""
    made = scene.set_up()
    MatrixVersion.objects.all().delete()
    return made


@pytest.fixture
def officer(stage):
    return stage.officer


class TestLoading:
    def test_makes_a_version_that_decides_from_its_first_day(self, officer):
        number = load(officer)
        assert stored.matrix_on(DAY) is None
        found = stored.matrix_on(TOMORROW)
        assert found is not None
        assert found.version == "2027"
        assert found.admits(legal_form="610", function="10002")
        assert found.partners(legal_form="014", function="10003") == {"10004"}
        assert found.permanent_representative == {"10007"}
        row = MatrixVersion.objects.get(pk=number)
        assert (row.source, row.loaded_at, row.loaded_by) == (
            Source.OFFICER,
            moment(),
            officer.person.name,
        )

    def test_is_recorded_with_who_why_and_every_line(self, officer):
        load(officer)
        (change,) = changes.of(actor=officer, subject=Subject.MATRIX, key="2027")
        assert (change.act, change.kind, change.person_name) == (
            "loaded",
            Kind.OFFICER,
            officer.person.name,
        )
        assert (change.reason, change.before) == ("Decree of 2026.", {})
        assert change.after["begins"] == TOMORROW.isoformat()
        said = matrix_files.read(str(change.after["lines"]).encode())
        assert said == matrix_versions.lines(number=MatrixVersion.objects.get().pk)

    def test_by_the_operator_needs_no_reason_and_names_nobody(self, stage):
        load(None, wanted(reason="", with_unknown_codes=True))
        row, change = MatrixVersion.objects.get(), Change.objects.get(subject=Subject.MATRIX)
        assert (row.source, row.loaded_by) == (Source.OPERATOR, "")
        assert (change.kind, change.person_name) == (Kind.REGISTER, "")

    def test_tells_what_differs_from_the_version_that_would_decide(self, officer):
        register.a_matrix("610", name="old", begins=DAY - datetime.timedelta(days=9))
        register.a_matrix("610", name="later", begins=DAY + datetime.timedelta(days=9))
        report = check(officer, wanted('"610","10003","sign"'))
        assert (report.before, report.until) == ("old", DAY + datetime.timedelta(days=8))
        signing, representing = report.differences[1], report.differences[0]
        assert [line.functions for line in signing.added] == [("10003",)]
        assert [line.functions for line in signing.removed] == [(register.MANAGER,)]
        assert [line.meaning for line in representing.removed] == [Meaning.PERMANENT_REPRESENTATIVE]
        assert MatrixVersion.objects.count() == 2

    def test_tells_the_codes_that_the_register_does_not_know(self, officer):
        register.labelled("JuridicalForm", "610", {"fr": "SRL"})
        register.labelled("Function", "10002", {"fr": "Administrateur"})
        register.labelled("Function", "10003", {"fr": "Administrateur délégué"})
        report = check(officer, wanted(*LINES, '"naturalPerson","10002","sign"'))
        assert report.unknown_forms == ("014",)
        assert report.unknown_functions == ("10004", "10007")
        with pytest.raises(rules.MatrixCodesUnknown) as refusal:
            load(officer, wanted())
        assert refusal.value.found["codes"] == "014, 10004, 10007"
        assert not MatrixVersion.objects.exists()
        load(officer, wanted(with_unknown_codes=True))

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"name": "OLD"}, rules.MatrixNameTaken),
            ({"name": ""}, rules.MatrixNameMissing),
            ({"begins": DAY - datetime.timedelta(days=1)}, rules.MatrixBeginsInPast),
            ({"begins": register.LONG_AGO}, rules.MatrixBeginsInPast),
            ({"reason": ""}, ReasonMissing),
            ({"reason": "x" * (LIMITS.longest_reason + 1)}, ReasonTooLong),
        ],
    )
    def test_is_refused_and_changes_nothing(self, officer, changed, refusal):
        register.a_matrix("610", name="old")
        with pytest.raises(refusal):
            load(officer, wanted(with_unknown_codes=True, **changed))
        assert (MatrixVersion.objects.count(), Change.objects.count()) == (1, 0)

    def test_of_a_wrong_file_names_its_lines(self, officer):
        with pytest.raises(matrix_files.MatrixLinesWrong):
            load(officer, wanted('"14","10002","sign"'))

    def test_is_for_officers_who_manage(self, stage):
        for somebody in (stage.director, register.an_officer(Role.CONSULT)):
            with pytest.raises(rules.OnlyOfficersLoadMatrix):
                load(somebody)
            with pytest.raises(rules.OnlyOfficersLoadMatrix):
                check(somebody, wanted())
            with pytest.raises(rules.OnlyOfficersLoadMatrix):
                withdraw(somebody)


class TestWithdrawing:
    def test_lets_the_version_before_go_on_and_forgets_no_line(self, officer):
        register.a_matrix("610", name="old")
        load(officer)
        withdraw(officer)
        decides = stored.matrix_on(TOMORROW)
        assert decides is not None
        assert decides.version == "old"
        last, _ = changes.of(actor=officer, subject=Subject.MATRIX, key="2027")
        assert (last.act, last.reason, last.after) == ("withdrawn", "A digit was wrong.", {})
        assert "10003+10004" in str(last.before["lines"])
        (shown,) = matrix_versions.withdrawn(actor=officer)
        assert (shown.name, shown.by) == ("2027", officer.person.name)

    def test_lets_the_name_be_used_again(self, officer):
        load(officer)
        withdraw(officer)
        load(officer)
        acts = [each.act for each in changes.of(actor=officer, subject=Subject.MATRIX, key="2027")]
        assert acts == ["loaded", "withdrawn", "loaded"]

    def test_is_refused_from_the_first_day_on(self, officer):
        load(officer)
        with pytest.raises(rules.MatrixHasBegun):
            withdraw(officer, on=TOMORROW)

    def test_of_what_files_brought_or_nobody_knows_is_refused(self, officer):
        register.a_matrix("610", name="files", begins=TOMORROW)
        with pytest.raises(rules.MatrixComesWithFiles):
            withdraw(officer, "files")
        with pytest.raises(rules.MatrixVersionUnknown):
            withdraw(officer, "2099")

    def test_needs_a_reason(self, officer):
        load(officer)
        with pytest.raises(ReasonMissing):
            withdraw(officer, reason="")
        assert MatrixVersion.objects.exists()


FUNCTIONS = st.sampled_from(["10002", "10003", "10004"])
SIGNING = st.builds(
    lambda form, functions: Line(
        legal_form=form, meaning=Meaning.SIGN, functions=tuple(sorted(functions))
    ),
    st.sampled_from(["610", "014", "naturalPerson"]),
    st.lists(FUNCTIONS, min_size=1, max_size=2),
)
REPRESENTING = st.builds(
    lambda function: Line(
        legal_form="", meaning=Meaning.PERMANENT_REPRESENTATIVE, functions=(function,)
    ),
    FUNCTIONS,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.frozensets(SIGNING, min_size=1), st.frozensets(REPRESENTING))
def test_what_is_exported_loads_to_the_same_version(officer, signing, representing):
    MatrixVersion.objects.all().delete()
    data = matrix_files.write(signing | representing)
    first = load(
        officer,
        Loading(
            name="one",
            begins=TOMORROW,
            illustrative=True,
            data=data,
            reason="why",
            with_unknown_codes=True,
        ),
    )
    exported = matrix_versions.exported(number=first)
    assert (exported.name, exported.data) == ("one.csv", data)
    assert matrix_versions.lines(number=first) == signing | representing


def test_of_two_at_once_for_the_same_day_one_is_loaded(committed_db):
    stage = scene.set_up()
    for _ in range(10):
        outcomes = all_at_once(
            *(
                lambda name=name: load(stage.officer, wanted(name=name, with_unknown_codes=True))
                for name in ("one", "two", "three")
            )
        )
        assert outcomes.count(None) == 1
        assert {type(each) for each in outcomes if each} == {rules.MatrixBeginTaken}
        name = MatrixVersion.objects.get(begins=TOMORROW).name
        withdraw(stage.officer, name)
    connection.close()
