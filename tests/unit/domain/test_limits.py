"""Where exactly each condition begins to hold, and what its refusal tells the person."""

import datetime

import pytest

from mahis.domain import conditions, signing
from mahis.domain.checks import require
from mahis.domain.conditions import Condition, Holder, Limits
from mahis.domain.groups import Validity
from mahis.domain.mandate import AuthorisationReference, MandateReference, State
from mahis.domain.parties import ActivityPeriod, ProviderStatus, Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Conflict, Refused
from mahis.domain.signing import Level
from tests.unit.domain import situations
from tests.unit.domain.situations import GROUP, NOW, ON

DAY = datetime.timedelta(days=1)
FOUNDED = datetime.date(2010, 3, 15)


def refused(condition, **different):
    """Require a condition of a case that differs in this; give the refusal, None where it holds."""
    try:
        require(condition, situations.case(**different))
    except Refused as refusal:
        return refusal
    return None


class TestTheStartQuarter:
    @pytest.mark.parametrize(
        ("steps", "back", "code"),
        [
            (-3, 2, "startTooEarly"),
            (-2, 2, None),
            (-1, 0, "startTooEarly"),
            (0, 0, None),
            (4, 0, None),
            (5, 0, "startTooLate"),
        ],
    )
    def test_lies_from_the_limit_back_to_one_year_ahead(self, steps, back, code):
        period = QuarterPeriod(NOW + steps)
        refusal = refused(
            Condition.START_WITHIN_LIMITS,
            mandate=situations.mandate(period=period),
            limits=Limits(start_back=back),
        )
        assert (refusal.code if refusal else None) == code

    def test_out_of_limits_is_answered_with_the_limit(self):
        for start, found in ((NOW - 1, {"earliest": NOW}), (NOW + 5, {"latest": NOW + 4})):
            mandate = situations.mandate(period=QuarterPeriod(start))
            assert refused(Condition.START_WITHIN_LIMITS, mandate=mandate).found == found

    def test_can_be_bounded_otherwise_by_the_operator(self):
        mandate = situations.mandate(period=QuarterPeriod(NOW + 2))
        limits = Limits(start_ahead=1)
        assert refused(Condition.START_WITHIN_LIMITS, mandate=mandate, limits=limits).found == {
            "latest": NOW + 1
        }


class TestTheEndQuarter:
    @pytest.mark.parametrize(("steps", "is_past"), [(-1, True), (0, False), (1, False)])
    def test_may_be_the_current_one(self, steps, is_past):
        closing = refused(
            Condition.END_NOT_PAST,
            end=NOW + steps,
            mandate=situations.mandate(period=QuarterPeriod(NOW - 4)),
        )
        drawing = refused(
            Condition.END_NOT_PAST,
            mandate=situations.mandate(period=QuarterPeriod(NOW - 4, NOW + steps)),
        )
        for refusal in (closing, drawing):
            assert (refusal is not None) is is_past
            assert refusal is None or refusal.found == {"current": NOW}

    @pytest.mark.parametrize(("steps", "is_before"), [(-1, True), (0, False), (1, False)])
    def test_may_be_the_start_quarter(self, steps, is_before):
        start = NOW + 3
        refusal = refused(
            Condition.END_NOT_BEFORE_START,
            end=start + steps,
            mandate=situations.mandate(period=QuarterPeriod(start)),
        )
        assert (refusal is not None) is is_before
        assert refusal is None or refusal.found == {"start": start}

    def test_is_needed_for_a_closing(self):
        refusal = refused(Condition.END_NOT_BEFORE_START, end=None)
        assert isinstance(refusal, conditions.EndMissing)
        assert refusal.field == "end"

    def test_once_known_is_told(self):
        mandate = situations.mandate(state=State.ACTIVE, period=QuarterPeriod(NOW, NOW + 1))
        assert refused(Condition.NO_END_YET, mandate=mandate).found == {"end": NOW + 1}

    def test_is_over_on_the_day_after_its_last(self):
        mandate = situations.mandate(period=QuarterPeriod(NOW - 1, NOW))
        last, after = NOW.last_day, NOW.last_day + DAY
        assert refused(Condition.PERIOD_NOT_OVER, mandate=mandate, on=last) is None
        assert refused(Condition.PERIOD_NOT_OVER, mandate=mandate, on=after).found == {"end": NOW}
        assert refused(Condition.END_PASSED, mandate=mandate, on=last).found == {"until": last}
        assert refused(Condition.END_PASSED, mandate=mandate, on=after) is None


class TestAParty:
    @pytest.mark.parametrize("side", Side)
    @pytest.mark.parametrize(
        ("begins", "ends", "is_active"),
        [
            (FOUNDED, None, True),
            (ON, ON, True),
            (FOUNDED, ON - DAY, False),
            (ON + DAY, None, False),
        ],
    )
    def test_is_active_on_the_day_or_named_with_its_side(self, side, begins, ends, is_active):
        activity = ActivityPeriod(begins, ends)
        refusal = refused(Condition.PARTIES_ACTIVE, **_side_with(side, activity))
        assert (refusal is None) is is_active
        assert refusal is None or refusal.found == {
            "side": side,
            "name": _name(side),
            "activity": activity,
        }
        assert refusal is None or isinstance(refusal, Conflict)

    @pytest.mark.parametrize("side", Side)
    def test_is_active_through_the_period_or_named_with_its_side(self, side):
        ceases = ActivityPeriod(FOUNDED, (NOW + 2).first_day)
        for end, is_inside in ((NOW + 2, True), (NOW + 3, False), (None, False)):
            period = QuarterPeriod(NOW, end)
            refusal = refused(
                Condition.PERIOD_INSIDE_ACTIVITY,
                mandate=situations.mandate(period=period),
                **_side_with(side, ceases),
            )
            assert (refusal is None) is is_inside
            assert refusal is None or refusal.found == {
                "side": side,
                "name": _name(side),
                "activity": ceases,
                "period": period,
            }

    def test_that_ceases_can_still_be_left_at_the_end_it_has(self):
        ceases = ActivityPeriod(FOUNDED, (NOW + 2).first_day)
        mandate = situations.mandate(period=QuarterPeriod(NOW))
        with_end = {"mandate": mandate, **_side_with(Side.MANDATARY, ceases)}
        assert refused(Condition.PERIOD_INSIDE_ACTIVITY, end=NOW + 2, **with_end) is None
        refusal = refused(Condition.PERIOD_INSIDE_ACTIVITY, end=NOW + 3, **with_end)
        assert refusal.found["period"] == QuarterPeriod(NOW, NOW + 3)

    @pytest.mark.parametrize("status", ProviderStatus)
    def test_receives_mandates_only_as_an_active_provider(self, status):
        refusal = refused(
            Condition.MANDATARY_IS_PROVIDER, mandatary=situations.accountant(provider=status)
        )
        assert (refusal is None) is (status is ProviderStatus.ACTIVE)
        assert refusal is None or refusal.found == {
            "name": _name(Side.MANDATARY),
            "status": status,
        }

    @pytest.mark.parametrize("drawn_up_by", Side)
    @pytest.mark.parametrize("side", Side)
    def test_at_fault_is_a_matter_of_the_form_only_where_it_was_typed(self, side, drawn_up_by):
        field = "other_party" if side is not drawn_up_by else None
        mandate = situations.mandate(drawn_up_by=drawn_up_by)
        ceased = _side_with(side, ActivityPeriod(FOUNDED, ON - DAY))
        assert refused(Condition.PARTIES_ACTIVE, mandate=mandate, **ceased).field == field
        if side is Side.MANDATARY:
            blocked = situations.accountant(provider=ProviderStatus.BLOCKED)
            refusal = refused(Condition.MANDATARY_IS_PROVIDER, mandate=mandate, mandatary=blocked)
            assert refusal.field == field


class TestAGroup:
    @pytest.mark.parametrize(
        ("validity", "is_open"),
        [
            (Validity(ON, ON), True),
            (Validity(ON + DAY), False),
            (Validity(FOUNDED, ON - DAY), False),
        ],
    )
    def test_takes_new_mandates_from_its_first_to_its_last_day(self, validity, is_open):
        group = situations.group(validity=validity)
        refusal = refused(Condition.GROUP_OPEN, mandate=situations.mandate(group=group))
        assert (refusal is None) is is_open
        assert refusal is None or refusal.found == {"group": "dmfa"}

    @pytest.mark.parametrize(
        ("single_mandatary", "same_mandatary", "refusal_class"),
        [
            (True, False, conditions.HeldByAnother),
            (False, False, None),
            (True, True, conditions.AlreadyGiven),
            (False, True, conditions.AlreadyGiven),
        ],
    )
    def test_for_one_mandatary_has_one_and_none_has_the_same_twice(
        self, single_mandatary, same_mandatary, refusal_class
    ):
        holder = Holder(
            reference=MandateReference(AuthorisationReference(2025, 7), 1),
            mandatary_name="Sociaal Bureau",
            period=QuarterPeriod(NOW),
            same_mandatary=same_mandatary,
        )
        group = situations.group(single_mandatary=single_mandatary)
        refusal = refused(
            Condition.NO_OTHER_MANDATARY, mandate=situations.mandate(group=group), holder=holder
        )
        assert (type(refusal) if refusal else None) is refusal_class
        assert refusal is None or refusal.found == {"group": GROUP.code, "holder": holder}


class TestALevel:
    @pytest.mark.parametrize("first", [None, *Level])
    @pytest.mark.parametrize("second", Level)
    def test_follows_the_mixing_table_once_there_is_a_first(self, first, second):
        refusal = refused(
            Condition.LEVEL_NOT_BELOW_FIRST,
            mandate=situations.mandate(first_level=first),
            level=second,
        )
        holds = first is None or signing.mixes(first=first, second=second)
        assert (refusal is None) is holds

    def test_must_be_known_where_a_first_one_is(self):
        mandate = situations.mandate(first_level=Level.AUTHENTICATION)
        with pytest.raises(ValueError, match="level"):
            refused(Condition.LEVEL_NOT_BELOW_FIRST, mandate=mandate, level=None)


class TestAReason:
    @pytest.mark.parametrize("reason", ["", " ", "\n\t "])
    def test_is_more_than_blanks(self, reason):
        assert isinstance(refused(Condition.REASON_GIVEN, reason=reason), conditions.ReasonMissing)

    @pytest.mark.parametrize(("length", "is_too_long"), [(1, False), (1000, False), (1001, True)])
    def test_is_no_longer_than_the_limit(self, length, is_too_long):
        refusal = refused(Condition.REASON_GIVEN, reason="é" * length)
        assert isinstance(refusal, conditions.ReasonTooLong) is is_too_long
        assert refusal is None or (refusal.field, refusal.found) == ("reason", {"longest": 1000})


class TestTheLimitForFinishing:
    @pytest.mark.parametrize("state", [State.TO_BE_FINALISED, State.PENDING])
    def test_has_passed_on_the_day_after_the_last(self, state):
        mandate = situations.mandate(state=state, expires_on=ON)
        assert refused(Condition.LIMIT_PASSED, mandate=mandate).found == {"until": ON}
        assert refused(Condition.LIMIT_PASSED, mandate=mandate, on=ON + DAY) is None

    def test_is_ninety_days_unless_the_operator_says_otherwise(self):
        assert Limits().days_to_finish == 90


class TestASignature:
    @pytest.mark.parametrize(
        ("signed", "signing_now", "is_new"),
        [
            (set(), set(), False),
            (set(), {Side.MANDATARY}, True),
            ({Side.MANDATOR}, {Side.MANDATOR}, False),
            ({Side.MANDATOR}, {Side.MANDATOR, Side.MANDATARY}, True),
            ({Side.MANDATOR, Side.MANDATARY}, {Side.MANDATARY}, False),
        ],
    )
    def test_counts_once_a_party(self, signed, signing_now, is_new):
        refusal = refused(
            Condition.SIGNS_ANEW,
            mandate=situations.mandate(signed=frozenset(signed)),
            signing=frozenset(signing_now),
        )
        assert (refusal is None) is is_new


def _side_with(side, activity):
    if side is Side.MANDATOR:
        return {"mandator": situations.bakery(activity=activity)}
    return {"mandatary": situations.accountant(activity=activity)}


def _name(side):
    return {Side.MANDATOR: "Bakkerij Peeters", Side.MANDATARY: "Compta Dubois"}[side]
