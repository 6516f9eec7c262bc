"""What can be written of groups and applications, and when an application is in a group."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain import reference_data as rules
from mahis.domain.groups import Branch, Validity
from mahis.domain.parties import Language
from mahis.domain.reference_data import ApplicationRecord, GroupRecord

FIRST = datetime.date(2026, 1, 1)
NAMES = {language: f"name {language.value}" for language in Language}
GROUP = GroupRecord(
    code="dimona",
    branch=Branch.SOCIAL_SECURITY,
    single_mandatary=True,
    employers_only=False,
    position=3,
    names=NAMES,
    validity=Validity(FIRST),
)
_DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 20))


@st.composite
def validities(draw):
    """Draw days that something is valid on, often without an end."""
    begins = draw(_DAYS)
    ends = draw(st.none() | st.dates(begins, begins + datetime.timedelta(days=10)))
    return Validity(begins, ends)


def test_a_whole_record_can_be_written():
    GROUP.require_writable()
    ApplicationRecord(code="a1", names=NAMES).require_writable()


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"code": ""}, rules.CodeUnreadable, "code"),
        ({"code": "a-b"}, rules.CodeUnreadable, "code"),
        ({"code": "é"}, rules.CodeUnreadable, "code"),
        ({"code": "a" * 41}, rules.CodeUnreadable, "code"),
        ({"code": "a\n"}, rules.CodeUnreadable, "code"),
        ({"names": {}}, rules.NameMissing, "name_fr"),
        ({"names": NAMES | {Language.GERMAN: " "}}, rules.NameMissing, "name_de"),
        ({"names": NAMES | {Language.DUTCH: "x" * 201}}, rules.NameTooLong, "name_nl"),
        ({"position": -1}, rules.PositionUnreadable, "position"),
        ({"position": 10_000}, rules.PositionUnreadable, "position"),
        (
            {"validity": Validity(FIRST, FIRST - datetime.timedelta(days=1))},
            rules.EndsBeforeItBegins,
            "ends",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_field(changed, refusal, field):
    with pytest.raises(refusal) as caught:
        dataclasses.replace(GROUP, **changed).require_writable()
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("turned", "field"),
    [
        (dataclasses.replace(GROUP, single_mandatary=False), "single_mandatary"),
        (dataclasses.replace(GROUP, employers_only=True), "employers_only"),
    ],
)
def test_a_rule_stays_under_mandates_and_is_free_without(turned, field):
    turned.require_same_rule(GROUP, mandates=0)
    with pytest.raises(rules.RuleRestsOnMandates) as caught:
        turned.require_same_rule(GROUP, mandates=2)
    assert (caught.value.field, caught.value.found["count"]) == (field, 2)


def test_anything_else_may_change_under_mandates():
    renamed = dataclasses.replace(GROUP, names=NAMES | {Language.FRENCH: "autre"}, position=9)
    renamed.require_same_rule(GROUP, mandates=2)


@given(validities(), validities())
def test_an_application_is_in_a_group_once_on_any_day(one, other):
    days = [FIRST + datetime.timedelta(days=ahead) for ahead in range(60)]
    shared = any(day in one and day in other for day in days)
    if shared:
        with pytest.raises(rules.MembershipOverlaps):
            rules.require_apart(one, [other])
    else:
        rules.require_apart(one, [other])


def test_only_what_has_not_begun_is_taken_back():
    rules.require_not_begun(Validity(FIRST), on=FIRST - datetime.timedelta(days=1))
    with pytest.raises(rules.MembershipHasBegun):
        rules.require_not_begun(Validity(FIRST), on=FIRST)
