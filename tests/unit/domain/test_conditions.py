"""What must hold for each step: all of it, and nothing more."""

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from mahis.domain import ceasing, conditions, cosigning, delegation, parties, signing
from mahis.domain.conditions import Case, Condition, Holder, Limits
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.groups import Validity
from mahis.domain.identifiers import Insz
from mahis.domain.lifecycle import TABLE, Act, Step, Who, rows_for, take
from mahis.domain.mandate import (
    RUNNING_STATES,
    AuthorisationReference,
    MandateReference,
    State,
)
from mahis.domain.parties import ActivityPeriod, ProviderStatus, Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.domain.signing import Level
from tests.unit.domain import reading, situations
from tests.unit.domain.reading import WHO, words
from tests.unit.domain.situations import NOW, ON

# "fit": parties differ, both are active, the mandatary is a provider, and the period lies inside
# the activity of both.
MUST_HOLD = """
state           | act               | who                               | what must hold

not drawn up    | draw up           | manager of either party           | fit, group open, start,
                |                   |                                   | end not past, no other,
                |                   |                                   | replaced there

to be finalised | validate          | representative of awaited party   | fit, not over, new,
                |                   |                                   | whole, level, no other
to be finalised | upload scan       | manager of either party           | fit, not over,
                |                   |                                   | nobody signed, no other
to be finalised | upload signed     | manager of either party           | fit, not over, new, level,
                |                   |                                   | no other
to be finalised | withdraw          | manager of the party that drew up | nobody else signed
to be finalised | expire            | clock                             | limit passed
to be finalised | cease             | register                          | party ceased

pending         | validate          | representative of awaited party   | fit, not over, new,
                |                   |                                   | whole, level, no other
pending         | upload signed     | manager of either party           | fit, not over, new, level,
                |                   |                                   | no other
pending         | refuse            | manager of awaited party          | reason
pending         | withdraw          | manager of the party that drew up | nobody else signed
pending         | expire            | clock                             | limit passed
pending         | cease             | register                          | party ceased

to be validated | approve           | officer                           | fit, not over, no other
to be validated | reject            | officer                           | reason
to be validated | cease             | register                          | party ceased

identification  | identify employer | register                          | employer, fit
identification  | withdraw          | representative of either party    | replaces, not begun,
                |                   |                                   | no end
identification  | close             | representative of either party    | active parties, inside,
                |                   |                                   | no end, end after start,
                |                   |                                   | end not past
identification  | close             | officer                           | reason, no end,
                |                   |                                   | end after start
identification  | replace           | newer mandate                     | no end, end after start
identification  | reopen            | newer mandate                     | end by newer
identification  | reach end         | clock                             | end passed
identification  | cease             | register                          | party ceased, outlasts

active          | withdraw          | representative of either party    | replaces, not begun,
                |                   |                                   | no end
active          | close             | representative of either party    | active parties, inside,
                |                   |                                   | no end, end after start,
                |                   |                                   | end not past
active          | close             | officer                           | reason, no end,
                |                   |                                   | end after start
active          | replace           | newer mandate                     | no end, end after start
active          | reopen            | newer mandate                     | end by newer
active          | reach end         | clock                             | end passed
active          | cease             | register                          | party ceased, outlasts
active          | end employer      | register                          | for employers,
                |                   |                                   | active parties,
                |                   |                                   | employer no more, not told
active          | delegate          | manager of mandatary              | begun, third party, able,
                |                   |                                   | past quarters, former,
                |                   |                                   | held, in group, anew
active          | end delegation    | manager of mandatary              | delegation runs
active          | end delegation    | manager of delegate               | delegation runs
active          | end delegation    | officer                           | delegation runs, reason
closed          | end delegation    | clock                             | delegation runs
"""


class Duty(NamedTuple):
    """One step of the table above with what must hold for it."""

    state: str
    act: str
    who: str
    holds: frozenset[Condition]

    def __str__(self):
        return f"{self.state}: {self.act} by {self.who}"


class Lack(NamedTuple):
    """A condition made not to hold, in a case where all others do."""

    #: What stands for the condition in the table above.
    name: str
    condition: Condition
    #: Changes a case so that this condition fails; None where the step leaves nothing to fail.
    spoil: Callable[[Case], Case | None]
    refusal: type[Refused]
    field: str | None


def _mandate(case: Case, **different: Any) -> Case:
    return dataclasses.replace(case, mandate=dataclasses.replace(case.mandate, **different))


def _group(case: Case, **different: Any) -> Case:
    return _mandate(case, group=dataclasses.replace(case.mandate.group, **different))


def _mandator(case: Case, **different: Any) -> Case:
    return dataclasses.replace(case, mandator=dataclasses.replace(case.mandator, **different))


def _mandatary(case: Case, **different: Any) -> Case:
    return dataclasses.replace(case, mandatary=situations.accountant(**different))


def _held(case: Case, **different: Any) -> Case:
    series = AuthorisationReference(2025, 7)
    holder = Holder(
        reference=MandateReference(series, 1),
        mandatary_name="Sociaal Bureau",
        period=QuarterPeriod(NOW),
        **different,
    )
    return dataclasses.replace(case, holder=holder)


def _over(case: Case) -> Case | None:
    # A running mandate that is over is closed, and a new one would start too early.
    if case.mandate.state is None or case.mandate.state in RUNNING_STATES:
        return None
    return _mandate(case, period=QuarterPeriod(NOW - 2, NOW - 1))


def _end_in_the_past(case: Case) -> Case | None:
    if case.end is not None:
        return _mandate(dataclasses.replace(case, end=NOW - 1), period=QuarterPeriod(NOW - 2))
    if case.mandate.state is None:
        back = dataclasses.replace(case, limits=Limits(start_back=2))
        return _mandate(back, period=QuarterPeriod(NOW - 2, NOW - 1))
    return None


def _end_before_start(case: Case) -> Case | None:
    return None if case.end is None else _mandate(case, period=QuarterPeriod(case.end + 1))


def _end_known(case: Case) -> Case | None:
    if case.mandate.period.end is not None:
        return None
    start = min(case.mandate.period.start, NOW + 1)
    return _mandate(case, period=QuarterPeriod(start, NOW + 2))


def _start_too_late(case: Case) -> Case | None:
    if case.mandate.period.end is not None or case.mandate.period.start <= NOW:
        return None
    return _mandate(case, period=QuarterPeriod(NOW + 5))


def _end_not_passed(case: Case) -> Case | None:
    # Of what is withdrawn or reopened, the end must not be touched.
    if case.end or case.undone_end or case.mandate.replaces:
        return None
    return _mandate(case, period=QuarterPeriod(NOW, NOW))


def _begun(case: Case) -> Case | None:
    end = case.mandate.period.end
    if end is not None and end < NOW:
        return None
    return _mandate(case, period=QuarterPeriod(NOW, end))


def _end_of_its_own(case: Case) -> Case | None:
    if case.undone_end is None:
        return None
    return _mandate(case, period=QuarterPeriod(NOW, case.undone_end + 1))


def _ends_in_time(case: Case) -> Case | None:
    if case.ceased is None:
        return None
    ceased = _mandator(case, activity=ActivityPeriod(case.mandator.activity.begins, YESTERDAY))
    return _mandate(ceased, period=QuarterPeriod(NOW, NOW))


def _signed_by_the_other(case: Case) -> Case | None:
    # Who signed decides in "pending" who is asked at all; test_lifecycle has those cells.
    other = frozenset({case.mandate.drawn_up_by.other})
    if case.mandate.state is State.TO_BE_FINALISED:
        return _mandate(case, half_signed=other)
    if case.mandate.state is State.PENDING and case.mandate.signed != other:
        return _mandate(dataclasses.replace(case, signing=frozenset(Side)), signed=other)
    return _mandate(case, signed=other)


ANN = Insz("81050103522")
OLDER = MandateReference(AuthorisationReference(2025, 7), 1)


def _not_begun_yet(case: Case) -> Case | None:
    if case.mandate.period.end is not None or case.mandate.period.start > NOW:
        return None
    return _mandate(case, period=QuarterPeriod(NOW + 1))


def _delegating(case: Case, **different: Any) -> Case:
    return dataclasses.replace(case, delegating=situations.delegating(**different))


TOMORROW = ON + datetime.timedelta(days=1)
YESTERDAY = ON - datetime.timedelta(days=1)

LACKS = [
    Lack(
        "replaced there",
        Condition.REPLACED_IS_IN_THE_WAY,
        lambda case: _mandate(case, replaces=OLDER),
        conditions.NothingToReplace,
        "groups",
    ),
    Lack(
        "replaces",
        Condition.REPLACES_ANOTHER,
        lambda case: _mandate(case, replaces=None),
        conditions.ReplacesNothing,
        None,
    ),
    Lack("not begun", Condition.NOT_BEGUN, _begun, conditions.AlreadyBegun, None),
    Lack(
        "end by newer",
        Condition.END_BY_SUCCESSOR,
        _end_of_its_own,
        conditions.EndOfItsOwn,
        None,
    ),
    Lack(
        "parties differ",
        Condition.PARTIES_DIFFER,
        lambda case: _mandate(case, mandatary=case.mandate.mandator),
        parties.PartiesAreTheSame,
        "other_party",
    ),
    Lack(
        "active parties",
        Condition.PARTIES_ACTIVE,
        lambda case: _mandatary(case, activity=ActivityPeriod(TOMORROW)),
        parties.PartyNotActive,
        "other_party",
    ),
    Lack(
        "provider",
        Condition.MANDATARY_IS_PROVIDER,
        lambda case: _mandatary(case, provider=ProviderStatus.BLOCKED),
        parties.NotAProvider,
        "other_party",
    ),
    Lack(
        "inside",
        Condition.PERIOD_INSIDE_ACTIVITY,
        lambda case: (
            None if case.ceased else _mandator(case, activity=ActivityPeriod(case.on, TOMORROW))
        ),
        parties.PeriodOutsideActivity,
        "start",
    ),
    Lack(
        "group open",
        Condition.GROUP_OPEN,
        lambda case: _group(case, validity=Validity(datetime.date(2012, 4, 1), YESTERDAY)),
        conditions.GroupNotOpen,
        "groups",
    ),
    Lack(
        "start",
        Condition.START_WITHIN_LIMITS,
        _start_too_late,
        conditions.StartTooLate,
        "start",
    ),
    Lack(
        "no other",
        Condition.NO_OTHER_MANDATARY,
        _held,
        conditions.HeldByAnother,
        "groups",
    ),
    Lack("not over", Condition.PERIOD_NOT_OVER, _over, conditions.PeriodOver, None),
    Lack(
        "new",
        Condition.SIGNS_ANEW,
        lambda case: dataclasses.replace(case, signing=case.mandate.signed),
        conditions.NoNewSignature,
        "document",
    ),
    Lack(
        "whole",
        Condition.FITS_FIRST_SIGNATORY,
        lambda case: dataclasses.replace(
            case,
            signatory=ANN,
            first_of_two=FirstOfTwo(person=ANN, functions=frozenset({"10008"})),
        ),
        cosigning.SignedByYou,
        None,
    ),
    Lack(
        "nobody signed",
        Condition.NOBODY_SIGNED,
        lambda case: _mandate(case, half_signed=frozenset({case.mandate.drawn_up_by})),
        conditions.SignedElectronically,
        None,
    ),
    Lack(
        "level",
        Condition.LEVEL_NOT_BELOW_FIRST,
        lambda case: _mandate(case, first_level=Level.EID),
        signing.LevelTooLow,
        None,
    ),
    Lack(
        "nobody else signed",
        Condition.NOBODY_ELSE_SIGNED,
        _signed_by_the_other,
        conditions.OthersHaveSigned,
        None,
    ),
    Lack(
        "reason",
        Condition.REASON_GIVEN,
        lambda case: dataclasses.replace(case, reason=" \t\n"),
        conditions.ReasonMissing,
        "reason",
    ),
    Lack(
        "employer",
        Condition.MANDATOR_IS_EMPLOYER,
        lambda case: _mandator(case, is_employer=False),
        conditions.NotAnEmployerYet,
        None,
    ),
    Lack(
        "limit passed",
        Condition.LIMIT_PASSED,
        lambda case: _mandate(case, expires_on=case.on),
        conditions.NotYet,
        None,
    ),
    Lack(
        "party ceased",
        Condition.A_PARTY_CEASED,
        lambda case: _mandator(case, activity=situations.bakery().activity),
        ceasing.NothingToSettle,
        None,
    ),
    Lack(
        "outlasts",
        Condition.OUTLASTS_ACTIVITY,
        _ends_in_time,
        ceasing.NothingToSettle,
        None,
    ),
    Lack(
        "for employers",
        Condition.GROUP_FOR_EMPLOYERS,
        lambda case: _group(case, employers_only=False),
        ceasing.NothingToTell,
        None,
    ),
    Lack(
        "employer no more",
        Condition.EMPLOYER_NO_MORE,
        lambda case: _mandator(case, employer_until=None),
        ceasing.NothingToTell,
        None,
    ),
    Lack(
        "not told",
        Condition.NOT_TOLD_YET,
        lambda case: dataclasses.replace(case, told_of_end=case.mandator.employer_until),
        ceasing.NothingToTell,
        None,
    ),
    Lack("end passed", Condition.END_PASSED, _end_not_passed, conditions.NotYet, None),
    Lack("no end", Condition.NO_END_YET, _end_known, conditions.EndAlreadySet, None),
    Lack(
        "end after start",
        Condition.END_NOT_BEFORE_START,
        _end_before_start,
        conditions.EndBeforeStart,
        "end",
    ),
    Lack("end not past", Condition.END_NOT_PAST, _end_in_the_past, conditions.EndInThePast, "end"),
    Lack("begun", Condition.BEGUN, _not_begun_yet, delegation.MandateNotBegun, None),
    Lack(
        "third party",
        Condition.DELEGATE_IS_NO_PARTY,
        lambda case: _delegating(case, delegate=situations.former(number=situations.BAKERY)),
        delegation.DelegateIsAParty,
        "delegate",
    ),
    Lack(
        "able",
        Condition.DELEGATE_IS_PROVIDER,
        lambda case: _delegating(case, delegate=situations.former(provider=ProviderStatus.BLOCKED)),
        parties.NotAProvider,
        "delegate",
    ),
    Lack(
        "past quarters",
        Condition.QUARTERS_PAST,
        lambda case: _delegating(
            case, quarters=QuarterPeriod(NOW, NOW), held=(QuarterPeriod(NOW, NOW),)
        ),
        delegation.QuartersNotPast,
        "until",
    ),
    Lack(
        "former",
        Condition.DELEGATE_WAS_MANDATARY,
        lambda case: _delegating(case, still_holds=True),
        delegation.StillAMandatary,
        "delegate",
    ),
    Lack(
        "held",
        Condition.QUARTERS_HELD,
        lambda case: _delegating(case, held=(QuarterPeriod(NOW - 9, NOW - 7),)),
        delegation.QuartersNotHeld,
        "until",
    ),
    Lack(
        "in group",
        Condition.APPLICATION_IN_GROUP,
        lambda case: _delegating(case, application="dimona"),
        delegation.ApplicationNotInGroup,
        "application",
    ),
    Lack(
        "anew",
        Condition.NOT_DELEGATED_YET,
        lambda case: _delegating(
            case,
            given=(
                delegation.Given(
                    number=7, application=None, quarters=QuarterPeriod(NOW - 7, NOW - 7)
                ),
            ),
        ),
        delegation.DelegatedAlready,
        "delegate",
    ),
    Lack(
        "delegation runs",
        Condition.DELEGATION_RUNS,
        lambda case: dataclasses.replace(
            case,
            delegation=situations.delegation(ended_because=delegation.EndedBecause.DELEGATE),
        ),
        delegation.DelegationEnded,
        None,
    ),
]


CONDITIONS = {lack.name: lack.condition for lack in LACKS}
FIT = "parties differ, active parties, provider, inside"
ACTS = {words(act): act for act in Act}
STATES = {words(state): state for state in (None, *State)}


def _duties() -> Iterator[Duty]:
    """Read the table; a line that begins empty goes on with the line before."""
    told: list[list[str]] = []
    for state, act, who, holds in reading.lines(MUST_HOLD):
        if state:
            told.append([state, act, who, holds])
        else:
            told[-1][3] += f" {holds}"
    for state, act, who, holds in told:
        names = holds.replace("fit", FIT).split(", ")
        yield Duty(state, act, who, frozenset(CONDITIONS[name.strip()] for name in names))


DUTIES = [*_duties()]


def _sound_case(duty: Duty) -> Case:
    """Give a case in which every condition of the step holds."""
    state, act = STATES[duty.state], ACTS[duty.act]
    signed = {0: frozenset[Side](), 1: frozenset({Side.MANDATOR}), 2: frozenset(Side)}[
        max(situations.SIGNATURES[state])
    ]
    begins = situations.bakery().activity.begins
    return situations.case(
        mandator={
            Act.CEASE: situations.bakery(
                activity=ActivityPeriod(begins, (NOW - 2).last_day), is_employer=True
            ),
            Act.END_EMPLOYER: situations.bakery(is_employer=False, employer_until=YESTERDAY),
        }.get(act, situations.bakery()),
        mandate=situations.mandate(
            state=state,
            signed=signed,
            group=situations.group(employers_only=act is Act.END_EMPLOYER),
            first_level=Level.AUTHENTICATION if signed else None,
            period={
                Act.REACH_END: QuarterPeriod(NOW - 2, NOW - 1),
                Act.DELEGATE: QuarterPeriod(NOW - 3),
                Act.REOPEN: QuarterPeriod(NOW + 1, NOW + 3),
            }.get(act, QuarterPeriod(NOW + 1)),
            replaces=OLDER if act is Act.WITHDRAW and state in RUNNING_STATES else None,
            expires_on=YESTERDAY if act is Act.EXPIRE else TOMORROW,
        ),
        signing=_signing(act, signed),
        end=NOW + 6 if act in (Act.CLOSE, Act.REPLACE) else None,
        undone_end=NOW + 3 if act is Act.REOPEN else None,
    )


def _signing(act: Act, signed: frozenset[Side]) -> frozenset[Side]:
    """Give the sides that sign: all by a file, by a login the one that is awaited."""
    if act is Act.UPLOAD_SIGNED:
        return frozenset(Side)
    return frozenset(Side) - signed if signed else frozenset({Side.MANDATOR})


def _take(duty: Duty, case: Case) -> Step:
    doer = next(doer for doer in reading.DOERS if WHO[duty.who](doer, case.mandate))
    return take(act=ACTS[duty.act], doer=doer, case=case)


class TestEveryStep:
    @pytest.mark.parametrize("duty", DUTIES, ids=str)
    def test_is_taken_where_everything_holds(self, duty):
        assert _take(duty, _sound_case(duty)).act is ACTS[duty.act]

    @pytest.mark.parametrize("duty", DUTIES, ids=str)
    @pytest.mark.parametrize("lack", LACKS, ids=lambda lack: lack.name)
    def test_is_refused_for_what_it_lacks_and_for_nothing_else(self, duty, lack):
        case = lack.spoil(_sound_case(duty))
        if lack.condition is Condition.NOBODY_ELSE_SIGNED and Condition.NOBODY_SIGNED in duty.holds:
            lack = next(each for each in LACKS if each.condition is Condition.NOBODY_SIGNED)
        if lack.condition not in duty.holds:
            if case is not None:
                _take(duty, case)
            return
        assert case is not None
        with pytest.raises(lack.refusal) as refusal:
            _take(duty, case)
        assert type(refusal.value) is lack.refusal
        closes = case.end is not None and lack.field == "start"
        assert refusal.value.field == ("end" if closes else lack.field)

    @pytest.mark.parametrize("duty", DUTIES, ids=str)
    def test_names_in_the_table_of_life_what_the_table_above_names(self, duty):
        (row,) = [
            row
            for row in rows_for(state=STATES[duty.state], act=ACTS[duty.act])
            if (row.who is Who.OFFICER) is (duty.who == "officer")
            and (row.who is Who.MANAGER_OF_DELEGATE) is (duty.who == "manager of delegate")
        ]
        assert sorted(row.conditions, key=str) == sorted(duty.holds, key=str)

    def test_of_the_table_of_life_is_named_above(self):
        assert len(DUTIES) == len(TABLE)


class TestEveryCondition:
    def test_is_asked_for_by_some_step(self):
        assert {condition for row in TABLE for condition in row.conditions} == set(Condition)

    def test_can_be_made_to_fail_alone(self):
        assert sorted(CONDITIONS.values(), key=str) == sorted(Condition, key=str)
