"""Each condition for becoming a service provider is said to whoever asks and to whoever decides."""

import dataclasses

import pytest

from mahis.domain.identification import AT_ACCEPTANCE, Condition, ConditionNotMet
from mahis.domain.parties import ActivityPeriod, ProviderStatus
from mahis.domain.representation import NoPower
from mahis.queries.identification import Conditions, Judged
from mahis.web import provider_words, refusals
from tests.unit.domain.test_identification import TODAY

NONE_MET = Conditions(
    judged=tuple(Judged(condition=each, met=False) for each in Condition),
    provider=ProviderStatus.ACTIVE,
    why_no_power=NoPower.FUNCTION_ENDED,
    activity=None,
)


def why(condition, **changes):
    found = dataclasses.replace(NONE_MET, **changes)
    (line,) = [each for each in provider_words.lines(found) if each.condition is condition]
    return line.why_not


@pytest.mark.parametrize("condition", Condition)
class TestACondition:
    def test_has_words_and_says_why_it_fails(self, condition):
        (line,) = [each for each in provider_words.lines(NONE_MET) if each.condition is condition]
        assert line.text
        assert line.why_not
        assert refusals.explain(ConditionNotMet(condition=condition))

    def test_that_holds_needs_no_reason(self, condition):
        met = dataclasses.replace(NONE_MET, judged=(Judged(condition=condition, met=True),))
        (line,) = provider_words.lines(met)
        assert (line.met, line.why_not) == (True, "")


def test_officers_read_those_that_are_looked_at_again():
    assert set(provider_words.FOR_OFFICERS) == set(AT_ACCEPTANCE)


def test_a_blocked_provider_is_told_apart_from_an_active_one():
    active = why(Condition.NO_PROVIDER)
    blocked = why(Condition.NO_PROVIDER, provider=ProviderStatus.BLOCKED)
    assert "Switch capacity" in active
    assert "blocked" in blocked


def test_an_enterprise_that_is_not_active_is_told_when_it_was_or_will_be():
    ceased = why(Condition.ACTIVE, activity=ActivityPeriod(TODAY, TODAY))
    begins = why(Condition.ACTIVE, activity=ActivityPeriod(TODAY))
    assert ceased == "It ceased on 27 November 2026."
    assert begins == "It begins on 26 November 2026."
