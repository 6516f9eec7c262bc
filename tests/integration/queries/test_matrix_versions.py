"""What screens show of the versions of the matrix."""

import datetime

import pytest

from mahis.domain.matrix_versions import MatrixVersionUnknown, Source, Standing
from mahis.queries import matrix_versions
from mahis.queries.states_of_all import OfficersOnly
from mahis.store.models import MatrixVersion
from tests.factories import register
from tests.factories.mandates import TODAY

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def versions():
    """Write three versions, and labels of what they name."""
    register.labelled("JuridicalForm", "610", {"fr": "SRL"})
    register.labelled("JuridicalForm", "014", {"fr": "SA"})
    register.labelled("Function", register.MANAGER, {"fr": "Gérant"})
    register.labelled("Function", "10003", {"fr": "Administrateur délégué"})
    register.a_matrix("610", name="old", begins=TODAY - 900 * DAY)
    register.a_matrix("610", "014", name="now", begins=TODAY - 9 * DAY, illustrative=True)
    MatrixVersion.objects.create(
        name="next",
        begins=TODAY + 9 * DAY,
        source=Source.OPERATOR,
        loaded_at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC),
        permanent_representative=[register.PERMANENT_REPRESENTATIVE],
        entries=["610:10003", f"014:{register.MANAGER}"],
        joint=["610:10002+10003"],
    )
    return {each.name: each for each in matrix_versions.all_of_them(on=TODAY)}


def test_are_listed_with_what_each_is_today_and_until_when(versions):
    assert list(versions) == ["next", "now", "old"]
    shown = [(each.standing, each.ends, each.can_be_withdrawn) for each in versions.values()]
    assert shown == [
        (Standing.TO_COME, None, True),
        (Standing.IN_FORCE, TODAY + 8 * DAY, False),
        (Standing.SET_ASIDE, TODAY - 10 * DAY, False),
    ]
    assert [each.size for each in versions.values()] == [4, 3, 2]


def test_one_is_shown_form_by_form_with_its_pairs(versions):
    every, public, private = matrix_versions.contents(number=versions["next"].number, language="fr")
    assert every.form is None
    assert [each.code for each in every.alone] == [register.PERMANENT_REPRESENTATIVE]
    assert [each.form and each.form.label for each in (public, private)] == ["SA", "SRL"]
    assert [each.label for each in private.alone] == ["Administrateur délégué"]
    assert [[each.code for each in pair] for pair in private.together] == [["10003", "10002"]]


def test_two_are_compared_form_by_form(versions):
    found = matrix_versions.compared(
        before=versions["now"].number, after=versions["next"].number, language="fr"
    )
    (private,) = found
    assert private.form is not None
    assert private.form.label == "SRL"
    assert [each.code for each in private.added.alone] == ["10003"]
    assert len(private.added.together) == 1
    assert [each.code for each in private.removed.alone] == [register.MANAGER]


def test_what_is_not_there_is_refused(versions):
    for ask in (
        lambda: matrix_versions.one(number=0, on=TODAY),
        lambda: matrix_versions.by_name(name="none", on=TODAY),
        lambda: matrix_versions.contents(number=0, language="fr"),
        lambda: matrix_versions.exported(number=0),
        lambda: matrix_versions.compared(before=0, after=versions["now"].number, language="fr"),
    ):
        with pytest.raises(MatrixVersionUnknown):
            ask()


def test_who_withdrew_what_is_for_officers(house):
    assert matrix_versions.withdrawn(actor=house.officer) == ()
    with pytest.raises(OfficersOnly):
        matrix_versions.withdrawn(actor=house.baker)
