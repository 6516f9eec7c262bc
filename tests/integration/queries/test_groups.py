"""Application groups in lists."""

import datetime

import pytest

from mahis.domain.groups import Branch
from mahis.queries import groups
from tests.factories import register
from tests.factories.mandates import TODAY

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def lists():
    """Write groups of two branches, of which two are not open today."""
    dmfa = register.a_group("dmfa", single=True, position=2)
    dimona = register.a_group("dimona", employers_only=True, position=1)
    risks = register.a_group("risks", branch=Branch.SOCIAL_RISKS)
    register.a_group("over", ends=YESTERDAY, position=3)
    register.a_group("to come", begins=TOMORROW, position=4)
    register.an_application("zima", dmfa)
    register.an_application("Asr", dmfa, risks)
    register.an_application("old", dmfa, ends=YESTERDAY)
    return dmfa, dimona, risks


def codes(branches):
    return {each.branch: [group.code for group in each.groups] for each in branches}


def test_open_ones_are_arranged_by_branch_in_their_order(lists):
    assert codes(groups.open_groups(on=TODAY, language="fr")) == {
        Branch.SOCIAL_SECURITY: ["dimona", "dmfa"],
        Branch.SOCIAL_RISKS: ["risks"],
    }


def test_all_of_them_can_be_searched_for(lists):
    assert codes(groups.all_groups(on=TODAY, language="fr"))[Branch.SOCIAL_SECURITY] == [
        "dimona",
        "dmfa",
        "over",
        "to come",
    ]


def test_each_says_what_it_asks_and_holds(lists):
    security, risks = groups.open_groups(on=TODAY, language="nl")
    dimona, dmfa = security.groups
    assert (dimona.single_mandatary, dimona.employers_only) == (False, True)
    assert (dmfa.single_mandatary, dmfa.employers_only) == (True, False)
    assert (dmfa.name, dmfa.applications) == ("dmfa nl", ("Asr nl", "zima nl"))
    assert (dimona.applications, risks.groups[0].applications) == ((), ("Asr nl",))


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_are_named_in_each_language(lists, language):
    names = groups.names(codes=["dmfa", "unknown"], language=language)
    assert names == {"dmfa": f"dmfa {language}"}


def test_take_two_queries(lists, django_assert_num_queries):
    with django_assert_num_queries(2):
        groups.open_groups(on=TODAY, language="fr")
