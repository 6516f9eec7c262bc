"""Becoming a service provider: each condition by itself, and the reference of a request."""

import dataclasses
import datetime
from typing import Any

import pytest

from mahis.domain import identification
from mahis.domain.identification import (
    AT_ACCEPTANCE,
    Condition,
    ConditionNotMet,
    RequestDecided,
    RequestReference,
    RequestReferenceUnreadable,
    RequestState,
    Standing,
)
from mahis.domain.parties import ActivityPeriod, ProviderStatus
from mahis.domain.representation import NoPower, SigningPower

TODAY = datetime.date(2026, 11, 26)
ALL_WELL = Standing(
    manages=True,
    power=SigningPower(),
    activity=ActivityPeriod(datetime.date(2020, 1, 1)),
    is_secretariat=False,
    provider=ProviderStatus.NONE,
    ebox_opened=True,
    has_open_request=False,
    on=TODAY,
)
SPOILT: dict[Condition, dict[str, Any]] = {
    Condition.MANAGES: {"manages": False},
    Condition.REPRESENTS: {"power": SigningPower(why_not=NoPower.FUNCTION_ENDED)},
    Condition.ACTIVE: {"activity": None},
    Condition.NO_SECRETARIAT: {"is_secretariat": True},
    Condition.NO_PROVIDER: {"provider": ProviderStatus.ACTIVE},
    Condition.EBOX_OPENED: {"ebox_opened": False},
    Condition.NO_OPEN_REQUEST: {"has_open_request": True},
}


class TestTheConditions:
    def test_all_hold_where_all_is_well(self):
        assert ALL_WELL.unmet() == ()
        identification.require(ALL_WELL)

    @pytest.mark.parametrize("condition", Condition)
    def test_fail_one_by_one(self, condition):
        standing = dataclasses.replace(ALL_WELL, **SPOILT[condition])
        assert standing.unmet() == (condition,)
        with pytest.raises(ConditionNotMet) as refused:
            identification.require(standing)
        assert refused.value.found["condition"] is condition

    @pytest.mark.parametrize(
        ("status", "fits"),
        [
            (ProviderStatus.NONE, True),
            (ProviderStatus.LAPSED, True),
            (ProviderStatus.ACTIVE, False),
            (ProviderStatus.BLOCKED, False),
        ],
    )
    def test_let_a_lapsed_provider_ask_again_and_no_blocked_one(self, status, fits):
        standing = dataclasses.replace(ALL_WELL, provider=status)
        assert standing.meets(Condition.NO_PROVIDER) is fits

    @pytest.mark.parametrize(
        "activity",
        [
            ActivityPeriod(TODAY + datetime.timedelta(days=1)),
            ActivityPeriod(datetime.date(2020, 1, 1), TODAY - datetime.timedelta(days=1)),
        ],
    )
    def test_need_an_enterprise_that_is_active_on_the_day(self, activity):
        standing = dataclasses.replace(ALL_WELL, activity=activity)
        assert standing.unmet() == (Condition.ACTIVE,)

    def test_of_accepting_are_those_about_the_enterprise_and_who_asked(self):
        assert set(Condition) - set(AT_ACCEPTANCE) == {
            Condition.MANAGES,
            Condition.NO_OPEN_REQUEST,
        }


class TestARequest:
    @pytest.mark.parametrize("state", RequestState)
    def test_is_decided_once(self, state):
        if state is RequestState.SUBMITTED:
            identification.require_waiting(state)
            return
        with pytest.raises(RequestDecided) as refused:
            identification.require_waiting(state)
        assert refused.value.found["state"] is state

    def test_is_known_by_its_reference(self):
        reference = RequestReference(2026, 12)
        assert str(reference) == "P-2026-000012"
        assert RequestReference.parse(str(reference)) == reference
        assert RequestReference.parse(" p-2026-12 ") == reference

    @pytest.mark.parametrize(
        "text", ["", "2026-000012", "P-26-12", "P-2026-", "P-2026-1234567890", "P-٢٠٢٦-000012"]
    )
    def test_that_has_no_reference_is_refused(self, text):
        with pytest.raises(RequestReferenceUnreadable):
            RequestReference.parse(text)
